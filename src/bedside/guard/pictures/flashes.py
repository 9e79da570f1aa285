"""When does a film flash so that it can set off a seizure? WCAG 2.1, success criterion 2.3.1, on small frames.

The criterion and its terms (https://www.w3.org/TR/WCAG21/#dfn-general-flash-and-red-flash-thresholds, read 28 November
2026): a general flash is a pair of opposing changes of relative luminance by 10 % of the maximum or more, the darker
state below 0.80; a red flash is a pair of opposing changes of (R - G - B) × 320, not below 0, by more than 20, one of
the states a saturated red: R / (R + G + B) of 0.8 or more. More than three of either kind in any one second are too
many, where they fill more than a quarter of 10 degrees of what somebody sees: 341 × 256 pixels of a screen of
1024 × 768. A change is what lies between a peak and the next valley, however many frames it takes.

What is simplified:

- The film is shown as large as that screen lets it, without bars. A frame is divided into cells of about 16 × 16 pixels
  of the screen, and each cell is one color, the mean of its pixels. So fine patterns, which the criterion excepts, do
  not count, and the 10 degrees are a rectangle of 21 × 16 cells wherever it is worst.
- Flashes belong together where cells change in the same frame, or within 0.02 s, and twice as many change one way as
  the other, or nearly all that flicker do it in this frame and not in the one before. So a strobe counts, and so do
  pictures that take turns, but not a camera that swings round or pans along a fence: there each place flickers at its
  own time. Something large that moves to and fro at such a speed can count.
- A fourth flash begins with the seventh change and ends with the eighth. Seven that fit into less than 0.95 s, followed
  by one the other way, are too many: 3 flashes a second pass at every usual frame rate, 3.2 do not.

No decoder is needed here: frames come as arrays, each with its second. `frames.py` makes them of films.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bedside.guard.pictures.shapes import Pixels

Passage: TypeAlias = tuple[float, float]  # its first and its last second
_Values: TypeAlias = NDArray[np.float32]
_Yes: TypeAlias = NDArray[np.bool_]

SCREEN = (1024, 768)  # pixels
FIELD = (341, 256)  # pixels of the screen that are seen under 10 degrees
CELL = 16  # pixels of the screen, the side of a cell
_COLUMNS, _ROWS = round(FIELD[0] / CELL), round(FIELD[1] / CELL)
SAFE_CELLS = FIELD[0] * FIELD[1] / 4 / CELL**2  # a quarter of the field
CHANGES = 7  # in a second; the last one begins the fourth flash, which the next one ends
SECOND = 0.95  # the second, less what the rounded times of frames may be wrong
PAIR = 1 / 3  # of a second, at most between the two changes of the fourth flash
TOGETHER = 0.02  # seconds in which changes count as one
NEARLY_ALL = 0.9  # of the cells that flicker in a frame and the one before
LEAST_LIGHT, DARKER = 0.1, 0.8  # of relative luminance
LEAST_RED, SATURATED = 20 / 320, 0.8
APART = 1.0  # seconds between two passages, at least; also after which frames are no longer compared
MOST_PASSAGES = 20
_ALMOST = 1e-6
_LONG_AGO = -1e9
_TO_LINEAR = np.array(
    [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in np.arange(256) / 255],
    dtype=np.float32,
)
_TO_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)


def grid_for(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of the small frames in which a film of that size in pixels is to be given to `Flicker`."""
    scale = min(SCREEN[0] / max(1, width), SCREEN[1] / max(1, height)) / CELL
    return max(1, round(width * scale)), max(1, round(height * scale))


def flashing_passages(frames: Iterable[tuple[float, Pixels]]) -> tuple[Passage, ...]:
    """The passages that flash, of small frames (all of one size) with their seconds in rising order."""
    flicker = Flicker()
    for second, frame in frames:
        flicker.see(second, frame)
    return flicker.passages


