"""What did a person write, without the markup and tricks around it?

Networks send HTML or text with invisible characters; the inbox, the guard and the record want the words
alone.
"""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

_NEW_PARAGRAPH = {"p", "div", "ul", "ol", "blockquote", "pre"}
_NEW_LINE = {"br", "li"}
_UNREADABLE = {"script", "style"}
# Joiners stay: family emoji and several scripts need them.
_KEPT_FORMAT = {"\u200c", "\u200d"}
LONGEST_MESSAGE = 20_000


def words(text: str) -> str:
    """Text without control characters and direction tricks, cut at 20,000 characters."""
    kept = (char for char in text[: 2 * LONGEST_MESSAGE] if _is_readable(char))
    return "".join(kept)[:LONGEST_MESSAGE].strip()


def words_of_html(html: str) -> str:
    """The words of a network's HTML; paragraphs become blank lines, links keep their whole address."""
    reader = _Reader()
    reader.feed(html[: 10 * LONGEST_MESSAGE])
    reader.close()
    return words("".join(reader.pieces))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unreadable = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREADABLE:
            self._unreadable += 1
        elif tag in _NEW_LINE and self.pieces:
            self.pieces.append("\n")
        elif tag in _NEW_PARAGRAPH and self.pieces:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREADABLE and self._unreadable:
            self._unreadable -= 1

    def handle_data(self, data: str) -> None:
        if not self._unreadable:
            self.pieces.append(data)


def _is_readable(char: str) -> bool:
    if char in "\n\t" or char in _KEPT_FORMAT:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"} or _is_tag_of_a_flag(char)


def _is_tag_of_a_flag(char: str) -> bool:
    """The flags of Scotland and Wales are spelled with tag characters."""
    return "\U000e0020" <= char <= "\U000e007f"
