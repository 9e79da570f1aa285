"""How is a poster drawn? A canvas with the few shapes that the demonstration's pictures are made of.

Everything is drawn at twice its size and made smaller at the end, so that edges are smooth. Measures are in a
square of 1000 by 1000. What the pictures show is in `pictures`.
"""

import math
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIDE = 1000
FINE = 2
Point = tuple[float, float]


class Easel:
    """One square poster; colors are hexadecimal words."""

    def __init__(self, background: str) -> None:
        self.image = Image.new("RGB", (SIDE * FINE, SIDE * FINE), background)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, wide: float, high: float, color: str, *, round_by: float = 0) -> None:
        """A rectangle from its upper left corner."""
        corners = _fine([(x, y), (x + wide, y + high)])
        self._draw.rounded_rectangle(corners, radius=round_by * FINE, fill=color)

    def circle(self, x: float, y: float, radius: float, color: str) -> None:
        """A disc around a point."""
        self._draw.ellipse(_fine([(x - radius, y - radius), (x + radius, y + radius)]), fill=color)

    def oval(self, x: float, y: float, wide: float, high: float, color: str) -> None:
        """An ellipse around a point."""
        self._draw.ellipse(_fine([(x - wide / 2, y - high / 2), (x + wide / 2, y + high / 2)]), fill=color)

    def ring(self, x: float, y: float, radius: float, color: str, thick: float) -> None:
        """A circle that is empty inside."""
        corners = _fine([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.ellipse(corners, outline=color, width=int(thick * FINE))

    def arc(
        self, x: float, y: float, radius: float, start: float, end: float, color: str, thick: float
    ) -> None:
        """A piece of a circle, in degrees clockwise from the right."""
        corners = _fine([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.arc(corners, start, end, fill=color, width=int(thick * FINE))

    def slice(self, x: float, y: float, radius: float, start: float, end: float, color: str) -> None:
        """A piece of a pie, in degrees clockwise from the right."""
        corners = _fine([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.pieslice(corners, start, end, fill=color)

    def shape(self, points: Sequence[Point], color: str) -> None:
        """A filled polygon."""
        self._draw.polygon(_fine(points), fill=color)

    def line(self, points: Sequence[Point], color: str, thick: float) -> None:
        """A stroke with round ends."""
        self._draw.line(_fine(points), fill=color, width=int(thick * FINE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.circle(x, y, thick / 2, color)

    def leaf(self, x: float, y: float, long: float, wide: float, degrees: float, color: str) -> None:
        """A pointed leaf from its foot in a direction (0 is to the right, 90 is up)."""
        turn = math.radians(degrees)
        ahead, aside = (math.cos(turn), -math.sin(turn)), (math.sin(turn), math.cos(turn))
        steps = [step / 24 for step in range(25)]
        edge = [(along * long, math.sin(along * math.pi) * wide / 2) for along in steps]
        points = [(a, s) for a, s in edge] + [(a, -s) for a, s in reversed(edge)]
        self.shape(
            [(x + a * ahead[0] + s * aside[0], y + a * ahead[1] + s * aside[1]) for a, s in points], color
        )

    def heart(self, x: float, y: float, size: float, color: str) -> None:
        """A heart around a point."""
        turns = [step * math.tau / 90 for step in range(90)]
        points = [
            (
                x + size * math.sin(t) ** 3,
                y
                - size
                * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t))
                / 16,
            )
            for t in turns
        ]
        self.shape(points, color)

    def words(self, x: float, y: float, text: str, size: float, color: str, *, bold: bool = True) -> None:
        """Lines of text from their upper left corner."""
        font = ImageFont.load_default(size * FINE)
        weight = int(size * FINE / 42) if bold else 0
        place, apart = (x * FINE, y * FINE), size * FINE * 0.28
        self._draw.multiline_text(
            place, text, color, font=font, spacing=apart, stroke_width=weight, stroke_fill=color
        )

    def jpeg(self) -> bytes:
        """The finished poster."""
        out = BytesIO()
        self.image.reduce(FINE).save(out, "JPEG", quality=92, subsampling=0)
        return out.getvalue()


def _fine(points: Sequence[Point]) -> list[Point]:
    return [(x * FINE, y * FINE) for x, y in points]
