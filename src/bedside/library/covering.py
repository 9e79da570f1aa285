"""Covering parts of a picture for good: the copy has other pixels there, and nothing of what was below.

A box is one dark color. A blur keeps a dozen averaged colors of the whole area, whatever its size, rounded and
smoothed, so that neither sharpening nor trying out letters brings anything back. Letters and codes get a box
even where a blur was asked for: how blurred letters looked can be tried out, how a box looked can not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFilter, ImageSequence

Way = Literal["box", "blur"]
INK = (24, 28, 32)
CELLS = 3  # averaged colors along the shorter side; at most one more along the longer
STEP = 16  # colors are rounded to multiples of this
MARGIN = 0.06  # of an area's shorter side, so that no edge of a letter is left
FACE_MARGIN = 0.3  # a face is found from brow to chin; hair and jaw tell, too
QUALITY = 95


@dataclass(frozen=True)
class Area:
    """A rectangle in pixels of the clean file, what it shows ("text", "face", "code", "own") and how it is covered."""

    x: int
    y: int
    width: int
    height: int
    kind: str = "own"
    way: Way = "box"

    @property
    def is_blurred(self) -> bool:
        """Whether it is blurred; what can be read never is."""
        return self.way == "blur" and self.kind not in ("text", "code")

    def touches(self, other: "Area") -> bool:
        """Whether both have a pixel in common."""
        across = min(self.x + self.width, other.x + other.width) > max(self.x, other.x)
        return across and min(self.y + self.height, other.y + other.height) > max(self.y, other.y)

    def edges(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, right and bottom with a margin, inside a picture of that size."""
        part = FACE_MARGIN if self.kind == "face" else MARGIN
        margin = max(2, round(part * min(self.width, self.height)))
        left, top = max(0, self.x - margin), max(0, self.y - margin)
        right, bottom = self.x + self.width + margin, self.y + self.height + margin
        return left, top, min(size[0], right), min(size[1], bottom)


def cover(clean: Path, areas: Iterable[Area], target: Path) -> Path:
    """Write the picture with these areas covered to `target`, in its own format, moving or not."""
    wanted = list(areas)
    with Image.open(clean) as picture:
        form = picture.format or "PNG"
        waits, frames = [], []
        for frame in ImageSequence.Iterator(picture):
            waits.append(max(20, int(frame.info.get("duration", 100) or 100)))
            has_alpha = "A" in frame.getbands() or "transparency" in frame.info
            frames.append(_covered(frame.convert("RGBA" if has_alpha else "RGB"), wanted))
    if len(frames) > 1:
        more = {"disposal": 2} if form == "GIF" else {"quality": 90}
        frames[0].save(target, form, save_all=True, append_images=frames[1:], duration=waits, loop=0, **more)
    else:
        frames[0].save(target, form, **({"quality": QUALITY} if form in ("JPEG", "WEBP") else {}))
    return target


def _covered(frame: Image.Image, areas: list[Area]) -> Image.Image:
    made = Image.new(frame.mode, frame.size)  # new, so that nothing travels along but pixels
    made.paste(frame)
    pen = ImageDraw.Draw(made)
    for area in sorted(areas, key=lambda each: not each.is_blurred):  # boxes last, over any blur
        left, top, right, bottom = area.edges(made.size)
        if right <= left or bottom <= top:
            continue
        if area.is_blurred:
            made.paste(_blurred(made.crop((left, top, right, bottom))), (left, top))
        else:
            pen.rectangle((left, top, right - 1, bottom - 1), fill=INK)
    return made


def _blurred(part: Image.Image) -> Image.Image:
    width, height = part.size
    cells = (CELLS + (width > height), CELLS + (height > width))
    few = part.resize(cells, Image.Resampling.BOX).point(lambda value: value // STEP * STEP + STEP // 2)
    radius = min(width, height) / (2 * CELLS)
    return few.resize(part.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(radius))
