"""Pictures as they happen in a clinic, drawn for the tests: a wristband, a whiteboard, a monitor, a screenshot."""

from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/truetype")


def font(size: int, *, is_mono: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font of the machine where there is one, else Pillow's own."""
    name = "DejaVuSansMono.ttf" if is_mono else "DejaVuSans.ttf"
    found = sorted(FONTS.rglob(name))
    return ImageFont.truetype(str(found[0]), size) if found else ImageFont.load_default(size)


def written(
    lines: list[str],
    *,
    size: tuple[int, int],
    paper: tuple[int, int, int],
    ink: tuple[int, int, int],
    height: int = 34,
    is_mono: bool = False,
) -> Image.Image:
    """Lines on a plain ground."""
    picture = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((40, 30 + number * round(height * 1.7)), line, fill=ink, font=font(height, is_mono=is_mono))
    return picture


def noisy(picture: Image.Image, amount: float) -> Image.Image:
    """The same with a camera's grain."""
    grain = np.random.default_rng(7).normal(0, amount, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(np.asarray(picture, dtype=float) + grain, 0, 255).astype(np.uint8))


def wristband() -> Image.Image:
    """A printed band, a little tilted, on a dark sleeve."""
    band = written(
        ["OKAFOR, DANIELLE  F  41Y", "MRN 00482913", "DOB 03/14/1985"],
        size=(760, 230),
        paper=(245, 245, 240),
        ink=(20, 20, 20),
    )
    sleeve = Image.new("RGB", (1000, 520), (52, 58, 72))
    sleeve.paste(band.rotate(6, expand=True, fillcolor=(52, 58, 72)), (100, 110))
    return noisy(sleeve, 6)


def whiteboard() -> Image.Image:
    """Pale marker on a board, a little out of focus."""
    board = written(
        ["Room 412   Marisol Vance", "Chart 731126   walk twice", "Call 302-555-0148"],
        size=(1100, 420),
        paper=(228, 230, 226),
        ink=(120, 130, 170),
        height=44,
    )
    return noisy(board.filter(ImageFilter.GaussianBlur(0.8)), 5)


def monitor() -> Image.Image:
    """Small light letters on a dark screen."""
    return noisy(
        written(
            [
                "PATIENT  BELL, MARCUS J",
                "SSN 219-09-9999",
                "ACCT 5512345   DOB 07/02/1961",
                "Dx: hypertension",
            ],
            size=(900, 360),
            paper=(12, 24, 36),
            ink=(150, 220, 190),
            height=24,
            is_mono=True,
        ),
        4,
    )


def screenshot() -> Image.Image:
    """A message as a telephone shows it."""
    return written(
        [
            "Messages",
            "From: priya.k@example.com",
            "Hi, my claim #ZX-9931427",
            "was denied again. Please call",
        ],
        size=(720, 380),
        paper=(255, 255, 255),
        ink=(30, 30, 30),
        height=30,
    )


def with_code(text: str) -> Image.Image:
    """A poster with a QR code."""
    poster = Image.new("RGB", (600, 600), (255, 255, 255))
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code, scale=8))).convert("RGB")
    poster.paste(drawn, (120, 120))
    return poster
