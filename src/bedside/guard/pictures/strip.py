"""The copy of a picture that may leave: the same pixels, upright, and nothing that a camera wrote into it."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from bedside.guard.pictures.look import Unreadable

QUALITY = 92


def stripped(path: Path | str) -> tuple[bytes, str]:
    """The bytes of a clean copy and its suffix (".jpg" or ".png"). Raises Unreadable for what is no picture.

    The picture is decoded and encoded anew, so that hidden parts (a second file behind the picture, thumbnails of
    the uncropped original, maker's notes) are gone too.
    """
    try:
        with Image.open(path) as picture:
            upright = ImageOps.exif_transpose(picture)
            has_alpha = "A" in upright.getbands() or "transparency" in upright.info
            pixels = upright.convert("RGBA" if has_alpha else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as damaged:
        raise Unreadable(f"The picture could not be opened ({type(damaged).__name__}).") from None
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    out = BytesIO()
    if has_alpha or _is_png(path):
        clean.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), ".jpg"


def _is_png(path: Path | str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(8) == b"\x89PNG\r\n\x1a\n"
