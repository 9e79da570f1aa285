"""One phrase of one rule, looked for in a text: where it stands, and whether its surroundings excuse it.

Which phrases are looked for at all is in `gate.py`.
"""

from functools import cache
from itertools import islice
from typing import Any

from bedside.guard.phrases import pattern
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
        self._excuses = (*phrase.unless, *rule.unless)

    def stands(self, reading: Reading) -> list[tuple[int, int]]:
        """Each place in the marked text where the phrase stands and its surroundings do not excuse it."""
        marked = reading.marked
        # What is needed in a place's sentence must stand somewhere: mostly it does not, and nothing else is compared.
        for need in self._needs:
            if not _stands(need, reading, marked):
                return []
        places = [found.span() for found in islice(_pattern_of(self.phrase.says).finditer(marked), _MOST)]
        return [(start, end) for start, end in places if end > start and self._is_meant(reading, start, end)]

    def _is_meant(self, reading: Reading, start: int, end: int) -> bool:
        if not self._excuses and not self._needs:
            return True
        first, last = reading.sentence(start, end)
        sentence = reading.marked[first:last]
        return all(_stands(need, reading, sentence) for need in self._needs) and not any(
            _stands(excuse, reading, sentence) for excuse in self._excuses
        )


def _stands(phrase: str, reading: Reading, sentence: bytes) -> bool:
    if phrase.startswith(WHOLE_TEXT):
        return bool(_pattern_of(phrase[len(WHOLE_TEXT) :]).search(reading.marked))
    return bool(_pattern_of(phrase).search(sentence))


@cache
def _pattern_of(phrase: str) -> Any:
    """The compiled phrase; every phrase of the rule files is compiled once, when first needed."""
    return pattern(phrase)
