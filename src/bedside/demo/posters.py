"""The posters with people's health in them: a syringe, a heart, a plate, shoes, a meter.

Each function draws one poster and stands in `pictures.POSTERS` with its description.
"""

from bedside.demo.easel import Easel

INK, PAPER, TEAL, DEEP = "#17323a", "#f6f1e7", "#1f7a78", "#0f4c52"
SAND, CORAL, SUN, SKY = "#ead9bd", "#e4715b", "#f0b64a", "#bfe0e2"
LEAF, MOSS, BERRY, CREAM = "#6ba368", "#3e7450", "#a23b52", "#fffaf0"


def flu_shot(easel: Easel) -> None:
    """A syringe, large and friendly, on a rising sun."""
    easel.circle(690, 1000, 520, SUN)
    easel.circle(690, 1000, 400, "#f6cb78")
    easel.box(430, 520, 380, 120, CREAM, round_by=26)
    easel.box(450, 540, 210, 80, TEAL, round_by=14)
    for x in (500, 560, 620, 680, 740):
        easel.line([(x, 620), (x, 596)], INK, 6)
    easel.box(390, 552, 44, 56, DEEP, round_by=8)
    easel.line([(390, 580), (230, 580)], "#8fa6a8", 10)
    easel.box(808, 560, 96, 40, DEEP, round_by=8)
    easel.box(896, 510, 28, 140, DEEP, round_by=12)
    easel.leaf(214, 590, 46, 34, 270, CORAL)
    easel.words(80, 90, "Flu shots", 128, INK)
    easel.words(84, 250, "All three clinics\nNo appointment needed", 50, DEEP, bold=False)


def heart_month(easel: Easel) -> None:
    """A heart with a line of beats through it."""
    easel.circle(500, 560, 380, "#f3c9c0")
    easel.heart(500, 555, 265, BERRY)
    beat = [
        (90, 570),
        (330, 570),
        (380, 570),
        (420, 470),
        (480, 690),
        (530, 430),
        (575, 600),
        (610, 570),
        (910, 570),
    ]
    easel.line(beat, CREAM, 16)
    easel.words(80, 70, "Know your numbers", 88, INK)
    easel.words(84, 890, "Free checks on Fridays from 8 to 11", 44, INK, bold=False)


def vegetables(easel: Easel) -> None:
    """Half a plate of vegetables, a quarter of grain, a quarter of protein."""
    easel.circle(500, 590, 340, CREAM)
    easel.circle(500, 590, 290, "#efe4d0")
    easel.slice(500, 590, 280, 90, 270, LEAF)
    easel.slice(500, 590, 280, 270, 360, SUN)
    easel.slice(500, 590, 280, 0, 90, CORAL)
    for x, y in ((330, 470), (400, 620), (310, 680), (430, 760), (420, 420)):
        easel.circle(x, y, 44, MOSS)
        easel.circle(x - 14, y - 14, 18, "#8cbf82")
    easel.circle(350, 575, 34, BERRY)
    easel.circle(450, 520, 30, BERRY)
    for x, y in ((560, 460), (620, 420), (660, 500), (580, 530), (690, 560)):
        easel.oval(x, y, 44, 22, "#c98f2b")
    easel.oval(620, 690, 170, 90, "#f3a694")
    easel.words(80, 70, "Half the plate", 104, INK)
    easel.words(84, 196, "Vegetables first. The rest follows.", 46, MOSS, bold=False)


def running_shoes(easel: Easel) -> None:
    """Two shoes at the foot of a path to the hills."""
    easel.box(0, 430, 1000, 570, "#d9e6c6")
    easel.circle(180, 470, 240, "#a9c79a")
    easel.circle(760, 500, 300, "#8fb68a")
    easel.box(0, 600, 1000, 400, "#cfdfb8")
    easel.shape([(440, 600), (520, 600), (900, 1000), (120, 1000)], SAND)
    for x, y, color in ((250, 770, CORAL), (520, 820, TEAL)):
        easel.shape(
            [(x, y), (x + 60, y - 90), (x + 130, y - 60), (x + 230, y), (x + 270, y + 40), (x, y + 60)], color
        )
        easel.box(x - 10, y + 44, 290, 34, CREAM, round_by=17)
        for step in range(4):
            easel.line(
                [(x + 84 + step * 30, y - 52 + step * 14), (x + 116 + step * 28, y - 72 + step * 16)],
                CREAM,
                9,
            )
    easel.words(80, 70, "Ten minutes\nis a walk", 112, INK)
    easel.words(84, 350, "Tuesdays at 9, from the front door", 46, DEEP, bold=False)


