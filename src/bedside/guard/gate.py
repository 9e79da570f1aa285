"""The gate: which rules a text can possibly break, so that of most texts none is asked at all.

A phrase, and a finder that says what must be there (`finders/__init__.py`), is looked for only where every one of its
signs stands in the text; only then are a phrase's surroundings (`unless`, `needs`) compared. By which words a phrase
announces itself is in `signs.py`, what else may be a sign in `traits.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from bedside.guard.finders import TRIGGERS, Trigger
from bedside.guard.lexicon import lexicon
from bedside.guard.material import Surface
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Phrase, Rule
from bedside.guard.signs import Signs, any_of, signs_of
from bedside.guard.traits import OFTEN
from bedside.guard.ways import WHOLE_TEXT, Way

_MEMORY, _LONGEST = 50_000, 60  # words that are kept, letters of one that is


class Gate:
    """All ways to break all rules on one surface, found by the signs that announce them."""

    def __init__(self, rules: Sequence[Rule], surface: Surface) -> None:
        self._calls: list[
            tuple[int, Way | Rule]
        ] = []  # the other signs that must stand, as bits, and what is called
        self._index = _Index()
        for rule in rules:
            for phrase in rule.phrases:
                if surface in (phrase.surfaces or rule.surfaces):
                    self._add(Way(rule, phrase), _signs_of_phrase(phrase))
            if surface in rule.surfaces and rule.finder in TRIGGERS:
                self._add(rule, _signs_of_trigger(TRIGGERS[rule.finder]))
        self._index.close()

    def _add(self, called: Way | Rule, signs: Sequence[Signs]) -> None:
        calling = min(signs, key=lambda each: each.often)
        self._index.call(len(self._calls), calling)
        others = (each for each in signs if each != calling)
        self._calls.append((reduce(or_, map(self._index.bit, others), 0), called))

    def called(self, reading: Reading, traits: Sequence[str]) -> list[Way | Rule]:
        """The phrases, and the rules with a finder, of which the text has every sign; in the order of the rules.

        `traits` are those of the material.
        """
        standing, numbers = self._index.look_up(reading, traits)
        calls = [self._calls[number] for number in sorted(numbers)]
        return [called for required, called in calls if required & standing == required]


def _signs_of_phrase(phrase: Phrase) -> list[Signs]:
    said = [phrase.says, *(need.removeprefix(WHOLE_TEXT) for need in phrase.needs)]
    return [signs for each in said for signs in signs_of(each)]


def _signs_of_trigger(trigger: Trigger) -> list[Signs]:
    return [
        reduce(or_, [each if isinstance(each, Signs) else any_of((each,)) for each in clause])
        for clause in trigger
    ]


# What a word, a mark or a trait tells: which signs it is that calls need beside their own, as bits, and the numbers of
# the calls that it may make.
_Told = tuple[int, tuple[int, ...]]


class _Index:
    """From words, beginnings of words, word lists and traits to the signs they are and the calls they may make."""

    def __init__(self) -> None:
        self._numbers: dict[Signs, int] = {}
        self._bits: dict[int, int] = {}
        self._calls: dict[int, list[int]] = {}
        self._words: dict[str, list[int]] = {}
        self._alone: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[int]] = {}
        self._lists: dict[str, list[int]] = {}
        self._traits: dict[str, list[int]] = {}
        self._lengths: list[int] = []
        self._of_word = _Remembered(self._look_up_word)
        self._of_mark: dict[int, _Told] = {}
        self._of_trait: dict[str, _Told] = {}

    def bit(self, signs: Signs) -> int:
        """The bit of these signs among all that are needed beside others."""
        return self._bits.setdefault(self._number(signs), 1 << len(self._bits))

    def _number(self, signs: Signs) -> int:
        if signs not in self._numbers:
            self._numbers[signs] = number = len(self._numbers)
            kept = (
                (self._words, signs.words),
                (self._alone, signs.alone),
                (self._beginnings, signs.beginnings),
                (self._lists, signs.lists),
                (self._traits, signs.traits | {_ALWAYS} if signs.always else signs.traits),
            )
            for where, names in kept:
                for name in names:
                    where.setdefault(name, []).append(number)
        return self._numbers[signs]

    def call(self, call: int, signs: Signs) -> None:
        """Make this call wherever one of the signs stands."""
        self._calls.setdefault(self._number(signs), []).append(call)

    def close(self) -> None:
        """Everything was added."""
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})
        self._of_trait = {name: self._told(self._traits.get(name, ())) for name in (_ALWAYS, *OFTEN)}
        self._of_mark = {
            mark: self._told(number for name in names for number in self._lists.get(name, ()))
            for mark, names in lexicon().names_of_marks().items()
        }

    def look_up(self, reading: Reading, traits: Iterable[str]) -> tuple[int, set[int]]:
        """The signs that the text fulfils, as bits, and the numbers of the calls that these make."""
        told = [*map(self._of_word.__getitem__, reading.word_set)]
        told += [self._of_mark[mark] for mark in reading.marks]
        told += [self._of_trait[name] for name in (_ALWAYS, *traits, *reading.traits)]
        bits = reduce(or_, [each for each, _ in told], 0)
        return bits, set().union(*[calls for _, calls in told if calls])

    def _told(self, numbers: Iterable[int]) -> _Told:
        signs = set(numbers)
        calls = sorted({call for number in signs for call in self._calls.get(number, ())})
        return sum(self._bits.get(number, 0) for number in signs), tuple(calls)

    def _look_up_word(self, word: str) -> _Told:
        parts = {word, *word.split("'")}
        return self._told(
            (*self._alone.get(word, ()), *(number for part in parts for number in self._of_part(part)))
        )

    def _of_part(self, word: str) -> Iterator[int]:
        yield from self._words.get(word, ())
        for length in self._lengths:
            yield from self._beginnings.get(word[:length], ()) if length <= len(word) else ()


_ALWAYS = "always"


class _Remembered(dict[str, _Told]):
    """What words tell, kept up to a bound, because most words come again."""

    def __init__(self, look_up: Callable[[str], _Told]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> _Told:
        told = self._look_up(word)
        if len(word) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[word] = told
        return told
