"""Step through a film: which of its frames are read, how small, and how much of that is too much.

OpenCV's FFmpeg, which is in its package, decodes H.264, HEVC, VP8, VP9, AV1 and MPEG-4. Every frame of a film of usual
length is read once, because a flash lasts for a frame or two; of a longer one some seconds are read at many
places, so that a film of an hour is done in the time of a short one. What is read of an animation is in `film.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import cv2
import numpy as np

from bedside.guard.pictures.flashes import grid_for
from bedside.guard.pictures.look import Unreadable
from bedside.guard.pictures.shapes import Pixels

MOST_SAMPLES = 240  # small pictures that are compared to choose the moments that are looked at
BETWEEN_SAMPLES = 0.4  # seconds at least
MOST_PIXELS = 40_000_000  # of one frame
MOST_READ = 20_000_000_000  # pixels of all frames together: five minutes of full HD at 30 frames a second
LEAST_READ = 250_000  # pixels that any frame counts for, because small ones cost something, too
# Seconds, the least that is read at once of a longer film: the shortest flashing passage fits in.
PASSAGE = 1.5
QUICKER_TO_JUMP = 2.0  # seconds; nearer places are reached more quickly by reading on
_USUAL_RATE = 30.0  # frames a second, where a film does not say
_ALMOST = 0.001  # seconds; times in films are rounded


@dataclass(frozen=True)
class Step:
    """A frame made small, and its second. `is_sample` for those, at even distances, that moments are chosen from."""

    second: float
    small: Pixels
    is_sample: bool


def made_small(pixels: Pixels) -> Pixels:
    """A frame in as many pixels as are compared: one for each cell of `flashes.py`."""
    grid = grid_for(pixels.shape[1], pixels.shape[0])
    return np.asarray(cv2.resize(pixels, grid, interpolation=cv2.INTER_AREA), dtype=np.uint8)


class Film:
    """A film that can be decoded. Raises Unreadable for another, and for one whose frames are too large."""

    def __init__(self, path: Path) -> None:
        self._path = path
        film = self._opened()
        rate, frames = film.get(cv2.CAP_PROP_FPS), film.get(cv2.CAP_PROP_FRAME_COUNT)
        self._rate = rate if 0 < rate < 1000 else _USUAL_RATE
        self._frames = frames if 0 < rate < 1000 and 0 < frames < 1e8 else 0.0
        self._pixels = film.get(cv2.CAP_PROP_FRAME_WIDTH) * film.get(cv2.CAP_PROP_FRAME_HEIGHT)
        if self._pixels > MOST_PIXELS:
            raise Unreadable("The frames of this film are too large to be looked at.")
        self.seconds = self._frames / self._rate  # how long it is; 0 where it does not say
        self.is_read_whole = True  # False as soon as `steps` left something out

    def steps(self, most_read: int = MOST_READ) -> Iterator[Step]:
        """Its frames in order, made small: all of them, or those at many places where these would have more than
        `most_read` pixels together."""
        most = max(1, int(most_read / max(self._pixels, LEAST_READ)))
        self.is_read_whole = self._frames <= most
        steps = self._all() if self.is_read_whole else self._at_places(most)
        for number, step in enumerate(steps):
            if number >= most + (0 if self.is_read_whole else MOST_SAMPLES):
                self.is_read_whole = False  # it has more frames than it says
                return
            yield step

    def frames_at(self, seconds: Iterable[float]) -> Iterator[tuple[float, Pixels]]:
        """The frames at these seconds in their full size, one in memory at a time."""
        film = self._opened()
        for second in seconds:
            film.set(cv2.CAP_PROP_POS_MSEC, second * 1000)
            is_read, frame = film.read()
            if is_read:
                yield second, np.ascontiguousarray(frame[:, :, ::-1], dtype=np.uint8)

    def _all(self) -> Iterator[Step]:
        film, between, due, samples = self._opened(), self._between_samples(), 0.0, 0
        for second in self._grabbed(film):
            is_sample = second + _ALMOST >= due and samples < MOST_SAMPLES + 2
            if is_sample:
                due, samples = second + between, samples + 1
            is_read, frame = film.retrieve()
            if not is_read:
                return
            yield Step(second, _small_rgb(frame), is_sample)

    def _at_places(self, most: int) -> Iterator[Step]:
        """A sample at each place, and at so many of them what follows that it makes `most` frames."""
        film, between, due, second = self._opened(), self._between_samples(), 0.0, 0.0
        seconds = most / self._rate  # of the film that are read
        every, passage = ceil(MOST_SAMPLES * PASSAGE / seconds), max(PASSAGE, seconds / MOST_SAMPLES)
        for place in range(MOST_SAMPLES + 2):
            if due - second > QUICKER_TO_JUMP:
                film.set(cv2.CAP_PROP_POS_MSEC, due * 1000)
            until, is_sample = due + (0 if place % every else passage), True
            for second in self._grabbed(film):
                if second + _ALMOST < due:
                    continue  # a jump may end at the frame before
                is_read, frame = film.retrieve()
                if not is_read:
                    return
                yield Step(second, _small_rgb(frame), is_sample)
                is_sample = False
                if second + _ALMOST >= until:
                    break
            else:
                return
            due = max(due + between, second)

    def _between_samples(self) -> float:
        return max(BETWEEN_SAMPLES, self.seconds / MOST_SAMPLES)

    def _grabbed(self, film: cv2.VideoCapture) -> Iterator[float]:
        """Grab one frame after the other; the second of each. Where a film tells none, its rate does."""
        last: float | None = None
        while film.grab():
            second = film.get(cv2.CAP_PROP_POS_MSEC) / 1000
            if last is not None and second <= last:
                second = last + 1 / self._rate
            last = second
            yield second

    def _opened(self) -> cv2.VideoCapture:
        film = cv2.VideoCapture(str(self._path), cv2.CAP_FFMPEG)
        if not film.isOpened():
            raise Unreadable("This film could not be decoded, so nobody has looked into it.")
        return film


def _small_rgb(frame: cv2.typing.MatLike) -> Pixels:
    """A decoded frame, small; made small before its colors are put in order, which is quicker."""
    return np.ascontiguousarray(made_small(np.asarray(frame, dtype=np.uint8))[:, :, ::-1])
