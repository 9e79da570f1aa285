"""From an uploaded MP4 to the copy that may leave: the same film without what a camera wrote around it.

Boxes that hold metadata (position, device, title: `udta`, `meta`, `uuid`) or nothing that a player needs are
overwritten with empty ones of the same size, so that every offset stays right; so are tracks of words and data
(embedded subtitles, positions along the way), the names of handlers, and the times of creation. Bytes between
the pictures and the sound that no track shows become zeros; bytes behind the last box are cut off. Pictures and
sound are not touched. Boxes are in `boxes.py`.
"""

import shutil
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.library.boxes import Box, blank, boxes, damaged, fill, find, handler, samples
from bedside.library.files import refuse_if_full
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
_STAY_OUTSIDE = {b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp"}
_EMPTY = {b"free", b"skip", b"wide"}
_GO = {b"udta", b"meta", b"uuid", b"ID32", b"cprt", *_EMPTY}
_INTO = {b"moov", b"trak", b"mdia", b"moof", b"traf", b"minf"}
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
_SHOWN = {b"vide", b"soun"}


def clean_video(source: Path, drafts: Path) -> Cleaned:
    """Make the clean copy of an MP4. Refuses other films and damaged ones."""
    target = drafts / f"{source.name}.clean"
    try:
        shutil.copyfile(source, target)
    except OSError as failed:
        refuse_if_full(failed)
        raise
    with target.open("r+b") as film:
        film.seek(0, 2)
        top = list(boxes(film, 0, film.tell()))
        kinds = {box.kind for box in top}
        if not {b"moov", b"mdat"} <= kinds and not {b"moov", b"moof"} <= kinds:
            raise Refusal(
                "damaged", _("This film is damaged: parts of it are missing. Export it again as MP4.")
            )
        removed = {_gone(film, box) for box in top if box.kind not in _STAY_OUTSIDE}
        size, has_sound, seconds = (0, 0), False, 0.0
        for moov in (box for box in top if box.kind == b"moov"):
            tracks = [box for box in boxes(film, moov.inside, moov.end) if box.kind == b"trak"]
            size = max((size, *(_frame_size(film, track) for track in tracks)))
            has_sound = has_sound or any(handler(film, track) == b"soun" for track in tracks)
            seconds = max(seconds, _seconds(film, moov))
            removed |= _without_data(film, tracks, top)
        for box in top:
            if box.kind in _INTO:
                removed |= _without_metadata(film, box, depth=0)
        film.truncate(top[-1].end)
    told = tuple(sorted(removed - {""}))
    return Cleaned("video", "video/mp4", ".mp4", target, *size, told, None, has_sound, seconds)


def is_mp4(head: bytes) -> bool:
    """Whether a file that begins so is an MP4 film."""
    return head[4:8] == b"ftyp" and head[8:12] in _BRANDS


def other_film(head: bytes) -> str:
    """The name of a kind of film or picture that is known but not taken, else nothing."""
    if head[4:8] == b"ftyp":
        if b"avif" in head[8:64]:
            return "AVIF"
        moving = {b"qt  ": "QuickTime", b"msf1": "moving HEIC", b"hevc": "moving HEIC"}
        return moving.get(head[8:12], "")
    return "WebM" if head[:4] == b"\x1aE\xdf\xa3" else ""


def _without_data(film: BinaryIO, tracks: Iterable[Box], top: list[Box]) -> set[str]:
    """Leave only the tracks of pictures and sound, and of the film's bytes only what these show."""
    kept = [track for track in tracks if handler(film, track) in _SHOWN]
    gone = [track for track in tracks if handler(film, track) not in (*_SHOWN, b"")]
    if gone and any(box.kind == b"moof" for box in top):
        raise Refusal(
            "wrong_kind",
            _("This film carries subtitles or data between its pictures. Export it without them as MP4."),
        )
    shown = sorted(place for track in kept for place in samples(film, track))
    if shown:
        for box in (box for box in top if box.kind == b"mdat"):
            _fill_between(film, box, shown)
    for track in gone:
        blank(film, track)
    return {"subtitles"} if gone else set()


def _fill_between(film: BinaryIO, box: Box, shown: list[tuple[int, int]]) -> None:
    at = box.inside
    for start, end in shown:
        if end <= box.inside or start >= box.end:
            continue
        if end > box.end:
            raise damaged()
        if start > at:
            fill(film, at, start)
        at = max(at, end)
    fill(film, at, box.end)


def _without_metadata(film: BinaryIO, parent: Box, *, depth: int) -> set[str]:
    removed = set()
    for box in list(boxes(film, parent.inside, parent.end)):
        if box.kind in _GO:
            removed.add(_gone(film, box))
        elif box.kind in _DATED:
            removed.add(_undated(film, box))
        elif box.kind == b"hdlr":
            fill(film, min(box.end, box.inside + 24), box.end)  # its name may be a device's
        elif box.kind in _INTO and depth < 6:
            removed |= _without_metadata(film, box, depth=depth + 1)
    return removed


def _gone(film: BinaryIO, box: Box) -> str:
    """Empty a box; in a word what was in it."""
    film.seek(box.inside)
    content = film.read(min(box.end - box.inside, 200_000))
    blank(film, box)
    if b"\xa9xyz" in content or b"loci" in content or b"location" in content:
        return "position"
    return "text" if content.strip(b"\0") and box.kind not in _EMPTY else ""


def _undated(film: BinaryIO, box: Box) -> str:
    """Take the times of creation and change out of a header (seconds since 1904)."""
    film.seek(box.inside)
    size = 16 if film.read(1) == b"\1" else 8
    start = box.inside + 4
    if start + size > box.end:
        raise damaged()
    film.seek(start)
    was_dated = any(film.read(size))
    fill(film, start, start + size)
    return "date" if was_dated else ""


def _seconds(film: BinaryIO, moov: Box) -> float:
    """How long the film says it is; 0 where it does not say (films in fragments)."""
    box = find(film, moov, b"mvhd")
    if box is None or box.end - box.inside < 32:
        return 0.0
    film.seek(box.inside)
    content = film.read(32)
    scale, duration = struct.unpack(
        ">IQ" if content[0] == 1 else ">II", content[20:32] if content[0] == 1 else content[12:20]
    )
    is_unknown = duration in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
    return round(duration / scale, 3) if scale and not is_unknown else 0.0


def _frame_size(film: BinaryIO, track: Box) -> tuple[int, int]:
    """The width and height that a track's header names (16.16 fixed point at its end)."""
    box = find(film, track, b"tkhd")
    if box is None or box.end - box.inside < 84:
        return (0, 0)
    film.seek(box.end - 8)
    content = film.read(8)
    return int.from_bytes(content[:2], "big"), int.from_bytes(content[4:6], "big")
