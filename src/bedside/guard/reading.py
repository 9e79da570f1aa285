"""One field as the rules read it: plain, made whole, its words marked with what they are.

The marked text is Latin-1 bytes as long as the plain text: lower case, and the byte before a word of a list
or before a name says which (`lexicon.py`). Offsets of any piece lead back to the original through `span`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from bedside.guard.lexicon import Lexicon
from bedside.guard.normalize import Plain
from bedside.guard.people import Person
from bedside.guard.tokens import Tokens
from bedside.guard.unfold import without_addresses

_ABBREVIATED = re.compile(
    rb"\b(?:dr|dra|mr|mrs|ms|mx|sr|sra|srta|st|jr|vs|no|dept|approx|[ap]\.m|u\.s|e\.g|i\.e|etc|p\.ej|[ap]"
    rb"\. m)\.(?=.)|(?<=\d)\.(?=\d)",
    re.DOTALL,
)
_ENDS = re.compile(rb"[.!?\n]+")
_INSIDE = ord("\x05")
_NO_END = ord("\x04")


class Reading:
    """A field, read once for all rules."""

    __slots__ = (
        "_ends",
        "_found",
        "field",
        "has_digits",
        "is_prose",
        "marked",
        "marks",
        "original",
        "people",
        "plain",
        "prose",
        "tokens",
        "word_set",
    )

    def __init__(
        self,
        field: str,
        original: str,
        plain: Plain,
        tokens: Tokens,
        people: list[Person],
        is_prose: bool,
    ) -> None:
        self.field = field
        self.original = original
        self.plain = plain
        self.tokens = tokens
        self.people = people
        self.is_prose = is_prose
        self.prose = without_addresses(plain.text)
        self.has_digits = any(map(plain.text.__contains__, "0123456789"))
        self.marked = b""
        self.marks: set[int] = set()
        self.word_set = set(tokens.words)
        self._ends: list[int] | None = None
        self._found: dict[re.Pattern[str], tuple[list[int], list[int]]] = {}

    def mark(self, lexicon: Lexicon) -> None:
        """Put the marks of all listed words and names into the text."""
        text = bytearray(self.prose.lower().encode("ascii"))
        for match in _ABBREVIATED.finditer(bytes(text)) if b"." in text else ():
            text[match.end() - 1] = _NO_END
        self._mark_words(text, lexicon)
        self._mark_people(text, lexicon)
        self.marked = bytes(text)

    def _mark_words(self, text: bytearray, lexicon: Lexicon) -> None:
        single, longer = lexicon.single, lexicon.longer
        words, spans = self.tokens.words, self.tokens.spans
        done = 0
        for at, word in enumerate(words):
            if at < done:
                continue
            if word in longer:
                done = self._mark_longer(text, at, longer[word])
                if done > at:
                    continue
            if word in single:
                text[spans[at][0] - 1] = mark = single[word]
                self.marks.add(mark)
            elif word.endswith("'s") and word[:-2] in single:
                text[spans[at][0] - 1] = mark = single[word[:-2]]
                self.marks.add(mark)

    def _mark_longer(self, text: bytearray, at: int, terms: tuple[tuple[tuple[str, ...], int], ...]) -> int:
        """Mark the longest term of several words that begins here; the index after it, or 0."""
        words, spans = self.tokens.words, self.tokens.spans
        for rest, mark in terms:
            last = at + len(rest)
            if tuple(words[at + 1 : last + 1]) == rest:
                text[spans[at][0] - 1] = mark
                self.marks.add(mark)
                for inner in range(at, last):
                    for place in range(spans[inner][1], spans[inner + 1][0]):
                        text[place] = _INSIDE
                return last + 1
        return 0

    def _mark_people(self, text: bytearray, lexicon: Lexicon) -> None:
        for person in self.people:
            words = self.plain.text[person.start : person.end].lower()
            text[person.start : person.end] = re.sub(r"[^a-z0-9']", "\x05", words).encode("ascii")
            text[person.start - 1] = mark = lexicon.people[person.kind]
            self.marks.add(mark)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece stands in the original, without the separations around it."""
        text = self.marked
        while start < end and not _is_word(text[start]):
            start += 1
        while end > start and not _is_word(text[end - 1]):
            end -= 1
        return self.plain.span(start, end) if start < end else (0, 0)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence (or sentences) around a piece of the marked text."""
        if self._ends is None:
            self._ends = [match.start() for match in _ENDS.finditer(self.marked)]
        before = bisect_left(self._ends, start)
        after = bisect_left(self._ends, end)
        first = self._ends[before - 1] + 1 if before else 0
        return first, self._ends[after] + 1 if after < len(self._ends) else len(self.marked)

    def holds(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Whether the pattern stands in that part of the plain text. The text is searched once for each pattern, so
        that asking about every piece of a long text costs no more than its length."""
        found = self._found.get(pattern)
        if found is None:
            spans = [match.span() for match in pattern.finditer(self.plain.text)]
            self._found[pattern] = found = [first for first, _ in spans], [last for _, last in spans]
        at = bisect_left(found[0], start)
        return at < len(found[0]) and found[1][at] <= end

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a piece, with the one before and the one after."""
        first, last = self.sentence(start, end)
        if first > 1:
            first = self.sentence(first - 1, first - 1)[0] if first - 1 > 0 else 0
        if last < len(self.marked):
            last = self.sentence(last, last + 1)[1]
        return first, last

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Every sentence in turn."""
        start = 0
        while start < len(self.marked):
            _, end = self.sentence(start, start)
            yield start, end
            start = max(end, start + 1)


def _is_word(code: int) -> bool:
    return 48 <= code <= 57 or 97 <= code <= 122 or code in (35, 64, 36, 37)
