"""One phrase of one rule, looked for in a text: where it stands, and whether its surroundings excuse it.

Which phrases are looked for at all is in `gate.py`.
"""

from collections.abc import Iterable
from functools import cache
from itertools import islice

from bedside.guard.phrases import Pattern, pattern, translate
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Phrase, Rule

WHOLE_TEXT = "text: "
_MOST = 8


class Way:
    """One way to break a rule. Patterns are compiled when first needed: most phrases stand in few texts."""

    __slots__ = ("_excuses", "_needs", "phrase", "rule")

    def __init__(self, rule: Rule, phrase: Phrase) -> None:
        self.rule = rule
        self.phrase = phrase
        self._needs = phrase.needs
        self._excuses = (*_together(phrase.unless), *_together(rule.unless))

    def stands(self, reading: Reading) -> list[tuple[int, int]]:
        """Each place in the marked text where the phrase stands and its surroundings do not excuse it."""
        marked = reading.marked
        # What is needed in a place's sentence must stand somewhere: mostly it does not, and nothing else is compared.
        for need in self._needs:
            if not _stands((need.removeprefix(WHOLE_TEXT),), reading, 0, len(marked)):
                return []
        places = islice(_pattern_of(self.phrase.says).spans(marked), _MOST)
        return [(start, end) for start, end in places if end > start and self._is_meant(reading, start, end)]

    def _is_meant(self, reading: Reading, start: int, end: int) -> bool:
        if not self._excuses and not self._needs:
            return True
        first, last = reading.sentence(start, end)
        for need in self._needs:
            if not need.startswith(WHOLE_TEXT) and not _stands((need,), reading, first, last):
                return False
        whole = (0, len(reading.marked))
        return not any(
            _stands(excuses, reading, *(whole if is_of_text else (first, last)))
            for is_of_text, excuses in self._excuses
        )


def _together(excuses: Iterable[str]) -> list[tuple[bool, tuple[str, ...]]]:
    """Excuses that are looked for at once: those in the whole text, and those in the sentence."""
    parted = (
        (False, tuple(each for each in excuses if not each.startswith(WHOLE_TEXT))),
        (
            True,
            tuple(each.removeprefix(WHOLE_TEXT) for each in excuses if each.startswith(WHOLE_TEXT)),
        ),
    )
    return [(is_of_text, phrases) for is_of_text, phrases in parted if phrases]


def _stands(phrases: tuple[str, ...], reading: Reading, first: int, last: int) -> bool:
    """Whether one of these phrases stands in that part of the marked text. Many rules ask the same."""
    asked = (phrases, first, last)
    answer = reading.answers.get(asked)
    if answer is None:
        answer = _pattern_of_any(phrases).search(reading.marked[first:last]) is not None
        reading.answers[asked] = answer
    return answer


@cache
def _pattern_of(phrase: str) -> Pattern:
    """The compiled phrase; every phrase of the rule files is compiled once, when first needed."""
    return pattern(phrase)


@cache
def _pattern_of_any(phrases: tuple[str, ...]) -> Pattern:
    return Pattern(b"|".join(map(translate, phrases)))
