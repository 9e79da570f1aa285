"""Texts laid out for the scorer: words as one row of numbers, cut into pieces, and what stands around them.

Several cases are laid out at once (`laid_out`), sentence after sentence with zeros between, so that their scores cost
a few array operations together instead of a few for each word.

A piece is a whole field (of a long one, some sentences in a row) or a sentence alone. Sentences are scored by
themselves as well, so that no harmless neighbor hides one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bedside.guard.hits import Case
from bedside.guard.lexemes import Lexemes, places_of_words, words_in
from bedside.guard.reading import Reading

_ENDS = frozenset((b".", b"!", b"?", b"\n"))
ZEROS = 3  # between two sentences: no run of words reaches across
LONGEST, LEAST = 80, 5  # places of a whole; words of a sentence that counts alone
STRIP = 4096  # places that are worked on at a time
ROW = 50  # words after which a sentence without an end is cut
_ECHO_LETTERS = 4  # of a word of the parent that counts when it is said again


class Piece(NamedTuple):
    """Some sentences of one field: from which place of the row to before which. `is_sentence`: torn from a longer
    text, so it must be more telling to count."""

    case: int
    reading: Reading
    origin: int  # where the field begins on the row
    first: int
    end: int
    is_sentence: bool

    def places(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Every word: at which place of the row, and where in the field's marked text."""
        spans = places_of_words(self.reading)
        at = self.origin
        for first, end in _sentences(words_in(self.reading)):
            for place, span in enumerate(spans[first:end], start=at):
                if self.first <= place < self.end:
                    yield place, span
            at += end - first + ZEROS


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cases laid out. Numbers are those of `lexemes`; bounds are where each begins and ends, one after the other, as
    `reduceat` wants them: every second of its results is asked for. A row ends with zeros, so an end is a place."""

    lexemes: Lexemes
    numbers: np.ndarray  # the words of all cases
    said: np.ndarray  # whether the word at each place also stands in the parent
    owners: np.ndarray  # of each place, its case
    sentences: list[tuple[int, int, int]]  # case, first place, end
    pieces: list[Piece]
    cases: np.ndarray  # of each piece
    bounds: np.ndarray  # of each piece
    parents: np.ndarray  # the words of all parents
    parent_bounds: np.ndarray  # of each case's; empty without one
    told: list[list[str]]  # of each case

    def over_pieces(self, of: np.ufunc, values: np.ndarray) -> np.ndarray:
        """The sum (or whatever else) of the values at the places of each piece."""
        return every_second(of, values, self.bounds)

    def strips(self, cases: np.ndarray) -> "Iterator[Strip]":
        """The places of these cases in strips, each with the pieces that begin in it: what is worked out for a strip is
        a bounded amount, however long the texts are."""
        is_asked = np.zeros(len(self.told), bool)
        is_asked[cases] = True
        places = np.concatenate([np.arange(ZEROS), np.flatnonzero(is_asked[self.owners][ZEROS:]) + ZEROS])
        pieces = np.flatnonzero(is_asked[self.cases])
        bounds = np.searchsorted(places, self.bounds.reshape(-1, 2)[pieces])
        order = np.argsort(bounds[:, 0], kind="stable")
        at = 0
        while at < len(order):
            first = int(bounds[order[at], 0])
            after = int(np.searchsorted(bounds[:, 0], first + STRIP, sorter=order))
            chosen = order[at:after]
            begin, end = first - ZEROS, int(bounds[chosen, 1].max()) + ZEROS
            yield Strip(places[begin:end], pieces[chosen], bounds[chosen].ravel() - begin)
            at = after

    def parents_of(self, cases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The places of the parents of these cases, with zeros around each, and the bounds of each among them."""
        spans = self.parent_bounds.reshape(-1, 2)[cases]
        places = [np.arange(ZEROS), *(np.arange(first, end + ZEROS) for first, end in spans.tolist())]
        lengths = spans[:, 1] - spans[:, 0]
        firsts = np.cumsum(lengths + ZEROS) - lengths
        return np.concatenate(places), np.stack([firsts, firsts + lengths], axis=1).ravel()

    def over_parents(self, of: np.ufunc, values: np.ndarray) -> np.ndarray:
        """The same for each case's parent."""
        return every_second(of, values, self.parent_bounds)


