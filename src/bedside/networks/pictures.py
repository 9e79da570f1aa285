"""How does a picture become small enough for a network?

Copies that leave are made here, from a file that the library has already cleaned of its metadata; the file
in the library is never touched. A picture that fits is passed on byte for byte.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from bedside.networks.account import Limits
from bedside.networks.outcomes import Refused
from bedside.networks.outgoing import MediaFile
from bedside.networks.words import sentence as _

QUALITIES = (90, 82, 74, 66)
SHRINK_BY = 0.8
SMALLEST_SIDE = 320
# What a copy may become; everything else (HEIC, TIFF, BMP) is turned into JPEG.
_JPEG = "image/jpeg"


def copy_that_fits(media: MediaFile, limits: Limits) -> tuple[bytes, str]:
    """The bytes to upload and their type. Raises `Refused` when the picture cannot be read or made to fit."""
    with media.open() as source:
        original = source.read()
    if _fits(media, len(original), limits):
        return original, media.mime
    try:
        with Image.open(io.BytesIO(original)) as picture:
            return _shrunk(ImageOps.exif_transpose(picture), limits), _JPEG
    except (OSError, ValueError, Image.DecompressionBombError) as reason:
        raise Refused(
            _("A picture could not be read. Open it in a picture program, save it as JPEG and add it again."),
            code="picture_unreadable",
        ) from reason


def _fits(media: MediaFile, size: int, limits: Limits) -> bool:
    pixels = media.width * media.height
    return (
        media.mime in limits.mime_types
        and (limits.max_image_bytes is None or size <= limits.max_image_bytes)
        and (limits.max_image_pixels is None or pixels <= limits.max_image_pixels)
    )


def _shrunk(picture: Image.Image, limits: Limits) -> bytes:
    flat = _on_white(picture)
    if limits.max_image_pixels and flat.width * flat.height > limits.max_image_pixels:
        flat = _scaled(flat, (limits.max_image_pixels / (flat.width * flat.height)) ** 0.5)
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            flat.save(out, "JPEG", quality=quality, optimize=True)
            if limits.max_image_bytes is None or out.tell() <= limits.max_image_bytes:
                return out.getvalue()
        if min(flat.size) * SHRINK_BY < SMALLEST_SIDE:
            raise Refused(
                _("A picture stays too large for this network however small we make it. Use another one."),
                code="picture_too_large",
            )
        flat = _scaled(flat, SHRINK_BY)


def _scaled(picture: Image.Image, factor: float) -> Image.Image:
    size = (max(1, int(picture.width * factor)), max(1, int(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _on_white(picture: Image.Image) -> Image.Image:
    """JPEG knows no transparency: what was clear becomes white, as on a page."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        white.alpha_composite(clear)
        return white.convert("RGB")
    return picture.convert("RGB")
