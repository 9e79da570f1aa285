"""Read the text in a picture, as rows from top to bottom.

Dim or pale writing (a whiteboard, a monitor) is read a second time with its contrast raised; what only the second
reading found is added, because a missed name costs more than a doubled word. The engine is in `ocr.py`, where to read
closely in `windows.py`, what is mended in `misread.py`.
"""

from collections.abc import Iterable
from dataclasses import replace
from statistics import median

import cv2
import numpy as np

from bedside.guard.pictures.contrast import contrast_of
from bedside.guard.pictures.misread import mended
from bedside.guard.pictures.ocr import Piece, read
from bedside.guard.pictures.shapes import Box, Pixels
from bedside.guard.pictures.windows import Window, windows

SAME_PLACE = 0.5
FLAT = 45.0  # standard deviation of gray values (0 to 127) below which a picture counts as pale


def rows_in(pixels: Pixels) -> list[list[Piece]]:
    """The rows of text, in reading order, each as the pieces that stand in it."""
    found: list[Piece] = []
    for window in windows(pixels):
        found += [piece for piece in _read(pixels, window) if not _is_known(piece, found)]
    return _rows(found)


def _read(pixels: Pixels, window: Window) -> list[Piece]:
    cut = window.cut(pixels)
    found = [replace(piece, contrast=contrast_of(cut, piece.box)) for piece in read(cut)]
    gray = cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY)
    if not found or float(gray.std()) < FLAT:
        again = read(_with_contrast(gray))
        found += [
            replace(piece, contrast=contrast_of(cut, piece.box))
            for piece in again
            if not _is_known(piece, found)
        ]
    return [replace(piece, box=window.placed(piece.box), text=mended(piece.text)) for piece in found]


def _with_contrast(gray: "cv2.typing.MatLike") -> Pixels:
    raised = cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8)).apply(gray)
    contrasted: Pixels = cv2.cvtColor(raised, cv2.COLOR_GRAY2RGB).astype(np.uint8)
    return contrasted


def _is_known(piece: Piece, found: Iterable[Piece]) -> bool:
    return any(
        piece.box.overlap(other.box) > SAME_PLACE and len(piece.text) <= len(other.text) for other in found
    )


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces side by side become a row. Where most are taller than wide the picture lies on its side."""
    lies = sum(piece.box.height > 1.5 * piece.box.width for piece in pieces) > len(pieces) / 2
    boxes = {id(piece): _lying(piece.box) if lies else piece.box for piece in pieces}
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: _middle(boxes[id(each)])):
        height = boxes[id(piece)].height
        near = rows[-1] if rows else []
        middle = median(_middle(boxes[id(each)]) for each in near) if near else 0.0
        if near and abs(_middle(boxes[id(piece)]) - middle) < height / 2:
            near.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda each: boxes[id(each)].x) for row in rows]


def _lying(box: Box) -> Box:
    """Turned by a quarter, as one reads a page that lies on its side."""
    return Box(-(box.y + box.height), box.x, box.height, box.width)


def _middle(box: Box) -> float:
    return box.y + box.height / 2