class Flicker:
    """What flashes in small frames that come one after the other. Its memory does not grow with the film."""

    def __init__(self) -> None:
        self._found: list[list[float]] = []
        self._light = _Changes(LEAST_LIGHT)
        self._red = _Changes(LEAST_RED)
        self._last = _LONG_AGO

    @property
    def passages(self) -> tuple[Passage, ...]:
        """From which second to which it flashed so far, at most `MOST_PASSAGES`; the seconds are rounded."""
        return tuple((round(start, 2), round(end, 2)) for start, end in self._found)

    def see(self, second: float, frame: Pixels) -> None:
        """Take the next small frame (rows × columns × RGB, 0 to 255). One that does not follow within a second, as
        where a part of the film was left out, begins anew."""
        linear = _TO_LINEAR[frame]
        luminance: _Values = linear @ _TO_LUMINANCE
        sums = linear.sum(axis=2)
        red = linear[:, :, 0]
        excess: _Values = np.maximum(0, 2 * red - sums)
        if not 0 < second - self._last <= APART:
            self._light.begin(luminance)
            self._red.begin(excess)
        self._last = second
        since = [
            *self._light.see(second, luminance, luminance < DARKER),
            *self._red.see(second, excess, red >= SATURATED * np.maximum(sums, _ALMOST)),
        ]
        if since:
            self._note(min(since), second)

    def _note(self, start: float, end: float) -> None:
        if self._found and start - self._found[-1][1] <= APART:
            self._found[-1][1] = end
        elif len(self._found) < MOST_PASSAGES:
            self._found.append([start, end])


class _Changes:
    """The opposing changes of one value in each cell: which way the last one went, and when the last seven were."""

    def __init__(self, least: float) -> None:
        self._least = least - _ALMOST

    def begin(self, value: _Values) -> None:
        """Forget what was before a first frame."""
        self._low, self._high = value.copy(), value.copy()  # since the last change
        self._low_counts, self._high_counts = np.zeros((2, *value.shape), dtype=np.bool_)
        self._before = _LONG_AGO  # the second of the frame before
        self._way = np.zeros(value.shape, dtype=np.int8)  # 1 after a rise, -1 after a fall
        # When too many cells rose or fell together, and since when they flicker.
        self._shared = {1: (_LONG_AGO, 0.0), -1: (_LONG_AGO, 0.0)}
        self._at = np.full((CHANGES, *value.shape), _LONG_AGO)  # seconds, the oldest first

    def see(self, second: float, value: _Values, counts: _Yes) -> list[float]:
        """Where too many cells flash together now: since which second, once for rises and once for falls.

        Of a change's two states one at least must be such that `counts`.
        """
        for extreme, marks, is_further in (
            (self._low, self._low_counts, value <= self._low),
            (self._high, self._high_counts, value >= self._high),
        ):
            np.copyto(extreme, value, where=is_further)
            np.copyto(marks, counts, where=is_further)
        rises = (self._way <= 0) & (value - self._low >= self._least) & (counts | self._low_counts)
        falls = (self._way >= 0) & (self._high - value >= self._least) & (counts | self._high_counts) & ~rises
        self._turn(second, value, counts, rises, falls)
        found = list(self._flashes(second)) if rises.any() or falls.any() else []
        self._before = second
        return found

    def _flashes(self, second: float) -> Iterator[float]:
        """Since when each of the two ways is shared by too many cells, where the other was just before."""
        ago, is_quick = second - self._at[-1], self._at[-1] - self._at[0] < SECOND
        now, up = is_quick & (ago <= TOGETHER), self._way == 1
        lately = is_quick & (self._at[-1] >= self._before)
        is_at_once = np.count_nonzero(is_quick & (ago <= 0)) >= NEARLY_ALL * np.count_nonzero(lately)
        for way, cells, opposing in ((1, now & up, now & ~up), (-1, now & ~up, now & up)):
            is_one_way = np.count_nonzero(cells) >= 2 * np.count_nonzero(opposing)
            if (is_at_once or is_one_way) and _fill_too_much(cells):
                since, (before, before_since) = float(self._at[0][cells].min()), self._shared[-way]
                self._shared[way] = (second, since)
                if second - before <= PAIR:
                    yield min(since, before_since)

    def _turn(self, second: float, value: _Values, counts: _Yes, rises: _Yes, falls: _Yes) -> None:
        turned = rises | falls
        self._at[:-1, turned] = self._at[1:, turned]
        self._at[-1, turned] = second
        self._way[rises], self._way[falls] = 1, -1
        for extreme, marks in ((self._low, self._low_counts), (self._high, self._high_counts)):
            np.copyto(extreme, value, where=turned)
            np.copyto(marks, counts, where=turned)


def _fill_too_much(cells: _Yes) -> bool:
    """Whether these cells are more than a quarter of some field of 10 degrees."""
    if np.count_nonzero(cells) <= SAFE_CELLS:
        return False
    rows, columns = cells.shape
    down, across = min(rows, _ROWS), min(columns, _COLUMNS)
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    sums[1:, 1:] = cells.cumsum(axis=0).cumsum(axis=1)
    inside = sums[down:, across:] - sums[:-down, across:] - sums[down:, :-across] + sums[:-down, :-across]
    return bool(inside.max() > SAFE_CELLS)
