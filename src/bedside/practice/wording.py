"""What stands in a text: its length as this network counts it, its addresses, mentions and hashtags.

The counting rule is part of the documented API, so it lives here alone and the pages use it too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bedside.practice.refusals import invalid
from bedside.practice.settings import ADDRESS_LENGTH, TEXT_MAX

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_TRAILING = ".,;:!?)]'"
_MARKS = re.compile(
    r"(?P<address>https?://[^\s<>\"]+)|(?<![\w@])@(?P<mention>[A-Za-z0-9_-]{1,30})|(?<![\w#&])#(?P<tag>\w{1,60})"
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kind` is "words", "address", "mention" or "tag"; `text` is as written."""

    kind: str
    text: str


def pieces(text: str) -> Iterator[Piece]:
    """The text cut into plain words and things to link, in order and without loss."""
    at = 0
    for mark in _MARKS.finditer(text):
        kind, end = str(mark.lastgroup), mark.end()
        if kind == "address":
            end = mark.start() + len(mark.group().rstrip(_TRAILING))
        if mark.start() > at:
            yield Piece("words", text[at : mark.start()])
        yield Piece(kind, text[mark.start() : end])
        at = end
    if at < len(text):
        yield Piece("words", text[at:])


def counted(text: str) -> int:
    """Length in code points, each address counted as 23."""
    total = len(text)
    for address in ADDRESS.findall(text):
        total += ADDRESS_LENGTH - len(address.rstrip(_TRAILING))
    return total


def mentioned(text: str) -> list[str]:
    """Handles the text mentions, lower case, each once, in order."""
    if "@" not in text:
        return []
    found = (piece.text[1:].lower() for piece in pieces(text) if piece.kind == "mention")
    return list(dict.fromkeys(found))


def check_text(text: object, *, may_be_empty: bool = False) -> str:
    """The text if the network takes it; refused when empty, too long, or not a text."""
    if not isinstance(text, str):
        raise invalid("field_type", "“text” must be a text.")
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text) or "\0" in text:
        raise invalid("field_type", "The text contains characters that cannot be stored.")
    if not text.strip() and not may_be_empty:
        raise invalid("text_empty", "The text is empty. Write something, or add a picture.")
    length = counted(text)
    if length > TEXT_MAX:
        message = f"The text counts {length} characters; at most {TEXT_MAX} are allowed."
        raise invalid("text_too_long", message, limit=TEXT_MAX, counted=length)
    return text
