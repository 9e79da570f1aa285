"""Where in a picture to read closely, and how large: letters in a corner of a photograph are too small for the whole.

A small picture is read as it is. In a larger one the places that might hold letters are sought twice, in two sizes,
because large letters are found in the small view and small letters in the large one; then each place is cut out of the
full picture. What is read of one picture is bounded, so that its time is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from bedside.guard.pictures.ocr import places_of_letters
from bedside.guard.pictures.shapes import Box, Pixels

WHOLE = 1100  # pixels of the longer side, up to which a picture is read as one
VIEWS = (640, 1000)
WIDE = 1600  # pixels of the longer side in which a picture full of letters is read
MOST_PIXELS = 2_000_000  # of all windows together, in the size in which they are read
MOST_WINDOWS = 8
MUCH = 0.45  # part of a picture
LARGEST_SCALE = 2.0


@dataclass(frozen=True)
class Window:
    """A part of the picture, and how many times as large it is read."""

    box: Box
    scale: float

    def cut(self, pixels: Pixels) -> Pixels:
        """Its pixels, in the size in which they are read."""
        box = self.box
        return resized(pixels[box.y : box.y + box.height, box.x : box.x + box.width], self.scale)

    def placed(self, box: Box) -> Box:
        """Where in the whole picture a box of the cut is."""
        there = box.scaled(1 / self.scale)
        return Box(there.x + self.box.x, there.y + self.box.y, there.width, there.height)


def windows(pixels: Pixels) -> list[Window]:
    """The parts to read, none overlapping another."""
    height, width = pixels.shape[:2]
    whole = Box(0, 0, width, height)
    if max(height, width) <= WHOLE:
        return [Window(whole, min(LARGEST_SCALE, WHOLE / max(height, width)))]
    places = [place for side in VIEWS for place in _seen_in(pixels, side / max(height, width))]
    parts = _merged((_with_margin(place).within(whole) for place in places), whole)
    if sum(part.area for part in parts) > MUCH * whole.area:
        return [Window(whole, min(1.0, WIDE / max(height, width)))]
    return _bounded(parts)


def resized(pixels: Pixels, scale: float) -> Pixels:
    """The picture `scale` times as large."""
    if scale == 1.0:
        return np.ascontiguousarray(pixels)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    made: Pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=way).astype(np.uint8)
    return made


def _seen_in(pixels: Pixels, scale: float) -> list[Box]:
    return [place.scaled(1 / scale) for place in places_of_letters(resized(pixels, min(1.0, scale)))]


def _with_margin(place: Box) -> Box:
    margin = max(40, min(place.width, place.height) // 3)
    return Box(place.x - margin, place.y - margin, place.width + 2 * margin, place.height + 2 * margin)


def _merged(places: Iterable[Box], whole: Box) -> list[Box]:
    """The places without overlaps: what overlaps becomes one."""
    parts: list[Box] = []
    for place in places:
        while touching := [part for part in parts if part.overlap(place) > 0]:
            parts = [part for part in parts if part not in touching]
            for part in touching:
                place = place.joined(part)
        parts.append(place)
    return [part for part in parts if part.area]


def _bounded(parts: list[Box]) -> list[Window]:
    largest = sorted(parts, key=lambda part: -part.area)[:MOST_WINDOWS]
    scales = [min(LARGEST_SCALE, WHOLE / max(part.width, part.height)) for part in largest]
    cost = sum(part.area * scale**2 for part, scale in zip(largest, scales, strict=True))
    smaller = min(1.0, (MOST_PIXELS / cost) ** 0.5) if cost else 1.0
    return [Window(part, scale * smaller) for part, scale in zip(largest, scales, strict=True)]
