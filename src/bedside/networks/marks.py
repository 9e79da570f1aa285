"""Where in a text are the links and hashtags that networks make clickable?

Shared because the three networks agree on these two. What a mention looks like is each network's own affair.
Offsets count Python characters; a network that counts otherwise converts.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from bedside.networks.outgoing import Mark, MarkKind

LINK = regex.compile(r"(?<![\w/@])https?://[^\s<>\"“”„«»]+", regex.IGNORECASE)
HASHTAG = regex.compile(r"(?<![\w&/#])[#＃](?P<tag>[\p{L}\p{M}\p{N}_]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*)")

_CLOSING = {")": "(", "]": "[", "}": "{"}


def links(text: str) -> tuple[Mark, ...]:
    """Web addresses with their scheme, without the punctuation of the sentence that ends with them."""
    found = []
    for match in LINK.finditer(text):
        address = without_sentence_end(match.group())
        if regex.search(r"https?://[\p{L}\p{N}]", address, regex.IGNORECASE):
            found.append(Mark(match.start(), match.start() + len(address), "link", address))
    return tuple(found)


def hashtags(text: str) -> tuple[Mark, ...]:
    """Hashtags; `value` is without the sign. A hashtag of digits alone is a number."""
    return tuple(Mark(m.start(), m.end(), "hashtag", m.group("tag")) for m in HASHTAG.finditer(text))


def matches(pattern: regex.Pattern[str], kind: MarkKind, text: str) -> tuple[Mark, ...]:
    """Marks for every match of a network's own pattern; the value is its group `value`."""
    return tuple(Mark(m.start(), m.end(), kind, m.group("value")) for m in pattern.finditer(text))


def without_overlaps(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Keep the first of overlapping marks, earlier arguments winning at the same place; sorted by place."""
    kept: list[Mark] = []
    for mark in marks:
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda mark: mark.start))


def graphemes(text: str) -> int:
    """Characters as a reader counts them: a family emoji or a letter with its accents is one (UAX #29)."""
    return sum(1 for _ in regex.finditer(r"\X", text))


def without_sentence_end(address: str) -> str:
    while address:
        last = address[-1]
        if last in ".,;:!?'’…*" or (last in _CLOSING and address.count(last) > address.count(_CLOSING[last])):
            address = address[:-1]
        else:
            break
    return address