@dataclass(frozen=True, slots=True)
class Strip:
    """Some places of a sheet's row with zeros at both ends, and the pieces that lie in it: `bounds` are theirs from the
    first place on, as those of the sheet."""

    places: np.ndarray
    pieces: np.ndarray
    bounds: np.ndarray

    def strongest_and_summed(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The greatest and the sum of the values at the places of each piece, column by column. Piece by piece, which
        for many columns takes a third of the time of `reduceat`."""
        strongest = np.empty((len(self.pieces), values.shape[1]), values.dtype)
        summed = np.empty_like(strongest)
        for at, (first, end) in enumerate(self.bounds.reshape(-1, 2).tolist()):
            np.maximum.reduce(values[first:end], out=strongest[at])
            np.add.reduce(values[first:end], out=summed[at])
        return strongest, summed

    def over_pieces(self, of: np.ufunc, values: np.ndarray) -> np.ndarray:
        """The sum (or whatever else) of the values at the places of each piece."""
        return every_second(of, values, self.bounds)


def every_second(of: np.ufunc, values: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """The sum (or whatever else) of the values between every two of these bounds."""
    found: np.ndarray = of.reduceat(values, bounds)[::2]
    return found


def laid_out(cases: Iterable[tuple[Case, Iterable[str]]], lexemes: Lexemes) -> Sheet:
    """These cases on one sheet, each with the names of the rules that spoke."""
    layout = _Layout(lexemes)
    for case, fired in cases:
        layout.add(case, fired)
    lexemes.complete()
    return layout.sheet()


class _Layout:
    """A sheet while it is written."""

    def __init__(self, lexemes: Lexemes) -> None:
        self._lexemes = lexemes
        self._row, self._parents = [0] * ZEROS, [0] * ZEROS
        self._owners = [0] * ZEROS
        self._said: list[int] = []
        self._sentences: list[tuple[int, int, int]] = []
        self._pieces: list[Piece] = []
        self._spans: list[tuple[int, int]] = []
        self._told: list[list[str]] = []

    def sheet(self) -> Sheet:
        """What was written."""
        pieces = self._pieces
        return Sheet(
            lexemes=self._lexemes,
            numbers=np.array(self._row),
            said=self._is_said(),
            owners=np.array(self._owners),
            sentences=self._sentences,
            pieces=pieces,
            cases=np.array([piece.case for piece in pieces], np.int64),
            bounds=np.array([at for piece in pieces for at in (piece.first, piece.end)], np.int64),
            parents=np.array(self._parents),
            parent_bounds=np.array([at for span in self._spans for at in span], np.int64),
            told=self._told,
        )

    def _is_said(self) -> np.ndarray:
        is_said = np.zeros(len(self._row), bool)
        is_said[self._said] = True
        return is_said

    def add(self, case: Case, fired: Iterable[str]) -> None:
        """Write one more case."""
        said = self._parent(case)
        self._told.append([f"surface {case.material.surface}", *(f"rule {rule}" for rule in fired)])
        for reading in case.readings:
            if reading.is_prose:
                self._field(len(self._told) - 1, reading, said)

    def _parent(self, case: Case) -> set[str]:
        """Write what is answered; its longer words."""
        numbers = [] if case.parent is None else self._numbers(words_in(case.parent))
        first = len(self._parents)
        self._parents += numbers[:ROW]
        self._spans.append((first, len(self._parents)))
        self._parents += [0] * ZEROS
        words = {self._lexemes.known[each].word for each in numbers}
        return {word for word in words if len(word) >= _ECHO_LETTERS}

    def _numbers(self, marked: Iterable[bytes]) -> list[int]:
        return list(map(self._lexemes.__getitem__, marked))

    def _field(self, case: int, reading: Reading, said: set[str]) -> None:
        marked = words_in(reading)
        numbers = self._numbers(marked)
        origin, sentences = len(self._row), []
        for first, end in _sentences(marked):
            at = len(self._row)
            self._row += numbers[first:end]
            sentences.append((at, len(self._row)))
            self._row += [0] * ZEROS
        self._owners += [case] * (len(self._row) - origin)
        self._sentences += [(case, first, end) for first, end in sentences]
        if said:
            known = self._lexemes.known
            places = enumerate(self._row[origin:], start=origin)
            self._said += [at for at, number in places if known[number].word in said]
        for first, end in _wholes(sentences):
            self._pieces.append(Piece(case, reading, origin, first, end, is_sentence=False))
        if len(sentences) > 1:
            for first, end in sentences:
                if end - first >= LEAST:
                    self._pieces.append(Piece(case, reading, origin, first, end, is_sentence=True))


def _sentences(marked: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """From where to where each sentence goes. An end that follows an end is none."""
    first = 0
    for at in [at for at, word in enumerate(marked) if word in _ENDS]:
        while at - first >= ROW:
            yield first, first + ROW + 1
            first += ROW + 1
        if at > first:
            yield first, at + 1
        first = max(first, at + 1)
    while first < len(marked):
        end = min(first + ROW + 1, len(marked))
        yield first, end
        first = end


def _wholes(sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A field as a whole; of a long one, every run of sentences with no more than `LONGEST` places."""
    end = 0
    for at, (first, _) in enumerate(sentences):
        before = end
        while end < len(sentences) and (sentences[end][1] - first <= LONGEST or end <= at):
            end += 1
        if end > before:
            yield first, sentences[end - 1][1]
