"""What a telephone or a program wrote into a film: place, device, title, author. For MP4 and QuickTime.

Three ways are read: texts of 3GPP and QuickTime (`udta` with `©xyz` and others), Apple's list of keys
(`com.apple.quicktime.location.ISO6709`), and XMP. Pictures and sound are not touched; what is read is bounded.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bedside.guard.pictures.metadata import LONGEST, xmp_in

MOST_BOXES = 5000
MOST_BYTES = 1_000_000  # of one box of metadata
_INTO = {b"moov", b"trak", b"mdia", b"udta"}
_XMP = bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC")
_NAMES = {
    b"\xa9xyz": "position",
    b"\xa9mod": "model",
    b"\xa9mak": "make",
    b"\xa9nam": "title",
    b"\xa9ART": "artist",
    b"\xa9aut": "author",
    b"\xa9cmt": "comment",
    b"\xa9des": "description",
    b"\xa9inf": "information",
    b"\xa9day": "date",
    b"cprt": "copyright",
    b"auth": "author",
    b"titl": "title",
    b"dscp": "description",
    b"name": "name",
}


def metadata_of_film(path: Path) -> tuple[tuple[str, str], ...]:
    """Names and values, sorted by name; nothing where the film is of another kind or its boxes are broken."""
    with path.open("rb") as film:
        if film.read(8)[4:] != b"ftyp":
            return ()
        film.seek(0, 2)
        found: dict[str, str] = {}
        for name, value in _walk(film, 0, film.tell(), depth=0):
            plain = " ".join("".join(c if c.isprintable() else " " for c in value).split())
            if plain and plain not in found.get(name, ""):
                found[name] = f"{found[name]}, {plain}" if name in found else plain
    return tuple(sorted((name, value[:LONGEST]) for name, value in found.items()))


def _walk(film: BinaryIO, start: int, end: int, *, depth: int) -> Iterator[tuple[str, str]]:
    for kind, inside, after in _boxes(film, start, end):
        if kind in _INTO and depth < 6:
            yield from _walk(film, inside, after, depth=depth + 1)
        elif kind == b"meta":
            yield from _keys(_content(film, inside, after))
        elif kind == b"uuid":
            content = _content(film, inside, after)
            if content.startswith(_XMP):
                yield from xmp_in(content[len(_XMP) :])
        elif kind in _NAMES or kind == b"loci":
            yield _NAMES.get(kind, "position"), _text(kind, _content(film, inside, after))


def _boxes(film: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, first byte of the content and end of each box; ends where a box cannot be right."""
    at = start
    for _ in range(MOST_BOXES):
        film.seek(at)
        head = film.read(16)
        if at + 8 > end or len(head) < 8:
            return
        size, inside = struct.unpack(">I", head[:4])[0], at + 8
        if size == 1 and len(head) == 16:
            size, inside = struct.unpack(">Q", head[8:])[0], at + 16
        elif size == 0:
            size = end - at
        if size < inside - at or at + size > end:
            return
        yield head[4:8], inside, at + size
        at += size


def _content(film: BinaryIO, start: int, end: int) -> bytes:
    film.seek(start)
    return film.read(min(end - start, MOST_BYTES))


def _text(kind: bytes, content: bytes) -> str:
    """QuickTime's texts begin with their length and language, 3GPP's with a version and language."""
    if kind.startswith(b"\xa9") and len(content) > 4 and content[4:8] != b"data":
        return content[4 : 4 + struct.unpack(">H", content[:2])[0]].decode("utf-8", "replace")
    if kind == b"loci":
        return _place(content)
    return content.removeprefix(b"\0\0\0\0").decode("utf-8", "replace")


def _place(content: bytes) -> str:
    """3GPP TS 26.244: a name, a role, then longitude and latitude in 16.16 fixed point."""
    name, _, rest = content[6:].partition(b"\0")
    if len(rest) < 9:
        return name.decode("utf-8", "replace")
    longitude, latitude = (number / 65536 for number in struct.unpack(">ii", rest[1:9]))
    return f"{latitude:.5f}, {longitude:.5f} {name.decode('utf-8', 'replace')}"


def _keys(content: bytes) -> Iterator[tuple[str, str]]:
    """Apple's list of names and values; also the list of iTunes, whose values stand under their own kind."""
    inside = content if content[4:8] in (b"hdlr", b"keys", b"ilst") else content[4:]
    parts = dict(_in_memory(inside))
    names = [name.decode("utf-8", "replace") for _, name in _in_memory(parts.get(b"keys", b"")[8:])]
    for kind, value in _in_memory(parts.get(b"ilst", b"")):
        number = struct.unpack(">I", kind)[0]
        name = names[number - 1] if 0 < number <= len(names) else _NAMES.get(kind, "")
        said = b" ".join(data[8:] for inner, data in _in_memory(value) if inner == b"data")
        if name:
            short = name.removeprefix("com.apple.quicktime.")
            yield (
                "position" if short.startswith("location.ISO6709") else short,
                said.decode("utf-8", "replace"),
            )


def _in_memory(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        if size < 8 or at + size > len(content):
            return
        yield kind, content[at + 8 : at + size]
        at += size
