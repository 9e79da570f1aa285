"""Decode barcodes and QR codes: a wristband's code holds a record number, a QR code an address."""

from __future__ import annotations

from dataclasses import dataclass

import zxingcpp

from bedside.guard.pictures.shapes import Box, Pixels


@dataclass(frozen=True)
class Code:
    """A code, what kind it is ("QRCode", "Code128") and what it says."""

    kind: str
    text: str
    box: Box

    def scaled(self, factor: float) -> Code:
        """The same code in a picture `factor` times as large."""
        return Code(self.kind, self.text, self.box.scaled(factor))


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
