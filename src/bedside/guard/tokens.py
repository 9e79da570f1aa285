"""A plain text as a row of words, cheap to make and to look into."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the plain text: where it stands, in lower case, and whether it begins with a capital."""

    start: int
    end: int
    word: str
    is_capital: bool


class Tokens:
    """All words of a text; a single one is made into a `Token` only when asked for."""

    __slots__ = ("spans", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.words = _WORD.findall(text.lower())

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, at: int) -> Token:
        start, end = self.spans[at]
        return Token(start, end, self.words[at], self.text[start].isupper())

    def is_capital(self, at: int) -> bool:
        """Whether that word begins with a capital letter."""
        return self.text[self.spans[at][0]].isupper()
