"""Look at one picture: read it, find faces, decode codes, list the metadata.

The parts are in the modules beside this one; films and animations are in `film.py`. A picture is opened here
once, turned upright, and bounded: what claims more than `MAX_PIXELS` is refused before it is unpacked.
"""

import warnings
from pathlib import Path

import numpy as np
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from bedside.guard.pictures.codes import codes_in
from bedside.guard.pictures.faces import faces_in
from bedside.guard.pictures.metadata import metadata_of
from bedside.guard.pictures.seen import Code, Face, Line, Seen
from bedside.guard.pictures.shapes import Pixels
from bedside.guard.pictures.writing import rows_in

MAX_PIXELS = 60_000_000
LONGEST_SIDE = 4200  # pixels; larger pictures are made smaller before they are looked at
BETWEEN = "  "  # pieces of one row
BLANK = 6  # of 255; what differs by less is no writing that anybody sees
GLANCE = 16  # every sixteenth pixel of every sixteenth row tells most pictures from a blank one
HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc")
pi_heif.register_heif_opener()


class Unreadable(Exception):
    """This file is no picture that can be opened safely. The sentence says why."""


def look(path: Path | str) -> Seen:
    """Look at the picture in the file `path`. Raises Unreadable for what is none."""
    with opened(Path(path)) as picture:
        metadata = metadata_of(picture)
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    scale = min(1.0, LONGEST_SIDE / max(upright.size))
    small = (
        upright if scale == 1.0 else upright.resize(_scaled(upright.size, scale), Image.Resampling.LANCZOS)
    )
    return look_at_pixels(np.asarray(small)).enlarged(1 / scale, upright.size, metadata)


def look_at_pixels(pixels: Pixels, *, second: float | None = None) -> Seen:
    """Look at unpacked pixels; `second` is where in a film they are from. Films fade from and to a single color:
    there nothing is sought."""
    if _is_blank(pixels):
        return Seen(width=pixels.shape[1], height=pixels.shape[0], text="")
    text, lines = "", []
    for row in rows_in(pixels):
        text += "\n" if text else ""
        for number, piece in enumerate(row):
            text += BETWEEN if number else ""
            lines.append(Line(piece.text, len(text), piece.box, piece.contrast, second))
            text += piece.text
    return Seen(
        width=pixels.shape[1],
        height=pixels.shape[0],
        text=text,
        lines=tuple(lines),
        faces=tuple(Face(box, second) for box in faces_in(pixels)),
        codes=tuple(Code(code.kind, code.text, code.box, second) for code in codes_in(pixels)),
    )


def _is_blank(pixels: Pixels) -> bool:
    """Whether the picture is of one color."""
    return all(
        int(np.ptp(some[..., channel])) < BLANK
        for some in (pixels[::GLANCE, ::GLANCE], pixels)
        for channel in range(pixels.shape[2])
    )


def opened(path: Path) -> Image.Image:
    """The picture, unpacked. Raises Unreadable with a sentence; nothing is unpacked before its size is known."""
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
            raise Unreadable(_unknown(path)) from None
        except Image.DecompressionBombError:
            raise Unreadable("The picture has too many pixels to be opened safely.") from None
        except FileNotFoundError:
            raise Unreadable("There is no such file.") from None
        except IsADirectoryError:
            raise Unreadable("This is a folder, not a picture.") from None
        except PermissionError:
            raise Unreadable("This file may not be read.") from None
        except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as damaged:
            raise Unreadable(f"The picture is damaged ({type(damaged).__name__}).") from None
    return picture


def _unknown(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        return "This HEIC picture is damaged, or one that moves. Export it as JPEG."
    return "This is not a picture, or of a kind that Bedside does not know."


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
