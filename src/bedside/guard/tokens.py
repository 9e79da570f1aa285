"""A plain text as a row of words, cheap to make and to look into."""

import re
from functools import reduce
from operator import or_

from bedside.guard.addresses import addresses
from bedside.guard.known import KNOWN, Known

_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?")
_MEMORY, _LONGEST = 50_000, 40  # pieces that are kept, letters of one that is


# What stands between two spaces: its words, each in small letters, where in it each begins, the traits of all, and its
# length with the space behind it.
_Piece = tuple[list[Known], list[str], list[int], int, int]


class _Pieces(dict[str, _Piece]):
    """Pieces that were taken apart, kept up to a bound: nearly all come again, commas and all."""

    def __missing__(self, written: str) -> _Piece:
        words = list(_WORD.finditer(written))
        known = [KNOWN[word.group()] for word in words]
        piece = (
            known,
            [each.lower for each in known],
            [word.start() for word in words],
            reduce(or_, [each.traits for each in known], 0),
            len(written) + 1,
        )
        if len(written) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[written] = piece
        return piece


_PIECES = _Pieces()


class Tokens:
    """All words of a text: in small letters, what is known of each, and where each begins."""

    __slots__ = ("_addresses", "known", "starts", "text", "traits", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: list[Known] = []
        self.words: list[str] = []
        self.starts: list[int] = []
        known, words, starts = self.known, self.words, self.starts
        at = traits = 0
        for its_known, its_words, its_starts, its_traits, length in map(_PIECES.__getitem__, text.split(" ")):
            if len(its_words) == 1:  # nearly every piece
                known.append(its_known[0])
                words.append(its_words[0])
                starts.append(at + its_starts[0])
            else:
                known += its_known
                words += its_words
                starts += [at + start for start in its_starts]
            traits |= its_traits
            at += length
        self.traits = traits
        self._addresses: list[tuple[int, int]] | None = None

    @property
    def addresses(self) -> list[tuple[int, int]]:
        """Where web and e-mail addresses stand."""
        if self._addresses is None:
            self._addresses = addresses(self.text)
        return self._addresses

    def __len__(self) -> int:
        return len(self.words)

    def end(self, at: int) -> int:
        """Where a word ends."""
        return self.starts[at] + len(self.words[at])

    def gap(self, at: int) -> str:
        """What stands before a word, behind the one before it; at the number of words, what is behind the last one."""
        first = self.end(at - 1) if at else 0
        return self.text[first : self.starts[at]] if at < len(self.words) else self.text[first:]

    def with_trait(self, trait: int) -> list[int]:
        """Which words have one of these traits (`known.py`)."""
        return (
            [at for at, each in enumerate(self.known) if each.traits & trait] if self.traits & trait else []
        )
