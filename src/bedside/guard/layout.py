"""How texts are laid out for the scorer: the words of all cases at once, cut into sentences and pieces.

What a sheet is, and what a piece, is in `sheet.py`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bedside.guard.hits import Case
from bedside.guard.lexemes import Lexemes, said_first
from bedside.guard.reading import Reading
from bedside.guard.sheet import ROW, ZEROS, Piece, Sheet, sentences_between

LONGEST, LEAST = 80, 5  # places of a whole; words of a sentence that counts alone
_ECHO_LETTERS = 4  # of a word of the parent that counts when it is said again


def laid_out(cases: Iterable[tuple[Case, Iterable[str]]], lexemes: Lexemes) -> Sheet:
    """These cases on one sheet, each with the names of the rules that spoke."""
    texts, parents = _Words(lexemes), _Words(lexemes)
    fields: list[_Field] = []
    told: list[list[str]] = []
    for number, (case, fired) in enumerate(cases):
        told.append([f"surface {case.material.surface}", *(f"rule {rule}" for rule in fired)])
        parents.add(case.parent)
        for reading in case.readings:
            if reading.is_prose:
                texts.add(reading)
                fields.append(_Field(number, reading))
    lexemes.complete()
    return _Layout(lexemes, told, fields, texts, parents).sheet()


class _Field(NamedTuple):
    """A field of one of the cases."""

    case: int
    reading: Reading


class _Words:
    """The words of many fields in a row, as numbers."""

    def __init__(self, lexemes: Lexemes) -> None:
        self._numbers_in = lexemes.numbers_in
        self._numbers: list[int] = []
        self._lengths: list[int] = []

    def add(self, reading: Reading | None) -> None:
        """One more field; an empty one where there is no reading."""
        before = len(self._numbers)
        if reading is not None:
            self._numbers += self._numbers_in(reading)
        self._lengths.append(len(self._numbers) - before)

    def said_once(self) -> tuple[np.ndarray, list[int]]:
        """The words without what is said again at once, and where each field begins, and the last one ends."""
        numbers = np.array(self._numbers, np.int64)
        fields = np.repeat(np.arange(len(self._lengths)), self._lengths)
        is_first = said_first(numbers, fields)
        fields = fields[is_first]
        return numbers[is_first], np.searchsorted(fields, np.arange(len(self._lengths) + 1)).tolist()


class _Layout:
    """A sheet while it is written."""

    def __init__(
        self, lexemes: Lexemes, told: list[list[str]], fields: list[_Field], texts: _Words, parents: _Words
    ) -> None:
        self._lexemes, self._told, self._fields = lexemes, told, fields
        self._words, self._bounds = texts.said_once()
        self._of_parents = parents.said_once()
        self._pieces: list[Piece] = []
        self._sentences: list[tuple[int, int, int]] = []
        self._origins = [ZEROS]  # where each field begins on the row, and the last one ends

    def sheet(self) -> Sheet:
        """Write everything."""
        row = self._row(list(self._taken()))
        pieces = self._pieces
        parents, spans, said = self._parents()
        cases = np.array([field.case for field in self._fields], np.int64)
        return Sheet(
            lexemes=self._lexemes,
            numbers=row,
            said=self._is_said(row, said),
            owners=np.concatenate([np.zeros(ZEROS, np.int64), np.repeat(cases, np.diff(self._origins))]),
            sentences=self._sentences,
            pieces=pieces,
            cases=np.array([piece.case for piece in pieces], np.int64),
            bounds=np.array([at for piece in pieces for at in (piece.first, piece.end)], np.int64),
            parents=parents,
            parent_bounds=np.array(spans, np.int64),
            told=self._told,
        )

    def _taken(self) -> Iterator[tuple[int, int, int]]:
        """Where each sentence begins on the row, and from where to where it goes among the words."""
        ends: list[int] = np.flatnonzero(self._lexemes.ends.values[self._words]).tolist()
        bounds = self._bounds
        for field, (first, last) in zip(self._fields, pairwise(bounds), strict=True):
            of_field = ends[bisect_left(ends, first) : bisect_left(ends, last)]
            place = origin = self._origins[-1]
            sentences = []
            for begin, end in sentences_between(first, last, of_field):
                yield place, begin, end
                sentences.append((place, place + end - begin))
                place += end - begin + ZEROS
            self._origins.append(place)
            self._cut(field, origin, sentences)

    def _cut(self, field: _Field, origin: int, sentences: list[tuple[int, int]]) -> None:
        """Cut a field into pieces."""
        case, reading = field
        self._sentences += [(case, first, end) for first, end in sentences]
        for first, end in _wholes(sentences):
            self._pieces.append(Piece(case, reading, origin, first, end, False))
        if len(sentences) > 1:
            for first, end in sentences:
                if end - first >= LEAST:
                    self._pieces.append(Piece(case, reading, origin, first, end, True))

    def _row(self, taken: list[tuple[int, int, int]]) -> np.ndarray:
        row = np.zeros(self._origins[-1], np.int64)
        places, firsts, ends = np.array(taken, np.int64).reshape(-1, 3).T
        lengths = ends - firsts
        inside = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        row[np.repeat(places, lengths) + inside] = self._words[np.repeat(firsts, lengths) + inside]
        return row

    def _parents(self) -> tuple[np.ndarray, list[int], list[set[str]]]:
        """The row of what is answered, where each case's begins and ends on it, and its longer words."""
        words, bounds = self._of_parents
        row = [0] * ZEROS
        said: list[set[str]] = []
        spans: list[int] = []
        for first, last in pairwise(bounds):
            if first == last:
                spans += len(row), len(row)
                row += [0] * ZEROS
                said.append(set())
                continue
            numbers: list[int] = words[first:last].tolist()
            spans += len(row), len(row) + min(len(numbers), ROW)
            row += numbers[:ROW] + [0] * ZEROS
            known = {self._lexemes.known[each].word for each in numbers}
            said.append({word for word in known if len(word) >= _ECHO_LETTERS})
        return np.array(row), spans, said

    def _is_said(self, row: np.ndarray, said: list[set[str]]) -> np.ndarray:
        is_said, known = np.zeros(len(row), bool), self._lexemes.known
        for field, (first, last) in zip(self._fields, pairwise(self._origins), strict=True):
            if said[field.case]:
                is_said[first:last] = [
                    known[each].word in said[field.case] for each in row[first:last].tolist()
                ]
        return is_said


def _wholes(sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A field as a whole; of a long one, every run of sentences with no more than `LONGEST` places."""
    if sentences and sentences[-1][1] - sentences[0][0] <= LONGEST:
        yield sentences[0][0], sentences[-1][1]
        return
    end = 0
    for at, (first, _) in enumerate(sentences):
        before = end
        while end < len(sentences) and (sentences[end][1] - first <= LONGEST or end <= at):
            end += 1
        if end > before:
            yield first, sentences[end - 1][1]
