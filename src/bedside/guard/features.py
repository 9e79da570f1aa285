"""What the scorer looks at: words, the lists they belong to, their neighbors, and which rules spoke.

A text becomes two rows of numbers, one for its words and one in which every listed word stands for its list and
every name for
its kind. Runs of up to three of these, with gaps, are packed into one integer each (`keys_of`), because integers are
looked up several times faster than strings. What the keys weigh is in `scorer.py`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bedside.guard.hits import Case
from bedside.guard.lexicon import PEOPLE, lexicon
from bedside.guard.reading import Reading

# A mark and its word; a web address; the punctuation that changes a meaning; a picture (one byte).
_TOKENS = re.compile(rb"[\x80-\xff]?[a-z0-9][a-z0-9'\x05]*|\x03+|[?!.\n,:\"@#%$\x01]")
_MEMORY = 100_000

PAIR, TRIPLE, GAP_OF_ONE, GAP_OF_TWO = (kind << 48 for kind in (1, 2, 3, 4))
MOST_WORDS = 1 << 16
LONGEST, WINDOW, STEP, LEAST = 60, 36, 18, 4  # words
_ENDS = frozenset((".", "!", "?", "<line>"))


class _Seen(dict[bytes, tuple[str, str]]):
    """Marked words as the scorer names them: the word and its list, kept because most words come again."""

    def __missing__(self, marked: bytes) -> tuple[str, str]:
        if len(self) > _MEMORY:
            self.clear()
        self[marked] = named = _named(marked)
        return named


def _named(marked: bytes) -> tuple[str, str]:
    if marked[0] in _SIGNS:
        return _SIGNS[marked[0]], _SIGNS[marked[0]]
    word = marked.lstrip(_MARKS).decode("ascii").replace("\x05", " ")
    listed = _lists_of_marks().get(marked[0])
    if listed in PEOPLE:
        return f"<{listed}>", f"<{listed}>"
    if any(map(word.__contains__, "0123456789")):
        word = _shape(word)
    return word, f"<{listed}>" if listed else word


_MARKS = bytes(range(0x80, 0x100))
_SIGNS = {1: "<picture>", 3: "<link>", 10: "<line>"}


@lru_cache(maxsize=1)
def _lists_of_marks() -> dict[int, str]:
    return {mark: names[0] for mark, names in lexicon().names_of_marks().items()}


def _shape(word: str) -> str:
    """Numbers by their length, years apart: which number it is must not matter."""
    if not word.isdigit():
        return f"<mixed{min(len(word), 9)}>"
    return "<year>" if len(word) == 4 and word[:2] in ("19", "20") else f"<digits{min(len(word), 6)}>"


_SEEN = _Seen()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one field, the lists they belong to, and where each stands in the field's marked text.

    `is_sentence`: torn from a longer text, so it must be more telling to count.
    """

    reading: Reading
    words: list[str]
    lists: list[str]
    places: list[tuple[int, int]]
    is_sentence: bool = False

    def part(self, first: int, end: int, *, is_sentence: bool) -> "Piece":
        """The words from one number to before another."""
        words, lists, places = self.words[first:end], self.lists[first:end], self.places[first:end]
        return Piece(self.reading, words, lists, places, is_sentence)


def piece_of(reading: Reading) -> Piece:
    """All words of a field."""
    found = list(_TOKENS.finditer(reading.marked))
    named = [_SEEN[match.group()] for match in found]
    return Piece(
        reading,
        [word for word, _ in named],
        [each for _, each in named],
        [match.span() for match in found],
    )


def pieces_of(case: Case) -> Iterator[Piece]:
    """What is scored of a material: each field of prose, and each of its sentences; of a long one, a window at a time.

    A sentence is scored by itself, so that no harmless neighbor hides it.
    """
    for reading in case.readings:
        if not reading.is_prose:
            continue
        whole = piece_of(reading)
        yield from _windows(whole, 0, len(whole.words), is_sentence=False)
        sentences = list(_sentences(whole.words))
        if len(sentences) > 1:
            for first, end in sentences:
                yield from _windows(whole, first, end, is_sentence=True)


def _windows(whole: Piece, first: int, end: int, *, is_sentence: bool) -> Iterator[Piece]:
    if end - first <= LONGEST:
        yield whole.part(first, end, is_sentence=is_sentence)
    else:
        for start in range(first, end - STEP, STEP):
            yield whole.part(start, min(start + WINDOW, end), is_sentence=is_sentence)


def _sentences(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where each sentence goes that has at least a few words."""
    first = 0
    for at, word in enumerate(words):
        if word in _ENDS or at == len(words) - 1:
            if at + 1 - first > LEAST:
                yield first, at + 1
            first = at + 1


def keys_of(words: Sequence[int], lists: Sequence[int]) -> set[int]:
    """Everything that stands in these two rows of word numbers. 0 is an unknown word; no key of it is known."""
    found = {*words, *lists}
    for row in (words, lists):
        second, third, fourth = row[1:], row[2:], row[3:]
        found.update([PAIR | a << 16 | b for a, b in zip(row, second, strict=False)])
        found.update([GAP_OF_ONE | a << 16 | b for a, b in zip(row, third, strict=False)])
        found.update([GAP_OF_TWO | a << 16 | b for a, b in zip(row, fourth, strict=False)])
        found.update([TRIPLE | a << 32 | b << 16 | c for a, b, c in zip(row, second, third, strict=False)])
    return found


def places_of_key(key: int, words: Sequence[int], lists: Sequence[int]) -> Iterator[int]:
    """At which words a key stands, the first and last word of every run."""
    kind, first, last = key >> 48 << 48, key >> 16 & 0xFFFF, key & 0xFFFF
    reach = {0: 0, PAIR: 1, TRIPLE: 2, GAP_OF_ONE: 2, GAP_OF_TWO: 3}[kind]
    if kind == TRIPLE:
        first = key >> 32 & 0xFFFF
    for row in (words, lists):
        for at in range(len(row) - reach):
            if row[at + reach] == last and (not reach or row[at] == first):
                yield from (at, at + reach)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around every piece of a material: its surface, the rules that spoke, and the text that is
    answered."""

    told: list[str]
    listed: frozenset[str]  # words of the parent that stand in a list

    @classmethod
    def of(cls, case: Case, fired: Iterable[str]) -> "Surroundings":
        """The surroundings of this material's words; `fired` names the rules that spoke."""
        told = [f"surface {case.material.surface}", *(f"rule {rule}" for rule in fired)]
        if case.parent is None:
            return cls(told, frozenset())
        said = piece_of(case.parent)
        listed = [(word, each) for word, each in zip(said.words, said.lists, strict=True) if _is_list(each)]
        told += {f"parent {each}" for _, each in listed}
        return cls(told, frozenset(word for word, each in listed if word != each))

    def of_piece(self, piece: Piece) -> list[str]:
        """The same with what is known of a piece as a whole: which kinds of words meet in it, and whether it says a
        word of the parent again."""
        kinds = sorted(set(filter(_is_list, piece.lists)))
        told = self.told + [f"{one} & {other}" for at, one in enumerate(kinds) for other in kinds[at + 1 :]]
        return told if self.listed.isdisjoint(piece.words) else [*told, "echo"]


def _is_list(name: str) -> bool:
    return name[0] == "<" and len(name) > 1
