"""The phrase language of the rule files, and its translation into patterns that run in linear time.

A phrase is written as one would say it, lower case and without accents:
a space stands for any separation of words short of `!`, `?` or a line's end; `'` may be left out by the writer;
`(a|b)`, `?` and `\\d` mean what they mean in regular expressions; `word*` takes any ending; ` .. ` skips up to
four words, ` ... ` any number within the sentence; `{condition}` stands for a word list or a snippet of
`words/`. Which words belong to a list is marked in the text beforehand (`reading.py`).
"""

import re
from collections.abc import Mapping

SEPARATION = rb"[^a-z0-9!?\n]*\b"
FEW_WORDS = rb"[^a-z0-9.!?\n]*(?:\b[a-z0-9']+[^a-z0-9.!?\n]+){0,4}"
SAME_SENTENCE = rb"(?:[^.!?\n]*[^a-z0-9.!?\n]|[^a-z0-9.!?\n]*)"
_PIECES = re.compile(r" \.\.\. | \.\. | |\{[a-z_]+\}|[a-z0-9)]\*|'|\\.|.", re.DOTALL)


class PhraseError(ValueError):
    """A phrase cannot be understood; the sentence quotes it."""


def translate(phrase: str, words: Mapping[str, bytes]) -> bytes:
    """The RE2 pattern (Latin-1 bytes) of a phrase; `words` gives the pattern of each `{name}`."""
    pattern = b"".join(_piece(piece, words) for piece in _PIECES.findall(phrase))
    start = rb"\b" if re.match(r"[a-z0-9(\\]", phrase) and not phrase.startswith("({") else b""
    end = b"" if re.search(r"[%*}]\)*$", phrase) else rb"\b"
    return start + pattern + end


def _piece(piece: str, words: Mapping[str, bytes]) -> bytes:
    if piece == " ... ":
        return SAME_SENTENCE
    if piece == " .. ":
        return FEW_WORDS
    if piece == " ":
        return SEPARATION
    if piece == "'":
        return b"'?"
    if piece.startswith("{"):
        if piece[1:-1] not in words:
            raise PhraseError(f"There is no word list '{piece}'.")
        return words[piece[1:-1]]
    if len(piece) == 2 and piece[1] == "*":
        return piece[0].encode() + b"[a-z0-9']*"
    return rb"\." if piece == "." else piece.encode("latin-1")
