"""Posters, logos and tiles as a clinic makes them, drawn by chance from a seed: nobody is in them."""

import random

from PIL import Image, ImageDraw
from tests.unit.guard.pictures.scenes import font

WORDS = [
    "Flu shots",
    "Heart Month",
    "Walk with us",
    "We are hiring",
    "Open house",
    "Wash hands",
    "Know your numbers",
]
COLORS = [
    (12, 102, 99),
    (178, 106, 0),
    (74, 109, 163),
    (157, 32, 24),
    (60, 125, 66),
    (230, 190, 160),
    (250, 244, 228),
]


def poster(seed: int) -> Image.Image:
    """A poster of round shapes, crosses, hearts and words; skin-like colors among them."""
    chance = random.Random(seed)
    size = chance.choice([(1080, 1080), (1200, 630), (900, 1200)])
    picture = Image.new("RGB", size, chance.choice(COLORS))
    pen = ImageDraw.Draw(picture)
    for _ in range(chance.randint(3, 9)):
        _shape(pen, chance, size)
    for number in range(chance.randint(1, 4)):
        place = (chance.randint(20, size[0] // 3), 60 + number * chance.randint(90, 160))
        pen.text(place, chance.choice(WORDS), fill=chance.choice(COLORS), font=font(chance.randint(36, 90)))
    return picture


def logo(seed: int) -> Image.Image:
    """A round emblem with two dots and an arc, the kind of drawing that a face finder might take for one."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (600, 600), (252, 252, 250))
    pen = ImageDraw.Draw(picture)
    color, ink = chance.choice(COLORS), chance.choice(COLORS)
    pen.ellipse((80, 80, 520, 520), fill=color)
    for across in (210, 390):
        pen.ellipse((across - 30, 200, across + 30, 260), fill=ink)
    pen.arc((190, 240, 410, 430), 20, 160, fill=ink, width=chance.randint(8, 30))
    pen.text((180, 530), chance.choice(WORDS), fill=ink, font=font(40))
    return picture


def _shape(pen: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int]) -> None:
    x, y, wide = chance.randint(0, size[0]), chance.randint(0, size[1]), chance.randint(40, 420)
    color = chance.choice(COLORS)
    kind = chance.choice(["circle", "rings", "cross", "plate", "heart"])
    if kind in ("circle", "rings"):
        pen.ellipse((x, y, x + wide, y + wide), fill=color)
        if kind == "rings":
            pen.ellipse(
                (x + wide // 4, y + wide // 4, x + 3 * wide // 4, y + 3 * wide // 4),
                fill=chance.choice(COLORS),
            )
    elif kind == "cross":
        pen.rectangle((x, y + wide // 3, x + wide, y + 2 * wide // 3), fill=color)
        pen.rectangle((x + wide // 3, y, x + 2 * wide // 3, y + wide), fill=color)
    elif kind == "heart":
        half = wide // 2
        pen.ellipse((x, y, x + half, y + half), fill=color)
        pen.ellipse((x + half, y, x + wide, y + half), fill=color)
        pen.polygon([(x, y + half // 2), (x + wide, y + half // 2), (x + half, y + wide)], fill=color)
    else:
        pen.rounded_rectangle((x, y, x + wide, y + wide // 2), 24, fill=color)
