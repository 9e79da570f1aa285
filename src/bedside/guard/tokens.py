"""A plain text as a row of words, cheap to make and to look into."""

import re
from functools import reduce
from itertools import accumulate
from operator import or_

from bedside.guard.addresses import addresses
from bedside.guard.known import KNOWN, Known

_WORD = re.compile(r"([A-Za-z0-9]+(?:'[A-Za-z]+)?)")


class Tokens:
    """All words of a text: in small letters, what is known of each, and where each stands.

    `gaps` are the pieces between: `gaps[n]` stands before word n, and the last one behind the last word.
    """

    __slots__ = ("_addresses", "_traits", "ends", "gaps", "known", "starts", "text", "traits", "words")

    def __init__(self, text: str) -> None:
        pieces = _WORD.split(text)
        places = list(accumulate(map(len, pieces)))
        self.text = text
        self.gaps: list[str] = pieces[::2]
        self.starts = places[:-1:2]
        self.ends = places[1::2]
        self.known: list[Known] = list(map(KNOWN.__getitem__, pieces[1::2]))
        self.words = [each.lower for each in self.known]
        self._traits = [each.traits for each in self.known]
        self.traits: int = reduce(or_, set(self._traits), 0)
        self._addresses: list[tuple[int, int]] | None = None

    @property
    def addresses(self) -> list[tuple[int, int]]:
        """Where web and e-mail addresses stand."""
        if self._addresses is None:
            self._addresses = addresses(self.text)
        return self._addresses

    def __len__(self) -> int:
        return len(self.words)

    def with_trait(self, trait: int) -> list[int]:
        """Which words have one of these traits (`known.py`)."""
        return [at for at, each in enumerate(self._traits) if each & trait] if self.traits & trait else []
