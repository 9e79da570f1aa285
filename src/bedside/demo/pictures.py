"""Which pictures does the demonstration's library hold? Posters drawn by our own code, each with its description.

Half of them are drawn here, half in `posters`. What is written in a picture is known, because we wrote it; so the
library notes it at once, as it would after having read the picture.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bedside.demo.easel import Easel
from bedside.demo.people import Cast
from bedside.demo.posters import (
    BERRY,
    CORAL,
    CREAM,
    DEEP,
    INK,
    LEAF,
    MOSS,
    PAPER,
    SAND,
    SKY,
    SUN,
    TEAL,
    flu_shot,
    glucose,
    handwash,
    heart_month,
    running_shoes,
    sleep,
    stethoscope,
    vegetables,
)
from bedside.demo.shelf import words
from bedside.library.actions import upload_asset
from bedside.library.judging import note_facts


def waiting_room(easel: Easel) -> None:
    """Chairs, a plant and a window."""
    easel.box(0, 0, 1000, 700, "#dfe9e2")
    easel.box(0, 700, 1000, 300, "#c9b391")
    easel.box(620, 120, 290, 290, SKY, round_by=12)
    easel.box(758, 120, 14, 290, CREAM)
    easel.box(620, 258, 290, 14, CREAM)
    for x, color in ((120, TEAL), (330, CORAL), (540, TEAL)):
        easel.box(x, 520, 170, 170, color, round_by=28)
        easel.box(x - 10, 660, 190, 60, color, round_by=24)
        easel.box(x + 10, 715, 16, 90, INK)
        easel.box(x + 144, 715, 16, 90, INK)
    easel.box(790, 680, 110, 120, "#a9583f", round_by=14)
    for degrees in (50, 75, 95, 120, 140):
        easel.leaf(845, 690, 190, 56, degrees, MOSS if degrees % 2 else LEAF)
    easel.words(80, 80, "Open until\n8 on Thursdays", 70, INK)


def new_wing(easel: Easel) -> None:
    """A low building with windows in many colors, and a crane that is nearly done."""
    easel.circle(820, 230, 90, SUN)
    easel.box(0, 780, 1000, 220, "#b9cf9f")
    easel.box(120, 480, 640, 310, CREAM)
    easel.shape([(90, 490), (440, 370), (790, 490)], DEEP)
    for row, y in enumerate((540, 660)):
        for column, x in enumerate((170, 290, 410, 530, 650)):
            color = (SKY, SUN, CORAL, LEAF, "#b79ad0")[(row * 2 + column) % 5]
            easel.box(x, y, 80, 80, color, round_by=10)
    easel.box(850, 420, 16, 370, "#d98b2b")
    easel.line([(700, 430), (930, 430)], "#d98b2b", 14)
    easel.line([(740, 430), (740, 500)], INK, 5)
    easel.leaf(120, 800, 150, 90, 90, MOSS)
    easel.words(80, 80, "A place made\nfor children", 88, INK)
    easel.words(84, 880, "The new wing of Tamarack Pediatrics", 44, DEEP, bold=False)


def join_team(easel: Easel) -> None:
    """Badges of many colors on one ribbon."""
    easel.line([(0, 420), (250, 480), (500, 500), (750, 480), (1000, 420)], DEEP, 14)
    for x, y, color in ((180, 462, CORAL), (390, 495, SUN), (600, 497, TEAL), (810, 468, BERRY)):
        easel.line([(x, y), (x, y + 70)], DEEP, 8)
        easel.box(x - 85, y + 70, 170, 230, CREAM, round_by=22)
        easel.circle(x, y + 150, 42, color)
        easel.slice(x, y + 262, 66, 180, 360, color)
    easel.words(80, 80, "Work where\npeople know you", 88, INK)
    easel.words(84, 880, "Nine open positions, salaries listed", 44, DEEP, bold=False)


def bandage(easel: Easel) -> None:
    """A bandage with a small star."""
    easel.shape([(190, 650), (650, 330), (800, 540), (340, 860)], "#f0c9a0")
    easel.circle(265, 755, 128, "#f0c9a0")
    easel.circle(725, 435, 128, "#f0c9a0")
    easel.shape([(385, 545), (515, 455), (640, 630), (510, 720)], "#e0ab78")
    easel.heart(512, 585, 52, CORAL)
    for x, y in ((270, 700), (310, 770), (230, 770), (690, 410), (740, 470), (760, 400)):
        easel.circle(x, y, 11, "#d8a777")
    easel.words(80, 80, "Brave sticker\nincluded", 100, INK)


def pressure_chart(easel: Easel) -> None:
    """Bars with four ranges of blood pressure."""
    bars = (
        (LEAF, 230, "normal\nbelow 120"),
        (SUN, 320, "elevated\n120 to 129"),
        ("#e79a48", 410, "stage 1\n130 to 139"),
        (CORAL, 500, "stage 2\n140 and up"),
    )
    for number, (color, high, label) in enumerate(bars):
        x = 90 + number * 212
        easel.box(x, 800 - high, 170, high, color, round_by=20)
        easel.words(x + 2, 826, label, 34, INK, bold=False)
    easel.line([(80, 806), (930, 806)], INK, 6)
    easel.words(80, 70, "The upper number", 92, INK)
    easel.words(84, 186, "Adults, in mm Hg. See a clinician about yours.", 40, DEEP, bold=False)


def water(easel: Easel) -> None:
    """A tall glass in the sun."""
    easel.circle(250, 720, 260, "#f7d58c")
    easel.shape([(430, 330), (770, 330), (720, 880), (480, 880)], "#eaf6f8")
    easel.shape([(445, 480), (756, 480), (720, 880), (480, 880)], "#8fcbdc")
    easel.oval(600, 480, 310, 44, "#b9e1ea")
    easel.shape([(560, 560), (640, 540), (660, 620), (580, 640)], "#d8f0f5")
    easel.leaf(690, 350, 170, 90, 40, LEAF)
    easel.words(80, 80, "Drink first,\nthen mow", 104, INK)


def safe_sleep(easel: Easel) -> None:
    """An empty crib under a mobile."""
    easel.line([(300, 120), (700, 120)], DEEP, 8)
    for x, color in ((330, CORAL), (500, SUN), (670, TEAL)):
        easel.line([(x, 120), (x, 220)], DEEP, 5)
        easel.heart(x, 260, 40, color)
    easel.box(190, 640, 620, 60, CREAM, round_by=14)
    easel.box(170, 480, 26, 390, "#b98d5e", round_by=10)
    easel.box(804, 480, 26, 390, "#b98d5e", round_by=10)
    for x in range(240, 800, 62):
        easel.box(x, 520, 14, 270, "#d2ab7c", round_by=6)
    easel.box(170, 500, 660, 26, "#b98d5e", round_by=10)
    easel.box(170, 780, 660, 30, "#b98d5e", round_by=10)
    easel.words(150, 330, "Back. Bare. Beside you.", 62, INK)


@dataclass(frozen=True)
class Poster:
    """A poster of the library: its file's name, and how it is drawn; its words are in `words/pictures.yaml`."""

    name: str
    background: str
    draw: Callable[[Easel], None]


