"""The gate: all phrases of all rules at once, so that a text in which nothing stands costs one pass.

Only phrases that the gate lets through are looked at one by one, and only then are their surroundings
(`unless`, `needs`) compared.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

from bedside.guard.material import Surface
from bedside.guard.phrases import compiled, elements, options, pattern, translate
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


@cache
def pattern_of(phrase: str) -> Any:
    """The compiled phrase; every phrase of the rule files is compiled once, when first needed."""
    return pattern(phrase)


class Gate:
    """All ways to break all phrase rules. The set knows the elements of phrases, not the phrases: gaps
    between elements would multiply the states of its automaton."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        ways = [Way(rule, phrase) for rule in rules for phrase in rule.phrases]
        required = [_required(way.phrase) for way in ways]
        shared = Counter(element for each in required for element in each)
        self._numbers = {element: number for number, element in enumerate(shared)}
        self._by_key: list[list[tuple[frozenset[int], Way]]] = [[] for _ in shared]
        for way, each in zip(ways, required, strict=True):
            numbers = frozenset(self._numbers[element] for element in each)
            key = min(each, key=lambda element: (shared[element], element))
            self._by_key[self._numbers[key]].append((numbers, way))
        self._set = pattern_set([translate(element) for element in shared])

    def ways(self, reading: Reading, surface: Surface) -> Iterator[Way]:
        """The ways whose elements all stand somewhere in the text and whose rule minds this surface."""
        standing = frozenset(self._set.Match(reading.marked) or ())
        for number in standing:
            for required, way in self._by_key[number]:
                if required <= standing and surface in (way.phrase.surfaces or way.rule.surfaces):
                    yield way


def _required(phrase: Phrase) -> frozenset[str]:
    """What must stand somewhere in the text: the phrase's own elements, and what it needs beside it."""
    needs = [need.removeprefix(WHOLE_TEXT) for need in phrase.needs]
    simple = (*elements(phrase.says), *(need for need in needs if elements(need) == (need,)))
    telling = [part for part in simple if not _COMMON.search(translate(part))]
    return frozenset(telling or simple or (phrase.says,))


# An element that any text fulfils only costs time.
_COMMON = re.compile(
    rb"\\b(?:a|an|the|our|my|your|you|u|we|i|us|is|was|are|were|in|on|at|for|of|to|and|or|with|this|that|it"
    rb"|has|have|had|by"
    rb"|he|she|they|who|his|her|their|from|as|be|if|de|el|la|los|las|en|su|sus|un|una|que|se|con|por|para|y"
    rb"|a|o|es|me|mi|tu"
    rb"|get|can|will|do|did|not|no|when|what|which|more|today|so|new|all|see|please|here|call)(?=[|)'?]|$)"
)


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
