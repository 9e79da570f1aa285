"""The samples of a film's tracks as values, and tables for other ones (ISO/IEC 14496-12, section 8.6 to 8.8).

`boxes.py` walks a file; here one `trak` lies in memory. What is read is the order in which samples are decoded, when
each is shown, and where its bytes lie; what is written are the same tables for the samples that stay.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.library.boxes import damaged

MOST_SAMPLES = 200_000  # of one track, which lie in memory together: three quarters of an hour
_TABLES = {b"stts", b"ctts", b"stss", b"stsz", b"stsc", b"stco", b"co64", b"sdtp", b"sbgp", b"sgpd", b"cslg"}
Parts = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A frame of pictures or of sound: its bytes in the file, its times in the track's units."""

    place: int
    size: int
    decoded: int
    shown: int
    length: int
    is_key: bool
    description: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A sample that stays: where its bytes lie now, how long it is decoded, and how much later it is shown."""

    sample: Sample
    place: int
    length: int
    wait: int


@dataclass(frozen=True)
class Track:
    """One track: what it holds (`vide`, `soun`), its units a second, its samples in the order of decoding."""

    kind: bytes
    content: bytes
    scale: int
    samples: tuple[Sample, ...]
    first: int  # of its own time: what is shown at the start
    has_keys: bool  # whether the track names key frames; otherwise every sample is one

    def second(self, moment: int) -> float:
        """A moment of the track's own time as a second of the film."""
        return (moment - self.first) / self.scale


def not_to_cut() -> Refusal:
    """The refusal of a film that may be whole, and is made in a way that is not cut here."""
    sentence = _(
        "This film cannot be cut here. Export it again as a plain, shorter MP4, or cut it in an editor."
    )
    return Refusal("not_to_cut", sentence)


def parts_of(content: bytes) -> Parts:
    """The boxes in these bytes, as kind and content. Refuses what cannot be right."""
    found, at = [], 0
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        if size < 8 or at + size > len(content):
            raise damaged()
        found.append((kind, content[at + 8 : at + size]))
        at += size
    return found


def box(kind: bytes, content: bytes) -> bytes:
    """One box."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def inner(content: bytes, *path: bytes) -> bytes:
    """The content of the first box at the end of that path; empty where there is none."""
    for kind in path:
        content = next((inside for other, inside in parts_of(content) if other == kind), b"")
    return content


def track_of(content: bytes) -> Track:
    """Read a `trak`. Refuses one that contradicts itself, or that is played in pieces."""
    try:
        return _track(content)
    except (struct.error, IndexError, ValueError):
        raise damaged() from None


def _track(content: bytes) -> Track:
    header, table = inner(content, b"mdia", b"mdhd"), inner(content, b"mdia", b"minf", b"stbl")
    scale = struct.unpack_from(">I", header, 20 if header[0] == 1 else 12)[0]
    sizes = _sizes(inner(table, b"stsz"))
    lengths = _runs(inner(table, b"stts"), len(sizes))
    decoded = list(accumulate(lengths, initial=0))
    waits = _runs(inner(table, b"ctts"), len(sizes), is_signed=True) or [0] * len(sizes)
    keys = inner(table, b"stss")
    named = set(_rows(keys, "I")) if keys else set()
    places = _places(table, sizes)
    if not scale or not len(sizes) == len(lengths) == len(waits) == len(places):
        raise damaged()
    samples = tuple(
        Sample(
            places[n][0],
            sizes[n],
            decoded[n],
            decoded[n] + waits[n],
            lengths[n],
            not keys or n + 1 in named,
            places[n][1],
        )
        for n in range(len(sizes))
    )
    kind = inner(content, b"mdia", b"hdlr")[8:12]
    return Track(kind, content, scale, samples, _first(inner(content, b"edts", b"elst")), bool(keys))


def _sizes(content: bytes) -> list[int]:
    same, count = struct.unpack_from(">II", content, 4)
    if count > MOST_SAMPLES:
        raise not_to_cut()
    return [same] * count if same else list(struct.unpack_from(f">{count}I", content, 12))


def _runs(content: bytes, most: int, *, is_signed: bool = False) -> list[int]:
    """A table of how often which value stands, written out."""
    if not content:
        return []
    rows = _rows(content, "Ii" if is_signed else "II")
    if sum(rows[0::2]) > most:
        raise damaged()
    return [value for times, value in zip(rows[0::2], rows[1::2], strict=True) for _time in range(times)]


def _rows(content: bytes, form: str) -> tuple[int, ...]:
    """The numbers of a table that says how many rows it has; no more than lie in it."""
    (count,) = struct.unpack_from(">I", content, 4)
    if count * struct.calcsize(f">{form}") > len(content) - 8:
        raise damaged()
    return struct.unpack_from(f">{form * count}", content, 8)


def _places(table: bytes, sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Where each sample lies, and which description is its own."""
    wide = inner(table, b"co64")
    chunks = _rows(wide, "Q") if wide else _rows(inner(table, b"stco"), "I")
    rows = _rows(inner(table, b"stsc"), "III")
    firsts, run, found = rows[0::3], -1, list[tuple[int, int]]()
    for number, start in enumerate(chunks, start=1):
        while run + 1 < len(firsts) and firsts[run + 1] <= number:
            run += 1
        at = start
        for _sample in range(min(rows[3 * run + 1], len(sizes) - len(found)) if run >= 0 else 0):
            found.append((at, rows[3 * run + 2]))
            at += sizes[len(found) - 1]
    return found


