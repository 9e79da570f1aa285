"""Pictures from a ward in which a patient is named and no record number stands beside, and what cameras make of
them.

Each scene is drawn for a name; `Scene.planted` are the words that have to be read. The cameras turn, tilt,
fade, squeeze and shrink a scene the way that telephones and chats do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageEnhance
from tests.unit.guard.pictures.scenes import noisy, written

NAMES = [
    ("Marisol", "Hendricks"),
    ("Jane", "Doe"),
    ("Wei", "Szymanski"),
    ("Ngozi", "Adeyemi"),
    ("Lily", "Young"),
]
WHITE, BLACK = (252, 252, 250), (24, 24, 26)


@dataclass(frozen=True)
class Scene:
    """A picture, and the words of it that identify somebody."""

    picture: Image.Image
    planted: tuple[str, ...]


def wristband(first: str, last: str) -> Scene:
    """A hospital's band: the family name first, in capitals, with sex and age."""
    lines = [f"{last.upper()}, {first.upper()}  F 42", "ALLERGY: NONE   FALL RISK"]
    band = written(lines, size=(860, 170), paper=WHITE, ink=BLACK, height=36)
    sleeve = Image.new("RGB", (1000, 330), (70, 84, 96))
    sleeve.paste(band, (70, 80))
    return Scene(noisy(sleeve, 5), (first, last))


def whiteboard(first: str, last: str) -> Scene:
    """A board of assignments with family names alone."""
    lines = [f"Rm 12  {last}  NPO", "Rm 13  open", "RN: Amy    MD: Patel"]
    board = written(lines, size=(900, 330), paper=(236, 238, 236), ink=(40, 60, 140), height=46)
    return Scene(noisy(board, 5), (last,))


def monitor(first: str, last: str) -> Scene:
    """A bedside monitor: light letters on black."""
    lines = [f"Bed 4  {last.upper()}", "HR 82  bpm", "SpO2 97 %", "NIBP 128/76"]
    screen = written(lines, size=(760, 360), paper=(8, 12, 16), ink=(120, 235, 150), height=38, is_mono=True)
    return Scene(noisy(screen, 4), (last,))


def portal(first: str, last: str) -> Scene:
    """A message of a patient portal on a telephone."""
    lines = [f"Hi {first},", "your lab results are ready.", "See you at your visit.", f"To: {first} {last}"]
    return Scene(
        written(lines, size=(700, 340), paper=(255, 255, 255), ink=(40, 40, 44), height=32), (first, last)
    )


def badge(first: str, last: str) -> Scene:
    """A visitor's badge."""
    lines = ["VISITOR", f"{first} {last}", "Visiting: ICU Bed 7"]
    return Scene(
        noisy(written(lines, size=(560, 260), paper=WHITE, ink=(150, 20, 30), height=40), 4), (first, last)
    )


def card(first: str, last: str) -> Scene:
    """An appointment card."""
    lines = ["Your next appointment", f"Name: {first} {last}", "Tue Mar 3  10:30 AM", "with Dr. Ortiz"]
    return Scene(
        written(lines, size=(700, 330), paper=(245, 240, 225), ink=(30, 40, 80), height=36), (first, last)
    )


def label(first: str, last: str) -> Scene:
    """The label of a pharmacy's bottle."""
    lines = [
        "HILL PHARMACY",
        f"{last.upper()}, {first.upper()}",
        "TAKE 1 TABLET BY MOUTH DAILY",
        "QTY 30  REFILLS 2",
    ]
    return Scene(
        noisy(written(lines, size=(720, 300), paper=(250, 250, 246), ink=(20, 20, 20), height=32), 5),
        (first, last),
    )


SCENES: dict[str, Callable[[str, str], Scene]] = {
    each.__name__: each for each in (wristband, whiteboard, monitor, portal, badge, card, label)
}


def turned(picture: Image.Image) -> Image.Image:
    """Held sideways."""
    return picture.rotate(90, expand=True)


def skewed(picture: Image.Image) -> Image.Image:
    """Held a little askew."""
    return picture.rotate(7, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(96, 92, 90))


def faint(picture: Image.Image) -> Image.Image:
    """In bad light: a fifth of the contrast is left."""
    return noisy(ImageEnhance.Contrast(picture).enhance(0.2), 2)


def squeezed(picture: Image.Image) -> Image.Image:
    """Sent through a chat that squeezes pictures hard."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=25)
    return Image.open(BytesIO(out.getvalue())).convert("RGB")


@lru_cache(maxsize=1)
def whole_room() -> Image.Image:
    """A photograph of a room, without anything in it."""
    room = np.zeros((3000, 4000, 3), dtype=float)
    down, across = np.mgrid[0:3000, 0:4000]
    room[..., 0] = 120 + 40 * np.sin(across / 430) + 20 * (down > 1900)
    room[..., 1] = 112 + 30 * np.sin(down / 390)
    room[..., 2] = 100 + 25 * np.cos((across + down) / 520)
    return Image.fromarray(np.clip(room, 0, 255).astype(np.uint8))


def far(picture: Image.Image) -> Image.Image:
    """A small thing in the photograph of a whole room: 12 million pixels, letters of about 25."""
    photo = whole_room().copy()
    small = picture.resize(
        (round(picture.width * 0.7), round(picture.height * 0.7)), Image.Resampling.LANCZOS
    )
    photo.paste(small, (2350, 1240))
    return photo


CAMERAS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "straight": lambda picture: picture,
    **{each.__name__: each for each in (turned, skewed, faint, squeezed, far)},
}
