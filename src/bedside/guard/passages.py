"""What stands in pieces of a text, asked again and again: around every number, every address, every date.

Each answer costs as much as its piece is long. Whoever fills a text with thousands of numbers must not make judging
slow by that, so a pattern that is asked about often is looked for in the whole text once.
"""

import re
from bisect import bisect_left

from bedside.guard.shapes import Shape

_OFTEN = 64  # asks; ordinary texts stay below


class Passages:
    """Looks for patterns in pieces of one text."""

    __slots__ = ("_asked", "_found", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # By the pattern's identity: it lives as long as its module, and its hash reads the whole of it each time.
        self._asked: dict[int, int] = {}
        self._found: dict[int, tuple[list[int], list[int]]] = {}

    def hold(self, pattern: re.Pattern[str] | Shape, start: int, end: int) -> bool:
        """Whether the pattern stands between these places."""
        start, end = max(start, 0), min(end, len(self.text))
        if start == 0 and end == len(self.text):
            return bool(self._everywhere(pattern)[0])
        asked = self._asked[id(pattern)] = self._asked.get(id(pattern), 0) + 1
        if asked <= _OFTEN:
            return pattern.search(self.text, start, end) is not None
        starts, ends = self._everywhere(pattern)
        at = bisect_left(starts, start)
        return at < len(starts) and ends[at] <= end

    def _everywhere(self, pattern: re.Pattern[str] | Shape) -> tuple[list[int], list[int]]:
        if id(pattern) not in self._found:
            spans = [match.span() for match in pattern.finditer(self.text)]
            self._found[id(pattern)] = [first for first, _ in spans], [last for _, last in spans]
        return self._found[id(pattern)]
