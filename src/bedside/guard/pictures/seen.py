"""What was seen in a picture or a film, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from bedside.guard.material import MediaFacts
from bedside.guard.pictures.shapes import Box

FAINT = 4.5  # the least contrast of text (WCAG 2.1, success criterion 1.4.3)
FAINT_LARGE = 3.0  # the least contrast of large text (18 points, which is 24 pixels)
LARGE = 24  # pixels of a letter's height, of a picture as wide as a telephone shows it
SHOWN_WIDTH = 800  # pixels of width in which networks show a picture at most


@dataclass(frozen=True)
class Line:
    """Words in a picture: where they begin in the text of the whole, their place, their contrast, and the second."""

    text: str
    start: int
    box: Box
    contrast: float = 0.0
    second: float | None = None


@dataclass(frozen=True)
class Face:
    """A face, and where in a film it was seen."""

    box: Box
    second: float | None = None


@dataclass(frozen=True)
class Code:
    """A code, what kind it is ("QRCode", "Code128"), what it says, and where in a film it was seen."""

    kind: str
    text: str
    box: Box
    second: float | None = None


@dataclass(frozen=True)
class Seen:
    """What was seen. Boxes are in pixels of the upright picture, from its upper left corner.

    `seconds` are the moments of a film that were looked at; a picture has none. In a document (PDF) the `second` of a
    line, face or code is the number of its page, from 1, and its boxes are in pixels of the page as it was drawn.
    `flashes` are the passages, from which second to which, in which a film or animation flashes too often; where
    `is_read_whole` is False, it was too long for all its frames to be compared for that.
    """

    width: int
    height: int
    text: str
    lines: tuple[Line, ...] = ()
    faces: tuple[Face, ...] = ()
    codes: tuple[Code, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    kind: Literal["image", "gif", "video", "document"] = "image"
    seconds: tuple[float, ...] = ()
    captions: str = ""
    flashes: tuple[tuple[float, float], ...] = ()
    is_read_whole: bool = True

    @property
    def most_faces(self) -> int:
        """How many faces are seen at once."""
        moments = [face.second for face in self.faces]
        return max((moments.count(moment) for moment in set(moments)), default=0)

    @property
    def faint(self) -> tuple[str, ...]:
        """Words of a graphic whose contrast is too low to be read by everybody."""
        return tuple(line.text for line in self.lines if 0 < line.contrast < self._least(line))

    def lines_at(self, start: int, end: int) -> Iterator[Line]:
        """The lines that hold a piece of the text."""
        for line in self.lines:
            if line.start < end and start < line.start + len(line.text):
                yield line

    def facts(self, *, content_hash: str = "", alt_text: str = "", file_name: str = "") -> MediaFacts:
        """The same as the guard judges it."""
        return MediaFacts(
            content_hash=content_hash,
            kind=self.kind,
            alt_text=alt_text,
            file_name=file_name,
            captions=self.captions,
            text_in_picture=self.text,
            faces=self.most_faces,
            codes=tuple(code.text for code in self.codes),
            metadata=self.metadata,
            faint=self.faint,
            flashes=self.flashes,
        )

    def enlarged(
        self, factor: float, size: tuple[int, int], metadata: tuple[tuple[str, str], ...] = ()
    ) -> Seen:
        """The same in a picture of that size, `factor` times as large."""
        return replace(
            self,
            width=size[0],
            height=size[1],
            lines=tuple(replace(each, box=each.box.scaled(factor)) for each in self.lines),
            faces=tuple(replace(each, box=each.box.scaled(factor)) for each in self.faces),
            codes=tuple(replace(each, box=each.box.scaled(factor)) for each in self.codes),
            metadata=metadata,
        )

    def as_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return asdict(self) | {
            "metadata": dict(self.metadata),
            "most_faces": self.most_faces,
            "faint": list(self.faint),
        }

    def _least(self, line: Line) -> float:
        shown = min(1.0, SHOWN_WIDTH / self.width) if self.width else 1.0
        return FAINT_LARGE if min(line.box.height, line.box.width) * shown >= LARGE else FAINT
