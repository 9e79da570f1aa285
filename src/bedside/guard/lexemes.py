"""The words of texts as the scorer knows them: what each is, and the numbers it has.

A word is a number of the process's own: which word of the learned vocabulary it is, which list it belongs to and, for
a word that was never learned, which letters it is made of, is looked up once and kept.
"""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np

from bedside.guard.lexicon import PEOPLE, lexicon
from bedside.guard.reading import Reading

# A mark and its word; a web address; the punctuation that changes a meaning; a picture (one byte).
TOKENS = re.compile(rb"[\x80-\xff]?[a-z0-9][a-z0-9'\x05]*|\x03+|[?!.\n,:\"@#%$\x01]")
_SIGNS = {1: "<picture>", 3: "<link>", 10: "<line>"}
_MARKS = bytes(range(0x80, 0x100))
_MARK_ALONE = [bytes([code]) for code in range(0x100)]

KINDS = 64  # lists and shapes of words, at most
GRAMS, SHORTEST_GRAM, LONGEST_GRAM, MOST_GRAMS = 4096, 3, 5, 24
_MOST_LEXEMES = 50_000
_MOST_PIECES, _LONGEST_PIECE = 50_000, 40  # pieces that are kept, letters of one that is
_LONGEST_REPEATED = 4
_ENDS = frozenset((".", "!", "?", _SIGNS[10]))


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word as the scorer sees it: itself, and the list or shape that it may stand for (else itself again)."""

    word: str
    kind: str

    @property
    def is_listed(self) -> bool:
        return self.kind[0] == "<" and len(self.kind) > 1

    @property
    def is_end(self) -> bool:
        """Whether a sentence ends here."""
        return self.word in _ENDS


def lexeme_of(marked: bytes) -> Lexeme:
    """A word of a marked text. Names are known by their kind alone, numbers by their length."""
    if marked[0] in _SIGNS:
        return Lexeme(_SIGNS[marked[0]], _SIGNS[marked[0]])
    word = marked.lstrip(_MARKS).decode("ascii").replace("\x05", " ")
    listed = _lists_of_marks().get(marked[0])
    if listed in PEOPLE:
        return Lexeme(f"<{listed}>", f"<{listed}>")
    if any(map(word.__contains__, "0123456789")):
        word = _shape(word)
    return Lexeme(word, f"<{listed}>" if listed else word)


@lru_cache(maxsize=1)
def _lists_of_marks() -> dict[int, str]:
    return {mark: names[0] for mark, names in lexicon().names_of_marks().items()}


def _shape(word: str) -> str:
    """Numbers by their length, years apart: which number it is must not matter."""
    if not word.isdigit():
        return f"<mixed{min(len(word), 9)}>"
    return "<year>" if len(word) == 4 and word[:2] in ("19", "20") else f"<digits{min(len(word), 6)}>"


def grams_of(word: str) -> list[int]:
    """The runs of three to five letters of a word, each as a number from 1 to `GRAMS`; none of a kind or a sign."""
    if not word[0].isalnum():
        return []
    framed = f"^{word}$".encode()
    runs = (
        framed[at : at + length]
        for length in range(SHORTEST_GRAM, LONGEST_GRAM + 1)
        for at in range(len(framed) - length + 1)
    )
    return [crc32(run) % GRAMS + 1 for run in runs][:MOST_GRAMS]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words and kinds that were learned, by number from 1; 0 is everything else."""

    words: dict[str, int]
    kinds: dict[str, int]


class Column:
    """A column of numbers that grows: an array with room at its end."""

    def __init__(self, first: np.ndarray) -> None:
        self._room = np.zeros((1024, *first.shape), first.dtype)
        self._room[0] = first
        self.length = 1

    @property
    def values(self) -> np.ndarray:
        return self._room[: self.length]

    def add(self, values: np.ndarray) -> None:
        end = self.length + len(values)
        if end > len(self._room):
            wider = np.zeros((2 * end, *self._room.shape[1:]), self._room.dtype)
            wider[: self.length] = self.values
            self._room = wider
        self._room[self.length : end] = values
        self.length = end


