"""From an uploaded MP4 to the copy that may leave: the same film without what a camera wrote around it.

An MP4 is a tree of boxes (ISO/IEC 14496-12). Boxes that hold metadata (position, device, title: `udta`, `meta`,
`uuid`) and boxes that no player needs are overwritten with empty `free` boxes of the same size, so that every
offset stays right; bytes behind the last box are cut off. The pictures and the sound are not touched.
"""

import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.library.pictures import Cleaned

_BRANDS = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"M4VP",
    b"dash",
    b"MSNV",
}
_STAY_OUTSIDE = {b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp", b"free", b"skip", b"wide"}
_GO = {b"udta", b"meta", b"uuid", b"ID32", b"cprt"}
_INTO = {b"moov", b"trak", b"mdia", b"moof", b"traf", b"minf"}
_MOST_BOXES = 20_000
_BLANK = b"\0" * 65_536


@dataclass(frozen=True)
class Box:
    """One box: its kind, where it and its content begin, and where it ends (bytes)."""

    kind: bytes
    start: int
    inside: int
    end: int


def clean_video(source: Path, drafts: Path) -> Cleaned:
    """Make the clean copy of an MP4. Refuses other films and damaged ones."""
    target = drafts / f"{source.name}.clean"
    shutil.copyfile(source, target)
    with target.open("r+b") as film:
        film.seek(0, 2)
        top = list(_boxes(film, 0, film.tell()))
        kinds = {box.kind for box in top}
        if not {b"moov", b"mdat"} <= kinds and not {b"moov", b"moof"} <= kinds:
            raise Refusal(
                "damaged", _("This film is damaged: parts of it are missing. Export it again as MP4.")
            )
        removed = [_blank(film, box) for box in top if box.kind not in _STAY_OUTSIDE]
        size = (0, 0)
        for box in top:
            if box.kind in _INTO:
                removed += _blank_metadata(film, box, depth=0)
                size = max(size, _frame_size(film, box))
        film.truncate(top[-1].end)
    return Cleaned("video", "video/mp4", ".mp4", target, *size, removed=("text",) if any(removed) else ())


def is_mp4(head: bytes) -> bool:
    """Whether a file that begins so is an MP4 film."""
    return head[4:8] == b"ftyp" and head[8:12] in _BRANDS


def other_film(head: bytes) -> str:
    """The name of a kind of film or picture that is known but not taken, else nothing."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
            return "HEIC"
        return {b"qt  ": "QuickTime", b"avif": "AVIF"}.get(brand, "")
    return "WebM" if head[:4] == b"\x1aE\xdf\xa3" else ""


def _boxes(film: BinaryIO, start: int, end: int) -> Iterator[Box]:
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
        if size < inside - at or at + size > end or count > _MOST_BOXES:
            if count > 1 and start == 0:
                return  # rubbish behind the last whole box: it is cut off
            raise Refusal("damaged", _("This film is damaged. Export it again as MP4."))
        yield Box(kind, at, inside, at + size)
        at += size


def _blank_metadata(film: BinaryIO, parent: Box, *, depth: int) -> list[bool]:
    removed = []
    for box in list(_boxes(film, parent.inside, parent.end)):
        if box.kind in _GO:
            removed.append(_blank(film, box))
        elif box.kind in _INTO and depth < 6:
            removed += _blank_metadata(film, box, depth=depth + 1)
    return removed


def _blank(film: BinaryIO, box: Box) -> bool:
    film.seek(box.start + 4)
    film.write(b"free")
    film.seek(box.inside)
    left = box.end - box.inside
    while left > 0:
        left -= film.write(_BLANK[: min(left, len(_BLANK))])
    return True


def _frame_size(film: BinaryIO, moov: Box) -> tuple[int, int]:
    """The largest width and height that a track header names (16.16 fixed point at its end)."""
    size = (0, 0)
    for track in _boxes(film, moov.inside, moov.end):
        if track.kind != b"trak":
            continue
        for box in _boxes(film, track.inside, track.end):
            if box.kind == b"tkhd" and box.end - box.inside >= 84:
                film.seek(box.end - 8)
                width, height = struct.unpack(">II", film.read(8))
                size = max(size, (width >> 16, height >> 16))
    return size