def stethoscope(easel: Easel) -> None:
    """A stethoscope that lies in a loop."""
    easel.circle(560, 560, 370, "#cfe6e4")
    easel.arc(470, 430, 190, 0, 180, DEEP, 30)
    easel.line([(295, 430), (295, 300)], DEEP, 30)
    easel.line([(645, 430), (645, 300)], DEEP, 30)
    easel.circle(295, 284, 24, INK)
    easel.circle(645, 284, 24, INK)
    easel.line([(470, 605), (470, 700)], DEEP, 30)
    easel.arc(590, 700, 135, 0, 180, DEEP, 30)
    easel.line([(710, 700), (710, 600)], DEEP, 30)
    easel.circle(710, 560, 72, TEAL)
    easel.circle(710, 560, 44, CREAM)
    easel.words(80, 60, "We have room", 104, INK)
    easel.words(84, 900, "New to the area? Same-week first visits", 44, DEEP, bold=False)


def glucose(easel: Easel) -> None:
    """The blue circle of diabetes, and a meter."""
    easel.ring(680, 560, 230, "#3c7fc0", 64)
    easel.box(150, 430, 300, 430, DEEP, round_by=60)
    easel.box(190, 480, 220, 150, "#dff0e8", round_by=18)
    easel.line([(210, 590), (250, 560), (300, 575), (350, 530), (390, 545)], TEAL, 10)
    easel.circle(300, 720, 46, SUN)
    easel.box(272, 850, 56, 90, CREAM, round_by=10)
    easel.leaf(680, 620, 110, 88, 90, CORAL)
    easel.words(80, 60, "Six evenings\nand a pot of tea", 84, INK)
    easel.words(560, 860, "Our class costs nothing", 38, DEEP, bold=False)


def sleep(easel: Easel) -> None:
    """A moon over hills and a window that is still lit."""
    easel.circle(740, 400, 140, "#f4e3b2")
    easel.circle(798, 360, 122, "#22335c")
    for x, y in ((140, 430), (300, 480), (460, 420), (850, 150), (900, 560), (230, 580)):
        easel.circle(x, y, 6, CREAM)
    easel.circle(250, 1080, 420, "#2f4473")
    easel.circle(820, 1120, 460, "#3a528a")
    easel.box(380, 650, 190, 170, "#1a2746", round_by=6)
    easel.shape([(350, 655), (475, 555), (600, 655)], "#141e38")
    easel.box(445, 690, 60, 70, SUN, round_by=4)
    easel.words(80, 70, "Seven hours\nor more", 104, CREAM)
    easel.words(84, 900, "Most adults need it. Few of us get it.", 44, "#d7def0", bold=False)


def handwash(easel: Easel) -> None:
    """A tap, drops, and bubbles."""
    easel.box(240, 390, 330, 70, "#9db7bd", round_by=30)
    easel.box(500, 390, 70, 190, "#9db7bd", round_by=30)
    easel.box(330, 320, 80, 90, "#7f9ca3", round_by=16)
    easel.box(270, 296, 200, 40, "#7f9ca3", round_by=20)
    for y in (620, 690):
        easel.leaf(535, y + 40, 70, 46, 90, "#4f9fc4")
    for x, y, size in ((400, 790, 80), (560, 850, 110), (700, 780, 70), (300, 870, 60), (760, 890, 54)):
        easel.circle(x, y, size, "#e5f4f8")
        easel.ring(x, y, size, "#8cc4d8", 6)
        easel.circle(x - size * 0.35, y - size * 0.35, size * 0.18, CREAM)
    easel.words(80, 60, "20 seconds", 124, INK)
    easel.words(84, 196, "Soap, water, every finger", 46, DEEP, bold=False)
