"""Pictures for posts, drawn on the spot."""

import hashlib
import io
import random

from PIL import Image

from bedside.networks.contract import MediaFile


def picture(alt_text: str = "A nurse holds a syringe.", *, size: tuple[int, int] = (64, 48)) -> MediaFile:
    """A small plain JPEG."""
    return media(_jpeg(Image.new("RGB", size, "teal"), quality=80), alt_text, size)


def heavy_picture(alt_text: str = "Confetti.", *, side: int = 1600) -> MediaFile:
    """A JPEG of random dots, which weighs several megabytes."""
    dots = random.Random(7).randbytes(side * side * 3)
    return media(_jpeg(Image.frombytes("RGB", (side, side), dots), quality=95), alt_text, (side, side))


def media(content: bytes, alt_text: str, size: tuple[int, int], mime: str = "image/jpeg") -> MediaFile:
    """These bytes as the library would hand them over."""
    return MediaFile(
        content_hash=hashlib.sha256(content).hexdigest(),
        mime=mime,
        size=len(content),
        width=size[0],
        height=size[1],
        alt_text=alt_text,
        open=lambda: io.BytesIO(content),
    )


def _jpeg(drawn: Image.Image, *, quality: int) -> bytes:
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=quality)
    return out.getvalue()
