"""Where something is in a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]  # height × width × 3, RGB


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels: its upper left corner, its width and height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def area(self) -> int:
        """How many pixels it covers."""
        return max(0, self.width) * max(0, self.height)

    def scaled(self, factor: float) -> Box:
        """The same rectangle in a picture `factor` times as large."""
        return Box(*(round(value * factor) for value in (self.x, self.y, self.width, self.height)))

    def overlap(self, other: Box) -> float:
        """The shared area as a part of the smaller rectangle's, 0 to 1."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        smaller = min(self.width * self.height, other.width * other.height)
        return max(0, across) * max(0, down) / smaller if smaller else 0.0

    def joined(self, other: Box) -> Box:
        """The smallest rectangle around both."""
        left, top = min(self.x, other.x), min(self.y, other.y)
        right = max(self.x + self.width, other.x + other.width)
        bottom = max(self.y + self.height, other.y + other.height)
        return Box(left, top, right - left, bottom - top)

    def within(self, other: Box) -> Box:
        """The part of it that lies in the other; without area where there is none."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        return Box(left, top, max(0, right - left), max(0, bottom - top))
