"""The OCR engine: RapidOCR, which is PaddleOCR's small models on ONNX, shipped in its package.

Used in two ways: to find where in a picture letters might be (`places_of_letters`, bold, without reading them) and to
read a piece of a picture (`read`). One thread: two would wait for each other longer than they help.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bedside.guard.pictures.shapes import Box, Pixels

SURE = 0.5  # of 1; below it the words are noise
SMALLEST = 12  # pixels; less is no picture of letters
_ALONE = {
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.limit_side_len": 32,  # pictures come in the size in which they are to be read
}
_BOLD = {"Det.thresh": 0.1, "Det.box_thresh": 0.05}


@dataclass(frozen=True)
class Piece:
    """Some words that stand together, where they are, and how many times lighter or darker than their ground.

    `contrast` is the ratio of WCAG 2.1 (1 to 21), or 0 where it was not measured.
    """

    box: Box
    text: str
    contrast: float = 0.0


def read(pixels: Pixels) -> list[Piece]:
    """What is written in the picture, in no particular order. Boxes are in its pixels."""
    if min(pixels.shape[:2]) < SMALLEST:
        return []
    result = _reader()(pixels[:, :, ::-1])  # the engine expects BGR
    if result.txts is None or result.boxes is None:
        return []
    found = zip(result.boxes, result.txts, result.scores, strict=True)
    return [Piece(_box_of(corners), text) for corners, text, score in found if score >= SURE and text.strip()]


def places_of_letters(pixels: Pixels) -> list[Box]:
    """Where there might be letters, tiny ones included; much of it is none."""
    if min(pixels.shape[:2]) < SMALLEST:
        return []
    found = _seeker()(pixels[:, :, ::-1], use_rec=False, use_cls=False)
    return [] if found.boxes is None else [_box_of(corners) for corners in found.boxes]


def _box_of(corners: Any) -> Box:
    xs, ys = [float(x) for x, _y in corners], [float(y) for _x, y in corners]
    return Box(round(min(xs)), round(min(ys)), round(max(xs) - min(xs)), round(max(ys) - min(ys)))


def _engine(**more: float) -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415  # loads models of 20 MB; texts alone never need them

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={**_ALONE, **more})


@lru_cache(maxsize=1)
def _reader() -> Any:
    return _engine()


@lru_cache(maxsize=1)
def _seeker() -> Any:
    return _engine(**_BOLD)