POSTERS = {
    "flu": Poster("flu-shots-poster", PAPER, flu_shot),
    "heart": Poster("know-your-numbers", PAPER, heart_month),
    "plate": Poster("half-the-plate", "#eef4e4", vegetables),
    "shoes": Poster("ten-minutes-walk", SKY, running_shoes),
    "room": Poster("evening-hours", "#dfe9e2", waiting_room),
    "stethoscope": Poster("we-have-room", PAPER, stethoscope),
    "wing": Poster("new-wing", SKY, new_wing),
    "team": Poster("join-the-team", "#efe6f0", join_team),
    "glucose": Poster("diabetes-class", "#eef3f7", glucose),
    "bandage": Poster("brave-sticker", "#dff0ee", bandage),
    "sleep": Poster("seven-hours", "#22335c", sleep),
    "hands": Poster("twenty-seconds", "#eaf4f6", handwash),
    "pressure": Poster("the-upper-number", PAPER, pressure_chart),
    "water": Poster("drink-first", "#fdf0d2", water),
    "crib": Poster("safe-sleep", SAND, safe_sleep),
}


def drawn() -> Iterator[tuple[str, bytes]]:
    """Every poster as a JPEG file, by its key. Takes a tenth of a second each; touches no database."""
    for key, poster in POSTERS.items():
        easel = Easel(poster.background)
        poster.draw(easel)
        yield key, easel.jpeg()


def hang_up(cast: Cast, key: str, content: bytes) -> None:
    """Upload one poster into the library, and note what is written in it."""
    said = words("pictures")[key]
    name = f"{POSTERS[key].name}.jpg"
    asset = upload_asset(by=cast.members["marcus"], name=name, chunks=[content], alt_text=said["alt_text"])
    seen = {"text_in_picture": said["written"], "faces": 0, "codes": []}
    cast.pictures[key] = note_facts(asset, seen)
