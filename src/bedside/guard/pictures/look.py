"""Look at one picture: read it, find faces, decode codes, list the metadata.

The parts are in the modules beside this one. A picture is opened here once, turned upright, and bounded: what
claims more than `MAX_PIXELS` is refused before it is unpacked.
"""

import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from bedside.guard.material import MediaFacts
from bedside.guard.pictures.codes import Code, codes_in
from bedside.guard.pictures.faces import faces_in
from bedside.guard.pictures.metadata import metadata_of
from bedside.guard.pictures.shapes import Box, Pixels
from bedside.guard.pictures.writing import lines_in

MAX_PIXELS = 60_000_000
LONGEST_SIDE = 2000  # pixels; larger pictures are made smaller before they are read


class Unreadable(Exception):
    """This file is no picture that can be opened safely. The sentence says why."""


@dataclass(frozen=True)
class Seen:
    """What was seen. Boxes are in pixels of the upright picture, from its upper left corner."""

    width: int
    height: int
    text: str
    faces: tuple[Box, ...]
    codes: tuple[Code, ...]
    metadata: tuple[tuple[str, str], ...]

    def facts(self, *, content_hash: str = "", alt_text: str = "", file_name: str = "") -> MediaFacts:
        """The same as the guard judges it."""
        return MediaFacts(
            content_hash=content_hash,
            kind="image",
            alt_text=alt_text,
            file_name=file_name,
            text_in_picture=self.text,
            faces=len(self.faces),
            codes=tuple(code.text for code in self.codes),
            metadata=self.metadata,
        )

    def as_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return asdict(self) | {"metadata": dict(self.metadata)}


def look(path: Path | str) -> Seen:
    """Look at the picture in the file `path`. Raises Unreadable for what is none."""
    with _opened(Path(path)) as picture:
        metadata = metadata_of(picture)
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    scale = min(1.0, LONGEST_SIDE / max(upright.size))
    small = (
        upright if scale == 1.0 else upright.resize(_scaled(upright.size, scale), Image.Resampling.LANCZOS)
    )
    pixels: Pixels = np.asarray(small)
    return Seen(
        width=upright.width,
        height=upright.height,
        text="\n".join(lines_in(pixels)),
        faces=tuple(box.scaled(1 / scale) for box in faces_in(pixels)),
        codes=tuple(code.scaled(1 / scale) for code in codes_in(pixels)),
        metadata=metadata,
    )


def _opened(path: Path) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # bounded below, by our own figure
        try:
            picture = Image.open(path)
            if picture.width * picture.height > MAX_PIXELS:
                raise Unreadable(
                    f"The picture has {picture.width} × {picture.height} pixels, which is too many."
                )
            picture.load()
        except UnidentifiedImageError:
            raise Unreadable("This is not a picture, or of a kind that Bedside does not know.") from None
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as damaged:
            raise Unreadable(f"The picture is damaged ({type(damaged).__name__}).") from None
    return picture


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
