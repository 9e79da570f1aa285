"""Look at a film or an animation: chosen moments go the way that pictures go, and each finding knows its second.

Moments are chosen where the picture changes, and at least every few seconds; what is looked at is bounded, so that a
film of an hour is done in the time of a short one. What is shown for less than the time between two samples can be
missed: a person watches the film, too. On the way all small frames are compared for flashes (`flashes.py`). How a
film's frames are read is in `frames.py`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageSequence

from bedside.guard.pictures.film_metadata import metadata_of_film
from bedside.guard.pictures.flashes import Flicker, Passage, flashing_passages
from bedside.guard.pictures.frames import MOST_PIXELS, Film, Step, made_small
from bedside.guard.pictures.look import HEIC, Unreadable, look_at_pixels, opened
from bedside.guard.pictures.metadata import metadata_of
from bedside.guard.pictures.seen import Line, Seen
from bedside.guard.pictures.shapes import Pixels
from bedside.guard.pictures.windows import resized

MOST_MOMENTS = 24
AT_LEAST_EVERY = 5.0  # seconds, in films for which that is few moments
CHANGED = 6.0  # mean difference of gray values (0 to 255) from the moment chosen before
LONGEST_SIDE = 1920  # pixels; larger films are made smaller before they are looked at
LEAST_PIXELS = 2500  # that a frame counts for: about as many as are compared, however small it is
NOT_SHOWN = 10  # milliseconds; browsers show a frame of so few, or of none, for a tenth of a second
ONCE_MORE = 1.0  # second of an animation that is compared again, because it begins anew when it ends
HALF = 50  # of the hundred parts of the work

Progress = Callable[[int, int], None]


def is_film(path: Path) -> bool:
    """Whether the file begins as an MP4, QuickTime or WebM film does."""
    with path.open("rb") as file:
        head = file.read(12)
    is_picture = head[8:12] in (*HEIC, b"avif", b"avis")
    return (head[4:8] == b"ftyp" and not is_picture) or head[:4] == b"\x1aE\xdf\xa3"


def look_at_film(path: Path, *, captions: str = "", tell: Progress | None = None) -> Seen:
    """Look at chosen moments of a film. `tell` hears how many of a hundred parts are done: to read it and choose them
    is one half of the work, to look at them the other. Raises Unreadable.
    """
    film, flicker = Film(path), Flicker()
    samples = _samples(film.steps(), flicker)
    if tell is not None:
        samples = _told(samples, film.seconds, tell)
    chosen = _chosen(samples, film.seconds)
    seen = []
    for second, frame in film.frames_at(chosen):
        scale = min(1.0, LONGEST_SIDE / max(frame.shape[:2]))
        seen.append(look_at_pixels(resized(frame, scale), second=second))
        if tell is not None:
            tell(HALF + HALF * len(seen) // len(chosen), 2 * HALF)
    if not seen:
        raise Unreadable("This film could not be decoded, so nobody has looked into it.")
    return replace(
        together(seen),
        kind="video",
        captions=captions,
        seconds=tuple(chosen),
        metadata=metadata_of_film(path),
        flashes=flicker.passages,
        is_read_whole=film.is_read_whole,
    )


def look_at_animation(path: Path) -> Seen:
    """Look at the frames of a GIF or WebP that differ from each other. Raises Unreadable."""
    with opened(path) as picture:
        pixels = max(picture.width * picture.height, LEAST_PIXELS)
        if pixels * getattr(picture, "n_frames", 1) > MOST_PIXELS:
            raise Unreadable("This animation is too long or too large to be looked at.")
        metadata = metadata_of(picture)
        frames, at = {}, 0.0
        for frame in ImageSequence.Iterator(picture):
            frames[round(at, 2)] = np.asarray(frame.convert("RGB"))
            lasts = int(frame.info.get("duration", 0) or 0)
            at += (lasts if lasts > NOT_SHOWN else 100) / 1000
    smaller = {second: made_small(frame) for second, frame in frames.items()}
    chosen = _chosen(((second, _gray(each)) for second, each in smaller.items()), at)
    seen = [look_at_pixels(frames[second], second=second) for second in chosen]
    flashes = _flashes_of_loop(smaller, at)
    return replace(together(seen), kind="gif", metadata=metadata, seconds=tuple(chosen), flashes=flashes)


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


def _samples(steps: Iterable[Step], flicker: Flicker) -> Iterator[tuple[float, Pixels]]:
    """The samples among the steps, gray; on the way each step is compared for flashes."""
    for step in steps:
        flicker.see(step.second, step.small)
        if step.is_sample:
            yield round(step.second, 2), _gray(step.small)


def _told(
    samples: Iterator[tuple[float, Pixels]], duration: float, tell: Progress
) -> Iterator[tuple[float, Pixels]]:
    """The same samples; on the way `tell` hears each part of the first half once."""
    told = 0
    for second, small in samples:
        done = min(HALF, int(HALF * second / duration)) if duration else 0
        if done > told:
            tell(done, 2 * HALF)
            told = done
        yield second, small


def _gray(pixels: Pixels) -> Pixels:
    gray: Pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    return gray


def _flashes_of_loop(frames: dict[float, Pixels], lasts: float) -> tuple[Passage, ...]:
    """Where an animation flashes that begins anew when it ends, as networks show them: two frames can be enough."""

    def shown() -> Iterator[tuple[float, Pixels]]:
        begun = 0.0
        for number, (second, frame) in enumerate(cycle(frames.items())):
            begun += lasts if number and second == 0 else 0
            if begun + second > lasts + ONCE_MORE:
                return
            yield begun + second, frame

    passages = flashing_passages(shown())
    if any(end - start >= lasts for start, end in passages):
        return ((0.0, round(lasts, 2)),)
    first = [(start, min(end, round(lasts, 2))) for start, end in passages if start < lasts]
    again = [(round(start - lasts, 2), round(end - lasts, 2)) for start, end in passages]
    return tuple(first or again)


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