def _first(edits: bytes) -> int:
    """What of a track's own time is shown first. Refuses tracks that are put together from pieces or wait."""
    if not edits:
        return 0
    count, form = struct.unpack_from(">I", edits, 4)[0], ">Qq" if edits[0] == 1 else ">Ii"
    if count != 1:
        raise not_to_cut()
    first: int = struct.unpack_from(form, edits, 8)[1]
    return max(0, first)


def written(track: Track, kept: Sequence[Kept], first: int, shown: int, *, is_wide: bool) -> bytes:
    """The `trak` with these samples and no others: shown from `first` of its own time on, for `shown` of the film's."""
    length = sum(each.length for each in kept)
    edit = struct.pack(">IIIiHH", 0, 1, shown, first, 1, 0)
    edits = box(b"edts", box(b"elst", edit))
    table = _table(track, kept, is_wide=is_wide)
    made = b""
    for kind, content in parts_of(track.content):
        if kind == b"tkhd":
            made += box(kind, with_length(content, shown, 28 if content[0] == 1 else 20)) + edits
        elif kind == b"mdia":
            made += box(kind, _media(content, length, table))
        elif kind not in (b"edts", b"free", b"skip"):
            made += box(kind, content)
    return box(b"trak", made)


def with_length(header: bytes, length: int, at: int) -> bytes:
    """A header (`mvhd`, `tkhd`, `mdhd`) that says how long it takes, in its own units."""
    form = ">Q" if header[0] == 1 else ">I"
    return header[:at] + struct.pack(form, length) + header[at + struct.calcsize(form) :]


def _media(content: bytes, length: int, table: bytes) -> bytes:
    made = b""
    for kind, inside in parts_of(content):
        if kind == b"mdhd":
            inside = with_length(inside, length, 24 if inside[0] == 1 else 16)
        if kind == b"minf":
            others = b"".join(box(each, held) for each, held in parts_of(inside) if each != b"stbl")
            described = b"".join(
                box(each, held) for each, held in parts_of(inner(inside, b"stbl")) if each not in _TABLES
            )
            inside = others + box(b"stbl", described + table)
        made += box(kind, inside)
    return made


def _table(track: Track, kept: Sequence[Kept], *, is_wide: bool) -> bytes:
    lengths = _in_runs((each.length for each in kept), "I")
    made = box(b"stts", struct.pack(">I", 0) + lengths)
    if any(each.wait for each in kept):
        made += box(b"ctts", struct.pack(">I", 0) + _in_runs((each.wait for each in kept), "I"))
    if track.has_keys:
        keys = [number for number, each in enumerate(kept, start=1) if each.sample.is_key]
        made += box(b"stss", struct.pack(f">II{len(keys)}I", 0, len(keys), *keys))
    sizes = [each.sample.size for each in kept]
    made += box(b"stsz", struct.pack(f">III{len(sizes)}I", 0, 0, len(sizes), *sizes))
    chunks = _chunks(kept)
    rows, before = list[int](), None
    for number, (_place, count, description) in enumerate(chunks, start=1):
        if (count, description) != before:
            rows += [number, count, description]
            before = (count, description)
    made += box(b"stsc", struct.pack(f">II{len(rows)}I", 0, len(rows) // 3, *rows))
    letter, kind = ("Q", b"co64") if is_wide else ("I", b"stco")
    return made + box(
        kind, struct.pack(f">II{len(chunks)}{letter}", 0, len(chunks), *(chunk[0] for chunk in chunks))
    )


def _in_runs(values: Iterable[int], letter: str) -> bytes:
    rows = [(len(list(group)), value) for value, group in groupby(values)]
    return struct.pack(f">I{len(rows) * 2}{letter}", len(rows), *(number for row in rows for number in row))


def _chunks(kept: Sequence[Kept]) -> list[tuple[int, int, int]]:
    """Samples that lie one behind the other: where they begin, how many they are, and their description."""
    chunks: list[tuple[int, int, int]] = []
    end = -1
    for each in kept:
        if chunks and each.place == end and chunks[-1][2] == each.sample.description:
            chunks[-1] = (chunks[-1][0], chunks[-1][1] + 1, chunks[-1][2])
        else:
            chunks.append((each.place, 1, each.sample.description))
        end = each.place + each.sample.size
    return chunks
