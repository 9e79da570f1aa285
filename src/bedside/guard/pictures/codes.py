"""Decode barcodes and QR codes: a wristband's code holds a record number, a QR code an address."""

import zxingcpp

from bedside.guard.pictures.seen import Code
from bedside.guard.pictures.shapes import Box, Pixels


def codes_in(pixels: Pixels) -> list[Code]:
    """Every code that can be decoded; empty ones are left out."""
    return [
        Code(
            str(found.format).removeprefix("BarcodeFormat.").replace(" ", ""),
            found.text,
            _box(found.position),
        )
        for found in zxingcpp.read_barcodes(pixels)
        if found.text
    ]


def _box(position: zxingcpp.Position) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
