"""What the scorer looks at: words, the lists they belong to, their neighbors, and which rules spoke.

A text becomes two rows of numbers, one for its words and one in which every listed word stands for its list and
every name for
its kind. Runs of up to three of these, with gaps, are packed into one integer each (`keys_of`), because integers are
looked up several times faster than strings. What the keys weigh is in `scorer.py`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bedside.guard.hits import Case
from bedside.guard.lexicon import PEOPLE, lexicon
from bedside.guard.reading import Reading

# A mark and its word; a web address; the punctuation that changes a meaning; a picture (one byte).
_TOKENS = re.compile(rb"[\x80-\xff]?[a-z0-9][a-z0-9'\x05]*|\x03+|[?!.\n,:\"@#%$\x01]")
_FIELD = re.compile(r"\[.*")
_MEMORY = 100_000
_WORDS_IN_A_LENGTH = 8
_LONGEST = 8

PAIR, TRIPLE, GAP_OF_ONE, GAP_OF_TWO = (kind << 48 for kind in (1, 2, 3, 4))
MOST_WORDS = 1 << 16
PARENT = "<parent>"


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


def words_of(reading: Reading) -> tuple[list[str], list[str]]:
    """The words of a field and, in a second row of the same length, the lists they belong to."""
    named = [_SEEN[marked] for marked in _TOKENS.findall(reading.marked)]
    words, lists = [word for word, _ in named], [each for _, each in named]
    if reading.field == "text":
        return words, lists
    field = [f"<{_FIELD.sub('', reading.field)}>"]
    return field + words, field + lists


def places_of(reading: Reading) -> list[tuple[int, int]]:
    """Where each of `words_of` stands in the marked text."""
    places = [match.span() for match in _TOKENS.finditer(reading.marked)]
    return places if reading.field == "text" else [(0, 0), *places]


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


def about(case: Case, words: Sequence[str], lists: Sequence[str], fired: Iterable[str]) -> list[str]:
    """What is known beside the run of the words: the surface, the rules that spoke, which kinds of words meet, the
    parent's kinds, and whether the answer says one of its words again."""
    kinds = sorted({each for each in lists if each[0] == "<" and len(each) > 1})
    told = [f"surface {case.material.surface}", f"length {min(len(words) // _WORDS_IN_A_LENGTH, _LONGEST)}"]
    told += [f"rule {rule}" for rule in fired]
    told += [f"{one} & {other}" for at, one in enumerate(kinds) for other in kinds[at + 1 :]]
    if case.parent is not None:
        said, meant = words_of(case.parent)
        listed = [
            (word, each) for word, each in zip(said, meant, strict=True) if each[0] == "<" and len(each) > 1
        ]
        told += {f"parent {each}" for _, each in listed if each != PARENT}
        spoken = set(words)
        if any(each != word and word in spoken for word, each in listed):
            told.append("echo")
    return told
