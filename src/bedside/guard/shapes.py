"""Patterns that look closely, asked only where a quick look says that they may stand.

A finder's patterns know what stands around a number or a name: they look ahead and behind, which RE2 cannot. But
most of them are long lists of words, of which `re` tries each at each letter. So a pattern is loosened first, by
leaving out where it looks around: what then stands nowhere, as RE2 sees in a hundredth of the time, stands nowhere in
full.
"""

import re
import sys
from collections.abc import Iterator
from functools import cached_property

from bedside.guard.phrases import Pattern

_PIECES = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|[()]|.", re.DOTALL)
_FLAGS = ((re.IGNORECASE, "i"), (re.MULTILINE, "m"), (re.DOTALL, "s"))


class Shape:
    """A pattern of `re`, used like one, over texts or parts of them. Both its forms are made when first needed."""

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.source, self.flags = source, flags

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    @cached_property
    def _loose(self) -> Pattern:
        letters = "".join(letter for flag, letter in _FLAGS if flag & self.flags)
        flags = f"(?{letters})" if letters else ""
        return Pattern((flags + loosened(self.source)).encode("ascii"))

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in that part of the text."""
        return self._exact.search(text, start, end) if self._may_stand(text, start, end) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match in that part of the text, in order."""
        return self._exact.finditer(text, start, end) if self._may_stand(text, start, end) else iter(())

    def _may_stand(self, text: str, start: int, end: int) -> bool:
        said = text[max(start - 1, 0) : end]  # the letter before tells whether a word begins
        return not said.isascii() or self._loose.search(said.encode("ascii")) is not None


def loosened(source: str) -> str:
    """The expression without its looks ahead and behind: it fits wherever the whole one fits, and elsewhere."""
    kept: list[str] = []
    inside = 0  # how deep in something that is left out
    for piece in _PIECES.findall(source):
        if piece.startswith("(?") or (inside and piece == "("):
            inside += 1
        elif inside and piece == ")":
            inside -= 1
        elif not inside:
            kept.append(piece)
    return "".join(kept)
