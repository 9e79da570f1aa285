"""How the house says no: a reason code for programs and one clear sentence for the person."""

from typing import ClassVar


class Refusal(Exception):
    """An action that may not be done, with why and what to do next.

    `code` is stable and lower-case with underscores; `sentence` may be shown as it is;
    `field` names the form field it belongs to, if any. Web and API turn it into a 409 or 422 answer.
    """

    def __init__(self, code: str, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = str(sentence)
        self.field = field


class NotAllowed(Refusal):
    """The member lacks the power that the action needs. Web and API answer 403.

    `words` says what each power allows; the room that has the powers fills it.
    """

    words: ClassVar[dict[str, object]] = {}

    def __init__(self, power: str, sentence: str | None = None) -> None:
        super().__init__(
            "power_missing",
            sentence
            or f"Your role does not include “{self.words.get(str(power), power)}”. "
            "Ask an administrator of your organization if you need it.",
        )
        self.power = power


class Stale(Refusal):
    """Somebody else changed the thing since it was read; nothing was overwritten. Answer 409."""

    def __init__(self, sentence: str) -> None:
        super().__init__("changed_meanwhile", sentence)
