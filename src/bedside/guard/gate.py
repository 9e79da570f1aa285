"""The gate: all phrases of all rules at once, so that a text in which nothing stands costs one pass.

Only phrases that the gate lets through are looked at one by one, and only then are their surroundings
(`unless`, `needs`) compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

from bedside.guard.material import Surface
from bedside.guard.phrases import compiled, options, pattern, translate
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Phrase, Rule

_SET_MEMORY = 96 << 20
_MOST = 8
WHOLE_TEXT = "text: "


@dataclass(frozen=True, slots=True)
class Way:
    """One phrase of one rule, ready to be looked for."""

    rule: Rule
    phrase: Phrase

    def stands(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Each place in the marked text where the phrase stands and its surroundings do not excuse it."""
        for number, found in enumerate(pattern_of(self.phrase.says).finditer(reading.marked)):
            if number >= _MOST:
                return
            start, end = found.span()
            if end > start and self._is_meant(reading, start, end):
                yield start, end

    def _is_meant(self, reading: Reading, start: int, end: int) -> bool:
        excuses = (*self.phrase.unless, *self.rule.unless)
        if not excuses and not self.phrase.needs:
            return True
        first, last = reading.sentence(start, end)
        sentence = reading.marked[first:last]
        return not any(_stands(excuse, reading, sentence) for excuse in excuses) and all(
            _stands(need, reading, sentence) for need in self.phrase.needs
        )


def _stands(phrase: str, reading: Reading, sentence: bytes) -> bool:
    if phrase.startswith(WHOLE_TEXT):
        return bool(pattern_of(phrase[len(WHOLE_TEXT) :]).search(reading.marked))
    return bool(pattern_of(phrase).search(sentence))


@lru_cache(maxsize=None)
def pattern_of(phrase: str) -> Any:
    """The compiled phrase; every phrase of the rule files is compiled once, when first needed."""
    return pattern(phrase)


class Gate:
    """All ways to break all phrase rules, as one set of patterns."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._ways = [Way(rule, phrase) for rule in rules for phrase in rule.phrases]
        self._set = pattern_set([translate(way.phrase.says) for way in self._ways])

    def ways(self, reading: Reading, surface: Surface) -> Iterator[Way]:
        """The ways whose phrase stands somewhere in the text and whose rule minds this surface."""
        for number in self._set.Match(reading.marked) or ():
            way = self._ways[number]
            if surface in (way.phrase.surfaces or way.rule.surfaces):
                yield way


def pattern_set(expressions: Sequence[bytes]) -> Any:
    """An RE2 set that tells which of the expressions stand in a text."""
    made = re2.Set.SearchSet(options(_SET_MEMORY))
    for expression in expressions:
        try:
            made.Add(expression)
        except re2.error:
            compiled(expression)
            raise
    made.Compile()
    return made
