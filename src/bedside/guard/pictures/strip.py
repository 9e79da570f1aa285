"""The copy of a picture that may leave: the same pixels, upright, and nothing that a camera wrote into it."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from bedside.guard.pictures.look import Unreadable, opened

QUALITY = 92
MOST_PIXELS = 40_000_000  # of all frames of an animation, which lie in memory together
_SUFFIXES = {"GIF": ".gif", "WEBP": ".webp"}


def stripped(path: Path | str) -> tuple[bytes, str]:
    """The bytes of a clean copy and its suffix (".jpg" or ".png"). Raises Unreadable for what is no picture.

    The picture is decoded and encoded anew, so that hidden parts (a second file behind the picture, thumbnails of
    the uncropped original, maker's notes) are gone too.
    """
    try:
        with opened(Path(path)) as picture:
            if getattr(picture, "is_animated", False) and picture.format in ("GIF", "WEBP"):
                return _animation(picture), _SUFFIXES[picture.format]
            upright = ImageOps.exif_transpose(picture)
            has_alpha = "A" in upright.getbands() or "transparency" in upright.info
            pixels = upright.convert("RGBA" if has_alpha else "RGB")
    except (OSError, SyntaxError, ValueError, EOFError) as damaged:
        raise Unreadable(f"The picture could not be opened ({type(damaged).__name__}).") from None
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    out = BytesIO()
    if has_alpha or _is_png(path):
        clean.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), ".jpg"


def _animation(picture: Image.Image) -> bytes:
    """The frames and their times, and nothing else."""
    if picture.width * picture.height * getattr(picture, "n_frames", 1) > MOST_PIXELS:
        raise Unreadable("This animation is too long or too large to be encoded anew.")
    frames, waits = [], []
    for frame in ImageSequence.Iterator(picture):
        waits.append(max(20, int(frame.info.get("duration", 100) or 100)))
        still = frame.convert("RGBA")
        still.info.clear()
        frames.append(still)
    out = BytesIO()
    more = {"disposal": 2} if picture.format == "GIF" else {"quality": 85}
    frames[0].save(
        out, picture.format, save_all=True, append_images=frames[1:], duration=waits, loop=0, **more
    )
    return out.getvalue()


def _is_png(path: Path | str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(8) == b"\x89PNG\r\n\x1a\n"
