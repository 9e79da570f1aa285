"""Look at a film or an animation: chosen moments go the way that pictures go, and each finding knows its second.

OpenCV's FFmpeg, which is in its package, decodes H.264, HEVC, VP8, VP9, AV1 and MPEG-4. Moments are chosen
where the picture changes, and at least every few seconds; what is looked at is bounded, so that a film of an
hour is done in the time of a short one. What is shown for less than the time between two samples can be missed:
a person watches the film, too.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageSequence

from bedside.guard.pictures.film_metadata import metadata_of_film
from bedside.guard.pictures.look import HEIC, Unreadable, look_at_pixels, opened
from bedside.guard.pictures.metadata import metadata_of
from bedside.guard.pictures.seen import Line, Seen
from bedside.guard.pictures.shapes import Pixels
from bedside.guard.pictures.windows import resized

MOST_MOMENTS = 24
MOST_SAMPLES = 240  # small pictures that are compared to choose the moments
BETWEEN_SAMPLES = 0.4  # seconds at least
AT_LEAST_EVERY = 5.0  # seconds, in films for which that is few moments
CHANGED = 6.0  # mean difference of gray values (0 to 255) from the moment chosen before
LONGEST_SIDE = 1920  # pixels; larger films are made smaller before they are looked at
MOST_PIXELS = 40_000_000  # of one frame, or of an animation's frames together
_SMALL = (64, 36)

Progress = Callable[[int, int], None]


def is_film(path: Path) -> bool:
    """Whether the file begins as an MP4, QuickTime or WebM film does."""
    with path.open("rb") as file:
        head = file.read(12)
    is_picture = head[8:12] in (*HEIC, b"avif", b"avis")
    return (head[4:8] == b"ftyp" and not is_picture) or head[:4] == b"\x1aE\xdf\xa3"


def look_at_film(path: Path, *, captions: str = "", tell: Progress | None = None) -> Seen:
    """Look at chosen moments of a film. `tell` hears how many of how many are done. Raises Unreadable."""
    chosen = _chosen(_samples(path), _duration(path))
    if not chosen:
        raise Unreadable("This film could not be decoded, so nobody has looked into it.")
    seen = []
    for second, frame in _frames(path, chosen):
        seen.append(look_at_pixels(frame, second=second))
        if tell is not None:
            tell(len(seen), len(chosen))
    if not seen:
        raise Unreadable("This film could not be decoded, so nobody has looked into it.")
    metadata = metadata_of_film(path)
    return replace(together(seen), kind="video", captions=captions, seconds=tuple(chosen), metadata=metadata)


def look_at_animation(path: Path) -> Seen:
    """Look at the frames of a GIF or WebP that differ from each other. Raises Unreadable."""
    with opened(path) as picture:
        if picture.width * picture.height * getattr(picture, "n_frames", 1) > MOST_PIXELS:
            raise Unreadable("This animation is too long or too large to be looked at.")
        metadata = metadata_of(picture)
        frames, at = {}, 0.0
        for frame in ImageSequence.Iterator(picture):
            frames[round(at, 2)] = np.asarray(frame.convert("RGB"))
            at += max(20, int(frame.info.get("duration", 100) or 100)) / 1000
    samples = [(second, _tiny(frame)) for second, frame in frames.items()]
    chosen = _chosen(iter(samples), at)
    seen = [look_at_pixels(frames[second], second=second) for second in chosen]
    return replace(together(seen), kind="gif", metadata=metadata, seconds=tuple(chosen))


def is_animation(path: Path) -> bool:
    """Whether the file is a picture that moves."""
    try:
        with Image.open(path) as picture:
            return bool(getattr(picture, "is_animated", False)) and picture.format in ("GIF", "WEBP", "PNG")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False


def together(seen: list[Seen]) -> Seen:
    """What was seen at several moments as one: words that stay are told once, at their first second."""
    text, lines, codes = "", list[Line](), {}
    told: set[str] = set()
    for each in seen:
        for line in each.lines:
            if (words := "".join(line.text.lower().split())) not in told:
                told.add(words)
                text += "\n" if text else ""
                lines.append(replace(line, start=len(text)))
                text += line.text
        codes.update({code.text: code for code in reversed(each.codes) if code.text not in codes})
    return Seen(
        width=max((each.width for each in seen), default=0),
        height=max((each.height for each in seen), default=0),
        text=text,
        lines=tuple(lines),
        faces=tuple(face for each in seen for face in each.faces),
        codes=tuple(codes.values()),
    )


def _duration(path: Path) -> float:
    film = _film(path)
    rate, frames = film.get(cv2.CAP_PROP_FPS), film.get(cv2.CAP_PROP_FRAME_COUNT)
    return frames / rate if 0 < rate < 1000 and 0 < frames < 1e8 else 0.0


def _film(path: Path) -> cv2.VideoCapture:
    film = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    if not film.isOpened():
        raise Unreadable("This film could not be decoded, so nobody has looked into it.")
    if film.get(cv2.CAP_PROP_FRAME_WIDTH) * film.get(cv2.CAP_PROP_FRAME_HEIGHT) > MOST_PIXELS:
        raise Unreadable("The frames of this film are too large to be looked at.")
    return film


def _samples(path: Path) -> Iterator[tuple[float, Pixels]]:
    """Small gray pictures at even distances, the first and the last moment included."""
    duration = _duration(path)
    between = max(BETWEEN_SAMPLES, duration / MOST_SAMPLES)
    film = _film(path)
    due, number = 0.0, 0
    while number < MOST_SAMPLES + 2:
        # Reading on is quicker than a jump where the next sample is near.
        if between > 2 and number:
            film.set(cv2.CAP_PROP_POS_MSEC, due * 1000)
        if not film.grab():
            return
        second = film.get(cv2.CAP_PROP_POS_MSEC) / 1000
        if second + 0.001 < due:
            continue
        is_read, frame = film.retrieve()
        if not is_read:
            return
        yield round(second, 2), _tiny(np.asarray(frame[:, :, ::-1], dtype=np.uint8))
        number += 1
        due = max(due, second) + between


def _tiny(pixels: Pixels) -> Pixels:
    small = cv2.resize(pixels, _SMALL, interpolation=cv2.INTER_AREA)
    gray: Pixels = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    return gray


def _chosen(samples: Iterator[tuple[float, Pixels]], duration: float) -> list[float]:
    """The seconds to look at: the first, each that differs from the one chosen before, and one every few seconds."""
    every = max(AT_LEAST_EVERY, duration / (MOST_MOMENTS / 2))
    chosen: list[tuple[float, float]] = []
    last: tuple[float, Pixels] | None = None
    for second, small in samples:
        change = 255.0 if last is None else float(np.abs(small.astype(int) - last[1]).mean())
        if last is None or change > CHANGED or second - last[0] >= every:
            chosen.append((change, second))
            last = (second, small)
    return sorted(second for _change, second in sorted(chosen, reverse=True)[:MOST_MOMENTS])


def _frames(path: Path, seconds: list[float]) -> Iterator[tuple[float, Pixels]]:
    """The frames at these seconds, one in memory at a time."""
    film = _film(path)
    for second in seconds:
        film.set(cv2.CAP_PROP_POS_MSEC, second * 1000)
        is_read, frame = film.read()
        if is_read:
            pixels: Pixels = np.ascontiguousarray(frame[:, :, ::-1])
            yield second, resized(pixels, min(1.0, LONGEST_SIDE / max(pixels.shape[:2])))
