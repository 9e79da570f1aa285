"""Read the text in a picture, top to bottom, as lines.

RapidOCR (PaddleOCR's small models on ONNX, shipped in its package) reads print and clear handwriting. Dim or
pale writing (a whiteboard, a monitor) is read a second time with its contrast raised; what only the second
reading found is added, because a missed name costs more than a doubled word.
"""

import logging
from functools import lru_cache
from typing import Any, TypeAlias

import cv2
import numpy as np

from bedside.guard.pictures.shapes import Box, Pixels

SURE = 0.6  # of 1; below it the words are noise
SAME_PLACE = 0.5
FLAT = 45.0  # standard deviation of gray values (0 to 127) below which a picture counts as pale

Line: TypeAlias = tuple[Box, str]


def lines_in(pixels: Pixels) -> list[str]:
    """The lines of text, in reading order."""
    if min(pixels.shape[:2]) < 12:
        return []
    found = _read(pixels)
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if not found or float(gray.std()) < FLAT:
        found += [line for line in _read(_with_contrast(gray)) if not _is_known(line, found)]
    return [text for _box, text in sorted(found, key=_reading_order)]


def _read(pixels: Pixels) -> list[Line]:
    result = _engine()(pixels[:, :, ::-1])  # the engine expects BGR
    if result.txts is None:
        return []
    read = zip(result.boxes, result.txts, result.scores, strict=True)
    return [(_box_of(corners), text) for corners, text, score in read if score >= SURE and text.strip()]


def _with_contrast(gray: Any) -> Pixels:
    raised = cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8)).apply(gray)
    contrasted: Pixels = cv2.cvtColor(raised, cv2.COLOR_GRAY2RGB).astype(np.uint8)
    return contrasted


def _is_known(line: Line, found: list[Line]) -> bool:
    box, text = line
    return any(box.overlap(other) > SAME_PLACE and len(text) <= len(known) for other, known in found)


def _box_of(corners: Any) -> Box:
    xs, ys = [float(x) for x, _y in corners], [float(y) for _x, y in corners]
    return Box(round(min(xs)), round(min(ys)), round(max(xs) - min(xs)), round(max(ys) - min(ys)))


def _reading_order(line: Line) -> tuple[int, int]:
    """Top to bottom, then left to right; boxes of about one line's height count as one row."""
    box = line[0]
    return (box.y + box.height // 2) // max(12, box.height), box.x


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415  # loads models of 20 MB; texts alone never need them

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})
