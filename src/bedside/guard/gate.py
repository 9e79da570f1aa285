"""The gate: which phrases of which rules a text can possibly contain, so that most texts are compared with none.

Only phrases that the gate lets through are looked for one by one, and only then are their surroundings
(`unless`, `needs`) compared. By which words a phrase announces itself is in `signs.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bedside.guard.finders import TRIGGERS
from bedside.guard.lexicon import lexicon
from bedside.guard.material import Surface
from bedside.guard.phrases import pattern
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Phrase, Rule
from bedside.guard.signs import Signs, signs_of

_MOST = 8
_MEMORY = 50_000
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


_Clause = frozenset[int]


class Gate:
    """All ways to break all phrase rules on one surface, found by the words that announce them."""

    def __init__(self, rules: Sequence[Rule], surface: Surface) -> None:
        self._clauses: dict[Signs, int] = {}
        self._by_clause: dict[int, list[tuple[_Clause, Way]]] = {}
        for rule in rules:
            for phrase in rule.phrases:
                if surface in (phrase.surfaces or rule.surfaces):
                    self._add(Way(rule, phrase))
        self._finders = [
            self._announced(rule) for rule in rules if surface in rule.surfaces and rule.finder in TRIGGERS
        ]
        self._index = _Index(self._clauses)

    def _announced(self, rule: Rule) -> tuple[_Clause, Rule]:
        signs = signs_of(TRIGGERS[rule.finder])
        return frozenset(self._clauses.setdefault(each, len(self._clauses)) for each in signs), rule

    def standing(self, reading: Reading) -> set[int]:
        """The numbers of all signs that the text fulfils."""
        return self._index.standing(reading)

    def announced(self, standing: set[int]) -> Iterator[Rule]:
        """The rules with a finder that such a text calls for."""
        for required, rule in self._finders:
            if required <= standing:
                yield rule

    def _add(self, way: Way) -> None:
        required = [*signs_of(way.phrase.says)]
        for need in way.phrase.needs:
            required += signs_of(need.removeprefix(WHOLE_TEXT))
        telling = [signs for signs in required if not signs.tell_little]
        if not any(signs.words or signs.beginnings for signs in telling):
            telling = [signs for signs in required if not signs.always] or required
        numbers = [self._clauses.setdefault(signs, len(self._clauses)) for signs in telling]
        key = min(zip(telling, numbers, strict=True), key=lambda each: (each[0].rank, each[1]))[1]
        self._by_clause.setdefault(key, []).append((frozenset(numbers), way))

    def ways(self, standing: set[int]) -> Iterator[Way]:
        """The ways whose every part is announced by a word of the text."""
        for number in self._by_clause.keys() & standing:
            for required, way in self._by_clause[number]:
                if required <= standing:
                    yield way


class _Index:
    """From words, beginnings of words and word lists to the numbers of the signs they fulfil."""

    def __init__(self, clauses: Mapping[Signs, int]) -> None:
        self._words: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[int]] = {}
        self._lists: dict[str, list[int]] = {}
        self._digits = [number for signs, number in clauses.items() if signs.digits]
        self._always = [number for signs, number in clauses.items() if signs.always]
        for signs, number in clauses.items():
            for word in signs.words:
                self._words.setdefault(word, []).append(number)
            for beginning in signs.beginnings:
                self._beginnings.setdefault(beginning, []).append(number)
            for name in signs.lists:
                self._lists.setdefault(name, []).append(number)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})
        self._seen: dict[str, tuple[int, ...]] = {}
        self._of_mark = {mark: self._of_lists(names) for mark, names in lexicon().names_of_marks().items()}

    def standing(self, reading: Reading) -> set[int]:
        """The signs that the text fulfils."""
        found = set(self._always)
        if reading.has_digits:
            found.update(self._digits)
        seen = self._seen
        for word in reading.word_set:
            found.update(seen[word] if word in seen else self._of_word(word))
        for mark in reading.marks:
            found.update(self._of_mark.get(mark, ()))
        return found

    def _of_word(self, word: str) -> tuple[int, ...]:
        numbers = {number for part in (word, *word.split("'")) for number in self._of_part(part)}
        if len(self._seen) > _MEMORY:
            self._seen.clear()
        self._seen[word] = found = tuple(numbers)
        return found

    def _of_part(self, word: str) -> Iterator[int]:
        yield from self._words.get(word, ())
        for length in self._lengths:
            yield from self._beginnings.get(word[:length], ()) if length <= len(word) else ()

    def _of_lists(self, names: Iterable[str]) -> tuple[int, ...]:
        return tuple({number for name in names for number in self._lists.get(name, ())})
