"""Pictures for posts, drawn on the spot, and a film with its subtitles."""

import hashlib
import io
import random
from dataclasses import replace
from pathlib import Path

from PIL import Image

from bedside.networks.contract import MediaFile, Subtitles

FILM = (Path(__file__).parents[1] / "fixtures" / "ward.mp4").read_bytes()
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nWelcome to our ward.\n"


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


def film(
    alt_text: str = "A walk through our ward.", *, vtt: bytes | None = VTT, language: str = "es"
) -> MediaFile:
    """A short film; without subtitles where `vtt` is none."""
    made = replace(media(FILM, alt_text, (640, 360), "video/mp4"), seconds=4.5)
    if vtt is None:
        return made
    subtitles = Subtitles(hashlib.sha256(vtt).hexdigest(), len(vtt), language, read=lambda: vtt)
    return replace(made, subtitles=subtitles)


def _jpeg(drawn: Image.Image, *, quality: int) -> bytes:
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=quality)
    return out.getvalue()
