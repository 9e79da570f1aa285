"""The boxes of an MP4 (ISO/IEC 14496-12): walking them, overwriting them, and where a track's samples lie."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal

MOST_BOXES = 20_000
MOST_SAMPLES = 5_000_000
_BLANK = b"\0" * 65_536


@dataclass(frozen=True)
class Box:
    """One box: its kind, where it and its content begin, and where it ends (bytes)."""

    kind: bytes
    start: int
    inside: int
    end: int


def boxes(film: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places, one after the other. Refuses what cannot be right."""
    at, count = start, 0
    while at + 8 <= end:
        film.seek(at)
        size, kind = struct.unpack(">I4s", film.read(8))
        inside = at + 8
        if size == 1:
            size = struct.unpack(">Q", film.read(8))[0]
            inside += 8
        elif size == 0:
            size = end - at
        count += 1
        if size < inside - at or at + size > end or count > MOST_BOXES:
            if count > 1 and start == 0:
                return  # rubbish behind the last whole box: it is cut off
            raise damaged()
        yield Box(kind, at, inside, at + size)
        at += size


def find(film: BinaryIO, parent: Box, *path: bytes) -> Box | None:
    """The first box at the end of that path inside another."""
    for box in boxes(film, parent.inside, parent.end):
        if box.kind == path[0]:
            return box if len(path) == 1 else find(film, box, *path[1:])
    return None


def fill(film: BinaryIO, start: int, end: int) -> None:
    """Overwrite these bytes with zeros."""
    film.seek(start)
    left = end - start
    while left > 0:
        left -= film.write(_BLANK[: min(left, len(_BLANK))])


def blank(film: BinaryIO, box: Box) -> None:
    """Make a box an empty one of the same size, so that every offset stays right."""
    film.seek(box.start + 4)
    film.write(b"free")
    fill(film, box.inside, box.end)


def handler(film: BinaryIO, track: Box) -> bytes:
    """What a track holds: `vide`, `soun`, or words and data (`sbtl`, `text`, `meta` and others)."""
    box = find(film, track, b"mdia", b"hdlr")
    if box is None or box.end - box.inside < 12:
        return b""
    film.seek(box.inside + 8)
    return film.read(4)


def samples(film: BinaryIO, track: Box) -> list[tuple[int, int]]:
    """Where the chunks of a track lie, as start and end, from its sample tables. Empty without tables."""
    table = find(film, track, b"mdia", b"minf", b"stbl")
    if table is None:
        return []
    sizes, runs, chunks = _sizes(film, table), _runs(film, table), _chunks(film, table)
    found, at, run = [], 0, -1
    for number, start in enumerate(chunks, start=1):
        while run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        count = runs[run][1] if run >= 0 else 0
        found.append((start, start + sum(sizes[at : at + count])))
        at += count
    return found


def damaged() -> Refusal:
    """The refusal of a film that cannot be understood."""
    return Refusal("damaged", _("This film is damaged. Export it again as MP4."))


def _sizes(film: BinaryIO, table: Box) -> list[int]:
    box = find(film, table, b"stsz")
    if box is None:
        return []
    same, count = struct.unpack(">II", _content(film, box, 4, 8))
    if count > MOST_SAMPLES:
        raise damaged()
    if same:
        return [same] * count
    return list(struct.unpack(f">{count}I", _content(film, box, 12, 4 * count)))


def _runs(film: BinaryIO, table: Box) -> list[tuple[int, int]]:
    """From which chunk on (counted from 1) a chunk holds how many samples."""
    box = find(film, table, b"stsc")
    if box is None:
        return []
    (count,) = struct.unpack(">I", _content(film, box, 4, 4))
    if count > MOST_SAMPLES:
        raise damaged()
    rows = struct.unpack(f">{3 * count}I", _content(film, box, 8, 12 * count))
    runs = list(zip(rows[0::3], rows[1::3], strict=True))
    if any(after <= before for (before, _), (after, _) in pairwise(runs)):
        raise damaged()
    return runs


def _chunks(film: BinaryIO, table: Box) -> list[int]:
    for kind, letter, wide in ((b"stco", "I", 4), (b"co64", "Q", 8)):
        if (box := find(film, table, kind)) is not None:
            (count,) = struct.unpack(">I", _content(film, box, 4, 4))
            if count > MOST_SAMPLES:
                raise damaged()
            return list(struct.unpack(f">{count}{letter}", _content(film, box, 8, wide * count)))
    return []


def _content(film: BinaryIO, box: Box, skip: int, size: int) -> bytes:
    if box.inside + skip + size > box.end:
        raise damaged()
    film.seek(box.inside + skip)
    return film.read(size)
