"""The organization's own rules: its words and phrases, beside the rules that ship with the product."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from bedside.guard.desk_words import spelling
from bedside.guard.hits import Case
from bedside.guard.normalize import plain
from bedside.guard.organization import OwnRule
from bedside.guard.phrases import Pattern
from bedside.guard.verdict import Finding

_MOST = 20


class OwnRules:
    """The rules of one organization, ready to be looked for. However many they are, a text that has none of their words
    is compared with none."""

    def __init__(self, rules: tuple[OwnRule, ...]) -> None:
        self._rules = tuple((own, _stems(own.phrases)) for own in rules)
        stems = sorted({stem for _, all_stems in self._rules for stem in all_stems})
        self._any = Pattern(b"|".join(re.escape(stem).encode("ascii") for stem in stems)) if stems else None

    def findings(self, case: Case) -> Iterator[Finding]:
        """What the rules find in this material."""
        for reading in case.readings:
            text = reading.plain.text.lower()
            for own in self.worth_trying(text):
                if own.holds_on(case.material.surface):
                    for span in islice(_spans(own.phrases, text), _MOST):
                        yield _finding(own, reading.field, reading.original, *reading.plain.span(*span))

    def worth_trying(self, text: str) -> list[OwnRule]:
        """The rules of which a word stands in the text, which is plain and in small letters."""
        if self._any is None or not self._any.search(text.encode("ascii")):
            return []
        return [own for own, stems in self._rules if any(map(text.__contains__, stems))]


def failing_examples(own: OwnRule) -> tuple[str, ...]:
    """Sentences about the examples that this rule gets wrong; empty when it may be saved.

    Examples are read as every text is: split hashtags, mended spelling and all.
    """
    missed = [f"Not found in: “{text}”" for text in own.breaks if not finds(own, text)]
    wrong = [f"Found in: “{text}”" for text in own.keeps if finds(own, text)]
    return tuple(missed + wrong)


def finds(own: OwnRule, text: str) -> bool:
    """Whether the rule finds something in this text, wherever it stands."""
    said = _read(text)
    return any(any(_spans(each.phrases, said)) for each in OwnRules((own,)).worth_trying(said))


def words_in(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as they are looked for; empty when it has no letter or digit."""
    return tuple(re.findall(r"[a-z0-9']+\*?", plain(phrase).text.lower()))


def _read(text: str) -> str:
    """The text as the guard reads it."""
    return spelling().unfold(plain(text))[0].text.lower()


def _spans(phrases: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _expression(phrases).finditer(text))


@lru_cache(maxsize=512)
def _stems(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The longest word of each phrase, without its open end."""
    forms = (form for phrase in phrases for form in _forms(phrase))
    return tuple(dict.fromkeys(max((word.rstrip("*") for word in form), key=len) for form in forms))


@lru_cache(maxsize=512)
def _expression(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ways = "|".join(_way(form) for phrase in phrases for form in _forms(phrase))
    return re.compile(rf"(?<![a-z0-9])(?:{ways or '(?!)'})(?![a-z0-9])")


def _forms(phrase: str) -> list[tuple[str, ...]]:
    """The phrase as it is written, and as the guard reads it: a name of a product may look like a mistyped word."""
    forms = [words_in(phrase)]
    if "*" not in phrase:
        forms.append(words_in(_read(phrase)))
    return [form for form in dict.fromkeys(forms) if form]


def _way(words: tuple[str, ...]) -> str:
    """Words in order, with anything but a word's letters between them; `*` ends a word openly."""
    ways = (re.escape(word).replace(r"\*", "[a-z0-9']*") for word in words)
    return r"[^a-z0-9]{1,8}".join(ways)


def _finding(own: OwnRule, field: str, original: str, start: int, end: int) -> Finding:
    return Finding(
        rule=own.id,
        field=field,
        start=start,
        end=end,
        says=original[start:end],
        why=own.why or own.title,
        instead=own.instead,
        weight=own.weight,
        sign_off=own.sign_off if own.weight == "needs sign-off" else None,
        override=own.override,
        replacement=own.replacement,
        citation="The organization's own rule",
    )
