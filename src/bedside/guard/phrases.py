"""The phrase language of the rule files, and its translation into patterns that run in linear time.

A phrase is written as one would say it, lower case and without accents: a space stands for any separation of
words short of `!`, `?` or a line's end; `'` may be left out by the writer; `(a|b)`, `?` and `\\d` mean what
they mean in regular expressions; `word*` takes any ending; ` .. ` skips up to four words, ` ... ` any number
within the sentence; `{condition}` stands for a word list or a snippet of `words/snippets.yaml`. Which words
belong to a list is marked in the text beforehand (`reading.py`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import re2

from bedside.guard.lexicon import FOLDER, lexicon
from bedside.guard.yaml_files import read_yaml

SEPARATION = rb"[^a-z0-9!?\n]*\b"
FEW_WORDS = rb"(?:[^a-z0-9.!?\n]*\b[a-z0-9']+){0,4}[^a-z0-9.!?\n]*\b"
SAME_SENTENCE = rb"(?:\b|[^a-z0-9.!?\n])[^.!?\n]*\b"
_PIECES = re.compile(r" \.\.\. | \.\. | |\[[^\]]*\]|\{[a-z_]+\}|[a-z0-9]\*|'|\\.|.", re.DOTALL)
_PLAIN_WORD = re.compile(r"\{[a-z_]+\}|[a-z]{4,}\??(?![*a-z])")
_MEMORY = 1 << 21


class PhraseError(ValueError):
    """A phrase cannot be understood; the sentence quotes it."""


@lru_cache(maxsize=1)
def word_patterns() -> dict[str, bytes]:
    """The pattern of every `{name}`: the word lists, and the snippets in the order of their file."""
    patterns = lexicon().patterns()
    for name, phrase in snippets().items():
        patterns[name] = b"(?:" + _join(phrase, patterns) + b")"
    return patterns


@lru_cache(maxsize=1)
def snippets() -> dict[str, str]:
    """Pieces of phrases that many rules share, from `words/snippets.yaml`; alternatives are joined."""
    said = read_yaml((FOLDER / "snippets.yaml").read_bytes())
    return {name: "|".join(way) if isinstance(way, list) else way for name, way in said.items()}


@cache
def translate(phrase: str) -> bytes:
    """The RE2 pattern (Latin-1 bytes) of a phrase."""
    end = rb"\b" if phrase[-1].isalnum() else b"" if phrase[-1] in "%*" else rb"(?:\b|[^a-z0-9]|$)"
    return b"(?:" + _join(phrase, word_patterns()) + b")" + end


class Pattern:
    """An RE2 pattern over marked text, which takes linear time. Places are spans.

    It asks what is under the library's own pattern objects: those answer with an object for every match, which costs as
    much again as to look for it.
    """

    __slots__ = ("_match",)

    def __init__(self, expression: bytes) -> None:
        try:
            self._match = re2.compile(expression, options())._regexp.Match
        except re2.error as wrong:
            raise PhraseError(f"{expression!r} is not a pattern: {wrong}") from wrong

    def search(self, text: bytes, start: int = 0) -> tuple[int, int] | None:
        """The first place where it stands at or behind this one."""
        span: tuple[int, int] = self._match(_ANYWHERE, text, start, len(text))[0]
        return span if span[0] >= 0 else None

    def spans(self, text: bytes, first: tuple[int, int] | None = None) -> Iterator[tuple[int, int]]:
        """Every place where it stands; none overlapping. Whoever knows the first one already says so."""
        at, span = 0, first or self.search(text)
        while span is not None:
            yield span
            if span[1] == len(text):
                return
            at = max(span[1], at + 1)
            span = self.search(text, at)


_ANYWHERE = re2._re2.RE2.Anchor.UNANCHORED


def pattern(phrase: str) -> Pattern:
    """The phrase, compiled."""
    return Pattern(translate(phrase))


@lru_cache(maxsize=4)
def options(memory: int = _MEMORY) -> Any:
    """The one set of RE2 options: bytes, no captures, a bounded cache, silent."""
    chosen = re2.Options()
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.max_mem = memory
    chosen.log_errors = False
    chosen.never_capture = True
    return chosen


def plain_words(phrases: Iterable[str]) -> set[str]:
    """The words that phrases spell out: a typing error in one of them is worth mending. `shots?` is two words."""
    found = {word for phrase in phrases for word in _PLAIN_WORD.findall(phrase) if not word.startswith("{")}
    return {word.removesuffix("?") for word in found} | {word[:-2] for word in found if word[-1] == "?"}


def _join(phrase: str, words: Mapping[str, bytes]) -> bytes:
    """The pattern of a phrase, in which every way to begin a word begins at a word's boundary."""
    joined: list[bytes] = []
    inside_word = [False]
    before = "("
    for piece in _PIECES.findall(phrase):
        if piece[0].isalnum() and before in ("(", "|") and not inside_word[-1]:
            joined.append(rb"\b")
        joined.append(_piece(piece, phrase, words))
        if piece == "(":
            inside_word.append(inside_word[-1] if before in ("(", "|") else before not in _GAPS)
        elif piece == ")" and len(inside_word) > 1:
            inside_word.pop()
        before = piece
    return b"".join(joined)


_GAPS = (" ", " .. ", " ... ")
_FIXED = {" ... ": SAME_SENTENCE, " .. ": FEW_WORDS, " ": SEPARATION, "'": b"'?", ".": rb"\."}


def _piece(piece: str, phrase: str, words: Mapping[str, bytes]) -> bytes:
    if piece in _FIXED:
        return _FIXED[piece]
    if piece.startswith("{") and len(piece) > 1:
        if piece[1:-1] not in words:
            raise PhraseError(f"'{phrase}' asks for {piece}, and there is no such word list.")
        return words[piece[1:-1]]
    if len(piece) == 2 and piece[1] == "*":
        return piece[0].encode() + rb"[a-z0-9']*"
    return piece.encode("latin-1")