class Lexemes(dict[bytes, int]):
    """The words met so far, numbered from 1 as they came. Their columns: the number of the word and of its kind (as a
    word, and as a kind) in the vocabulary, a vector, and whether a sentence ends there. Safe to use from several
    threads; grows until `is_full`."""

    def __init__(self, vocabulary: Vocabulary, vectors_of: Callable[[Sequence[Lexeme]], np.ndarray]) -> None:
        super().__init__()
        self.known = [Lexeme("", "")]
        self.words, self.kinds, self.kinds_as_words = (Column(np.zeros((), np.int64)) for _ in range(3))
        self.ends = Column(np.zeros((), bool))
        self.vectors = Column(np.zeros_like(vectors_of([])[0:1].sum(axis=0)))
        self._vocabulary, self._vectors_of = vocabulary, vectors_of
        self._pieces = _Pieces(self)
        self._lock = threading.Lock()

    def numbers_in(self, reading: Reading) -> Iterator[int]:
        """The words of a field by number, as they stand."""
        marked = reading.marked
        for mark in map(
            _MARK_ALONE.__getitem__, reading.marks
        ):  # which took the place of the space before a word
            marked = marked.replace(mark, b" " + mark)
        return chain.from_iterable(map(self._pieces.__getitem__, marked.split(b" ")))

    def __missing__(self, marked: bytes) -> int:
        with self._lock:
            if marked not in self:
                self.known.append(lexeme_of(marked))
                self[marked] = len(self.known) - 1
            return self[marked]

    @property
    def is_full(self) -> bool:
        return len(self.known) > _MOST_LEXEMES

    def complete(self) -> None:
        """Look up the columns of the words that came since the last time."""
        with self._lock:
            new = self.known[self.words.length :]
            if new:
                words, kinds = self._vocabulary.words, self._vocabulary.kinds
                self.kinds.add(np.array([kinds.get(each.kind, 0) for each in new]))
                self.kinds_as_words.add(np.array([words.get(each.kind, 0) for each in new]))
                self.vectors.add(self._vectors_of(new))
                self.ends.add(np.array([each.is_end for each in new]))
                self.words.add(np.array([words.get(each.word, 0) for each in new]))


class _Pieces(dict[bytes, tuple[int, ...]]):
    """The words in what stands between two spaces, kept up to a bound: nearly all pieces come again."""

    def __init__(self, lexemes: Lexemes) -> None:
        self._lexemes = lexemes

    def __missing__(self, piece: bytes) -> tuple[int, ...]:
        numbers = tuple(map(self._lexemes.__getitem__, TOKENS.findall(piece)))
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= _MOST_PIECES:
                self.clear()
            self[piece] = numbers
        return numbers


def words_in(reading: Reading) -> list[bytes]:
    """The marked words of a field; what is said again at once counts once."""
    words: list[bytes] = TOKENS.findall(reading.marked)
    return [words[at] for at in _kept(words)]


def places_of_words(reading: Reading) -> list[tuple[int, int]]:
    """Where in the marked text each of these words stands."""
    matches = list(TOKENS.finditer(reading.marked))
    return [matches[at].span() for at in _kept([match.group() for match in matches])]


def _kept(words: Sequence[bytes]) -> list[int]:
    number_of: dict[bytes, int] = {}
    numbers = np.array([number_of.setdefault(word, len(number_of)) for word in words], np.int64)
    kept: list[int] = np.flatnonzero(said_first(numbers, np.zeros_like(numbers))).tolist()
    return kept


def said_first(numbers: np.ndarray, fields: np.ndarray) -> np.ndarray:
    """Which words are left when a run of up to four words that is repeated at once ("la la la") counts once. The words
    are given by number, those of many fields in a row; `fields` tells to which each belongs."""
    is_first = np.ones(len(numbers), bool)
    for length in range(1, min(_LONGEST_REPEATED, len(numbers) // 2) + 1):
        same = (numbers[length:] == numbers[:-length]) & (fields[length:] == fields[:-length])
        runs = len(same) - length + 1
        repeated = same[:runs]
        for inner in range(1, length):
            repeated = repeated & same[inner : inner + runs]
        if repeated.any():
            for inner in range(length, 2 * length):
                is_first[inner : inner + runs] &= ~repeated
    return is_first
