"""Taking some seconds out of a film for good: the copy holds no sample of them, and the rest stays bit for bit.

Nothing is encoded anew. Pictures build on the ones before them, so the film goes on with the next key frame at or
after the end of the cut; what lies between goes, too, and the caller is told. Sound goes with the pictures.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.library.boxes import boxes, damaged
from bedside.library.tracks import (
    Kept,
    Parts,
    Sample,
    Track,
    box,
    not_to_cut,
    parts_of,
    track_of,
    with_length,
    written,
)

_FROM_THE_START = float("-inf")
_ALMOST = 0.0005  # seconds; times in films are rounded
_MOST_INDEX = 200_000_000  # bytes


@dataclass(frozen=True)
class Span:
    """Samples that stay one behind the other, from one second to another of the film before; None: to its end."""

    samples: tuple[Sample, ...]
    start: float
    end: float | None


@dataclass(frozen=True)
class Timed:
    """A sample that stays, how long it lasts, and how much later than it is decoded it is shown."""

    sample: Sample
    length: int
    wait: int


@dataclass(frozen=True)
class New:
    """A track as it is to be: its samples, and what of its own time is shown first."""

    track: Track
    timed: list[Timed]
    first: int

    @property
    def seconds(self) -> float:
        """How long it is shown."""
        decoded, ends = 0, 0
        for each in self.timed:
            ends = max(ends, decoded + each.wait + each.length)
            decoded += each.length
        return (ends - self.first) / self.track.scale


@dataclass(frozen=True)
class Cut:
    """What was really taken out, in seconds; `end` is None where nothing follows."""

    start: float
    end: float | None


def cut_film(clean: Path, start: float, end: float, target: Path) -> Cut:
    """Write the film without the seconds from `start` to `end` to `target`.

    Refusals: `nothing_left`, `nothing_cut`, `not_to_cut` (films in fragments, in pieces or very long),
    `damaged`.
    """
    with clean.open("rb") as film:
        film.seek(0, 2)
        size = film.tell()
        top = list(boxes(film, 0, size))
        index = next((each for each in top if each.kind == b"moov"), None)
        if index is None or index.end - index.inside > _MOST_INDEX:
            raise damaged()
        film.seek(index.inside)
        parts = parts_of(film.read(index.end - index.inside))
        tracks = [track_of(content) for kind, content in parts if kind == b"trak"]
        if any(each.place + each.size > size for track in tracks for each in track.samples):
            raise damaged()
        pictures = [track for track in tracks if track.kind == b"vide"]
        if len(pictures) != 1 or any(kind == b"mvex" for kind, _ in parts):
            raise not_to_cut()
        spans = spans_of(pictures[0], start, end)
        new = [_new(track, spans, pictures[0]) for track in tracks]
        _write(film, target, parts, [each for each in new if each.timed], is_wide=size > 0xF0000000)
    return _told(spans)


def _new(track: Track, spans: Sequence[Span], pictures: Track) -> New:
    if track is pictures:
        return New(track, *_pictures_that_stay(track, spans))
    return New(track, *_sound_that_stays(track, spans, pictures))


def spans_of(pictures: Track, start: float, end: float) -> list[Span]:
    """What stays before and after the cut. Refuses a cut that takes everything or nothing."""
    samples = pictures.samples
    going = (n for n, each in enumerate(samples) if _ends(pictures, each) > start + _ALMOST)
    last = next(going, len(samples))
    if last == len(samples):
        raise Refusal("nothing_cut", _("The film ends before these seconds. Choose others."))
    later = (n for n in range(last, len(samples)) if samples[n].is_key)
    key = next((n for n in later if pictures.second(samples[n].shown) >= end - _ALMOST), len(samples))
    # What is shown before its key frame builds on pictures that go.
    after = tuple(each for each in samples[key:] if each.shown >= samples[key].shown)
    spans = []
    if samples[:last]:
        shown = max(each.shown + each.length for each in samples[:last])
        spans.append(Span(samples[:last], _FROM_THE_START, min(start, pictures.second(shown))))
    if after:
        spans.append(Span(after, pictures.second(samples[key].shown), None))
    if not spans:
        raise Refusal("nothing_left", _("Nothing of the film would be left. Choose fewer seconds."))
    return spans


def _ends(track: Track, sample: Sample) -> float:
    return track.second(sample.shown + sample.length)


def _told(spans: Sequence[Span]) -> Cut:
    before = next((span.end for span in spans if span.end is not None), 0.0)
    after = next((span.start for span in spans if span.end is None), None)
    return Cut(round(before, 2), round(after, 2) if after is not None else None)


def _pictures_that_stay(pictures: Track, spans: Sequence[Span]) -> tuple[list[Timed], int]:
    """The frames of all spans, each with its length and how much later than it is decoded it is shown."""
    samples, moments = list[Sample](), list[int]()
    for span, begins in zip(spans, _beginnings(spans, pictures), strict=True):
        origin = min(each.shown for each in span.samples)
        moments += [round(begins * pictures.scale) + each.shown - origin for each in span.samples]
        samples += span.samples
    decoded = list(accumulate((each.length for each in samples), initial=0))[:-1]
    late = max(0, *(at - moment for at, moment in zip(decoded, moments, strict=True)))
    waits = [moment + late - at for at, moment in zip(decoded, moments, strict=True)]
    return [Timed(each, each.length, wait) for each, wait in zip(samples, waits, strict=True)], late


def _sound_that_stays(sound: Track, spans: Sequence[Span], pictures: Track) -> tuple[list[Timed], int]:
    """What of the sound lies wholly inside the spans, at the same moments as the pictures it belongs to."""
    samples, moments = list[Sample](), list[int]()
    for span, begins in zip(spans, _beginnings(spans, pictures), strict=True):
        for each in sound.samples:
            second = sound.second(each.shown)
            ends = _ends(sound, each)
            if second < span.start - _ALMOST or (span.end is not None and ends > span.end + _ALMOST):
                continue
            # What a decoder needs before the first sound keeps its place before the start.
            since = second if span.start == _FROM_THE_START else begins + second - span.start
            samples.append(each)
            moments.append(round(since * sound.scale))
    # The last sound before the cut lasts until the first one after it, so that it cannot drift from the pictures.
    lengths = [max(1, after - before) for before, after in pairwise(moments)]
    lengths += [samples[-1].length] if samples else []
    first = max(0, -moments[0]) if moments else 0
    return [Timed(each, length, 0) for each, length in zip(samples, lengths, strict=True)], first


def _beginnings(spans: Sequence[Span], pictures: Track) -> Iterator[float]:
    """The second of the new film at which each span begins."""
    at = 0.0
    for span in spans:
        yield at
        shown = [each.shown for each in span.samples]
        at += (max(each.shown + each.length for each in span.samples) - min(shown)) / pictures.scale


def _write(film: BinaryIO, target: Path, parts: Parts, new: Sequence[New], *, is_wide: bool) -> None:
    """Write the index, then the samples in the order in which they lay in the film before."""
    head = box(b"ftyp", b"isom\0\0\2\0isomiso2mp41")
    every = [
        (timed.sample, number, at) for number, each in enumerate(new) for at, timed in enumerate(each.timed)
    ]
    every.sort(key=lambda each: each[0].place)
    places, size = dict[tuple[int, int], int](), 0
    for sample, number, at in every:
        places[number, at] = size
        size += sample.size
    # The index is as long wherever the samples begin, so that its length can be told from a first one.
    begins = len(head) + len(_index(parts, new, places, 0, is_wide=is_wide)) + (16 if is_wide else 8)
    with target.open("wb") as file:
        file.write(head + _index(parts, new, places, begins, is_wide=is_wide))
        wide = struct.pack(">I4sQ", 1, b"mdat", size + 16)
        file.write(wide if is_wide else struct.pack(">I4s", size + 8, b"mdat"))
        for sample, _number, _at in every:
            film.seek(sample.place)
            content = film.read(sample.size)
            if len(content) != sample.size:
                raise damaged()
            file.write(content)


def _index(
    parts: Parts, new: Sequence[New], places: dict[tuple[int, int], int], begins: int, *, is_wide: bool
) -> bytes:
    """The `moov` of samples that begin at that byte of the file."""
    header = next((content for kind, content in parts if kind == b"mvhd"), b"")
    if len(header) < 32:
        raise damaged()
    scale = struct.unpack_from(">I", header, 20 if header[0] == 1 else 12)[0]
    length = round(max(each.seconds for each in new) * scale)
    made = box(b"mvhd", with_length(header, length, 24 if header[0] == 1 else 16))
    for number, each in enumerate(new):
        kept = [
            Kept(timed.sample, begins + places[number, at], timed.length, timed.wait)
            for at, timed in enumerate(each.timed)
        ]
        shown = round(each.seconds * scale)
        made += written(each.track, kept, each.first, shown, is_wide=is_wide)
    return box(b"moov", made)
