"""Texts laid out for the scorer: words as one row of numbers, cut into pieces, and what stands around them.

Several cases are laid out at once (`layout.py`), sentence after sentence with zeros between, so that their scores cost
a few array operations together instead of a few for each word.

A piece is a whole field (of a long one, some sentences in a row) or a sentence alone. Sentences are scored by
themselves as well, so that no harmless neighbor hides one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bedside.guard.lexemes import Lexemes, lexeme_of, places_of_words, words_in
from bedside.guard.reading import Reading

ZEROS = 3  # between two sentences: no run of words reaches across
STRIP = 4096  # places that are worked on at a time
ROW = 50  # words after which a sentence without an end is cut


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
        spans, words = places_of_words(self.reading), words_in(self.reading)
        ends = [place for place, word in enumerate(words) if lexeme_of(word).is_end]
        at = self.origin
        for first, end in sentences_between(0, len(words), ends):
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


def sentences_between(first: int, last: int, ends: Iterable[int]) -> Iterator[tuple[int, int]]:
    """From where to where each sentence of a row of words goes; at `ends` stand full stops and their like. An end that
    follows an end is none."""
    for at in ends:
        while at - first >= ROW:
            yield first, first + ROW + 1
            first += ROW + 1
        if at > first:
            yield first, at + 1
        first = max(first, at + 1)
    while first < last:
        end = min(first + ROW + 1, last)
        yield first, end
        first = end
