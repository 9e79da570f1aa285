"""One field as the rules read it: plain, made whole, its words marked with what they are.

The marked text is Latin-1 bytes as long as the plain text: lower case, and the byte before a word of a list
or before a name says which (`lexicon.py`). Offsets of any piece lead back to the original through `span`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from bedside.guard.addresses import blanked
from bedside.guard.known import LISTED
from bedside.guard.lexicon import lexicon
from bedside.guard.normalize import Plain
from bedside.guard.passages import Passages
from bedside.guard.people import Person
from bedside.guard.phrases import Pattern
from bedside.guard.shapes import Shape
from bedside.guard.tokens import Tokens
from bedside.guard.traits import DIGITS, traits_of

# Dots that end no sentence. Asked of each dot what stands before it: dots are few, and quickly found.
_NO_ENDS = re.compile(
    rb"\.(?=.)(?:"
    + rb"|".join(
        rb"(?<=\b%s\.)" % abbreviation
        for abbreviation in (
            *rb"dr dra mr mrs ms mx sr sra srta st jr vs no dept approx etc".split(),
            *(rb"[ap]\.m", rb"u\.s", rb"e\.g", rb"i\.e", rb"p\.ej", rb"[ap]\. m"),
        )
    )
    + rb"|(?<=\d\.)(?=\d))",
    re.DOTALL,
)
_ENDS = re.compile(rb"[.!?\n]+")
_INSIDE = ord("\x05")
_NO_END = ord("\x04")
_NO_LETTERS = re.compile(r"[^a-z0-9']")


class Reading:
    """A field, read once for all rules. `passages` is its plain text, `said` the same without addresses in prose;
    `answers` keeps which phrases stand in which part of the marked text (`ways.py`)."""

    __slots__ = (
        "_ends",
        "addresses",
        "answers",
        "field",
        "has_digits",
        "is_prose",
        "marked",
        "marks",
        "original",
        "passages",
        "people",
        "plain",
        "prose",
        "said",
        "tokens",
        "traits",
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
        self.addresses = tokens.addresses
        self.prose = blanked(plain.text, self.addresses)
        self.traits = traits_of(original, tokens, self.prose if is_prose else plain.text)
        self.has_digits = DIGITS in self.traits
        self.marks: set[int] = set()
        self.marked = self._marked()
        self.word_set = set(tokens.words)
        self._ends: list[int] | None = None
        self.answers: dict[tuple[object, int, int], bool] = {}
        self.passages = Passages(plain.text)
        self.said = Passages(self.prose) if is_prose and self.addresses else self.passages

    def _marked(self) -> bytes:
        """The text with the marks of all listed words and names."""
        said = self.prose.lower().encode("ascii")
        text = bytearray(said)
        for match in _NO_ENDS.finditer(said):
            text[match.start()] = _NO_END
        self._mark_words(text)
        self._mark_people(text)
        return bytes(text)

    def _mark_words(self, text: bytearray) -> None:
        starts, known, words = self.tokens.starts, self.tokens.known, self.tokens.words
        done = 0
        for at in self.tokens.with_trait(LISTED):
            if at < done:
                continue
            word = known[at]
            if word.terms and at + 1 < len(words) and words[at + 1] in word.terms:
                done = self._mark_longer(text, at, word.terms[words[at + 1]])
                if done > at:
                    continue
            if mark := word.mark:
                text[starts[at] - 1] = mark
                self.marks.add(mark)

    def _mark_longer(self, text: bytearray, at: int, terms: list[tuple[tuple[str, ...], int]]) -> int:
        """Mark the longest of these terms that stands here; the index after it, or 0."""
        words = self.tokens.words
        for rest, mark in terms:
            last = at + len(rest)
            if tuple(words[at + 1 : last + 1]) == rest:
                text[self.tokens.starts[at] - 1] = mark
                self.marks.add(mark)
                for inner in range(at, last):
                    for place in range(self.tokens.end(inner), self.tokens.starts[inner + 1]):
                        text[place] = _INSIDE
                return last + 1
        return 0

    def _mark_people(self, text: bytearray) -> None:
        marks = lexicon().people if self.people else {}
        for person in self.people:
            words = self.plain.text[person.start : person.end].lower()
            text[person.start : person.end] = _NO_LETTERS.sub("\x05", words).encode("ascii")
            text[person.start - 1] = mark = marks[person.kind]
            self.marks.add(mark)
            if self._goes_on_behind(person.end):
                text[person.end] = _NO_END

    def _goes_on_behind(self, end: int) -> bool:
        """Whether the dot behind a name is that of its initial: `Jaylen W. rang the bell`."""
        behind = self.prose[end : end + 3]
        is_initial = self.prose[end - 2 : end - 1] == " "
        return is_initial and (behind[:2] == ".'" or (behind[:2] == ". " and behind[2:].islower()))

    def holds_none_of(self, words: frozenset[str]) -> bool:
        """Whether none of these words stands in the text, not even with a `'s` or before another apostrophe."""
        if not words.isdisjoint(self.word_set):
            return False
        if "'" not in self.plain.text:
            return True
        return not any("'" in word and not words.isdisjoint(word.split("'")) for word in self.word_set)

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

    def holds(self, pattern: re.Pattern[str] | Shape, start: int, end: int) -> bool:
        """Whether the pattern stands in that part of the plain text."""
        return self.passages.hold(pattern, start, end)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a piece, with the one before and the one after."""
        first, last = self.sentence(start, end)
        if first > 1:
            first = self.sentence(first - 1, first - 1)[0] if first - 1 > 0 else 0
        if last < len(self.marked):
            last = self.sentence(last, last + 1)[1]
        return first, last

    def sentences_with(self, pattern: Pattern) -> Iterator[tuple[int, int]]:
        """Every sentence in which the pattern stands when the sentence is read by itself. Where that may be, the whole
        text tells at once: what stands in a sentence also stands in the text, from the same letter on."""
        marked = self.marked
        found = pattern.search(marked)
        while found is not None:
            first, last = self.sentence(found[0], found[0])
            if pattern.search(marked[first:last]) is not None:
                yield first, last
            found = pattern.search(marked, last) if last < len(marked) else None


def _is_word(code: int) -> bool:
    return 48 <= code <= 57 or 97 <= code <= 122 or code in (35, 64, 36, 37)
