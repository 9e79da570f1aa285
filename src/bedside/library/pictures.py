"""From an uploaded picture to the copy that may leave: decoded, turned upright, without metadata, encoded anew.

Nothing of the uploaded bytes survives, only pixels: what hides behind or inside a picture (a second file,
a script, GPS, the name of a device) stays with the original. What the file claims to be does not count.
Telephones' HEIC becomes JPEG, because no network takes HEIC.
"""

import io
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pi_heif
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from bedside.foundation.refusal import Refusal
from bedside.library.files import refuse_if_full

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF")
MOST_PIXELS = 60_000_000  # decoded 240 MB at the worst; a 48-megapixel telephone fits
MOST_ANIMATED_PIXELS = 40_000_000  # over all frames together, which lie in memory at once
THUMBNAIL = (640, 640)
_TELEPHONES = ("JPEG", "MPO", "HEIF")  # written as JPEG
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_one_at_a_time = threading.Lock()  # unpacked pictures are large; several at once could exhaust the memory
_MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
pi_heif.register_heif_opener()
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}


@dataclass(frozen=True)
class Cleaned:
    """A clean copy as a draft file, its measures, and in words what was taken out of it."""

    kind: Literal["image", "gif", "video"]
    mime: str
    suffix: str
    path: Path
    width: int
    height: int
    removed: tuple[str, ...] = ()
    thumbnail: Path | None = None
    has_sound: bool = False
    seconds: float = 0.0


def is_heic(head: bytes) -> bool:
    """Whether a file that begins so is a HEIC picture; AVIF is of the same family and another kind."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC and b"avif" not in head[8:64]


def clean_picture(source: Path, drafts: Path) -> Cleaned:
    """Make the clean copy and the thumbnail of a picture. Refuses what is no picture, damaged or a bomb."""
    with _one_at_a_time:
        return _clean(source, drafts)


def _clean(source: Path, drafts: Path) -> Cleaned:
    _check(source)
    try:
        with Image.open(source, formats=FORMATS) as image:
            removed = tuple(_metadata_in(image))
            if getattr(image, "is_animated", False) and image.format in ("GIF", "WEBP"):
                return _clean_animation(image, drafts, removed)
            return _clean_still(image, drafts, removed)
    except (OSError, SyntaxError, ValueError, EOFError) as broken:
        if isinstance(broken, OSError):
            refuse_if_full(broken)  # what could not be written is not damaged
        raise Refusal("damaged", _damaged()) from broken


def _check(source: Path) -> None:
    """Look at the header alone: nothing is decoded before its size is known."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", Image.DecompressionBombWarning
            )  # our own limit is lower and speaks
            with Image.open(source, formats=FORMATS) as image:
                _check_pixels(image)
            with Image.open(source, formats=FORMATS) as image:
                image.verify()
    except UnidentifiedImageError:
        with source.open("rb") as file:
            if is_heic(file.read(64)):
                raise Refusal("damaged", _damaged()) from None
        raise Refusal("not_a_picture", _("This file is no picture that Bedside can read.")) from None
    except Image.DecompressionBombError:
        raise Refusal("too_many_pixels", _too_many()) from None
    except (OSError, SyntaxError, ValueError, EOFError) as broken:
        raise Refusal("damaged", _damaged()) from broken


def _check_pixels(image: Image.Image) -> None:
    one = image.width * image.height
    if one > MOST_PIXELS:
        raise Refusal("too_many_pixels", _too_many())
    is_animated = image.format in ("GIF", "WEBP") and getattr(image, "is_animated", False)
    if is_animated and one * getattr(image, "n_frames", 1) > MOST_ANIMATED_PIXELS:
        raise Refusal(
            "too_many_pixels",
            _("This animation is too long or too large. Make it shorter or smaller and upload it again."),
        )


def _clean_still(image: Image.Image, drafts: Path, removed: tuple[str, ...]) -> Cleaned:
    form = "JPEG" if image.format in _TELEPHONES else image.format or "PNG"
    upright = _in_srgb(ImageOps.exif_transpose(image))
    upright.info.clear()  # else the encoder would write comments, text and profiles again
    if form == "JPEG" or (form == "GIF" and not _has_alpha(upright)):
        upright = upright.convert("RGB")
    target = drafts / f"{source_name(image)}.clean"
    if form == "JPEG":
        upright.save(target, "JPEG", quality=90, optimize=True, progressive=True)
    elif form == "WEBP":
        upright.save(target, "WEBP", quality=90, method=4)
    else:
        form = "PNG"
        upright.save(target, "PNG", optimize=upright.width * upright.height < 4_000_000)
    thumbnail = _thumbnail(upright, drafts / f"{source_name(image)}.thumb")
    return Cleaned(
        "image", _MIMES[form], _SUFFIXES[form], target, *upright.size, removed=removed, thumbnail=thumbnail
    )


def _clean_animation(image: Image.Image, drafts: Path, removed: tuple[str, ...]) -> Cleaned:
    form = image.format or "GIF"
    frames, waits = [], []
    for frame in ImageSequence.Iterator(image):
        waits.append(max(20, int(frame.info.get("duration", 100) or 100)))
        still = frame.convert("RGBA")
        still.info.clear()
        frames.append(still)
    target = drafts / f"{source_name(image)}.clean"
    frames[0].save(
        target,
        form,
        save_all=True,
        append_images=frames[1:],
        duration=waits,
        loop=0,
        **_animation_options(form),
    )
    thumbnail = _thumbnail(frames[0], drafts / f"{source_name(image)}.thumb")
    return Cleaned(
        "gif", _MIMES[form], _SUFFIXES[form], target, *frames[0].size, removed=removed, thumbnail=thumbnail
    )


def _animation_options(form: str) -> dict[str, int]:
    return {"disposal": 2} if form == "GIF" else {"quality": 85}


def source_name(image: Image.Image) -> str:
    """The name of the draft that an opened picture lies in."""
    return Path(str(getattr(image, "filename", "picture"))).name


def _thumbnail(image: Image.Image, target: Path) -> Path:
    small = image.copy()
    small.thumbnail(THUMBNAIL)
    small.convert("RGBA" if _has_alpha(small) else "RGB").save(target, "WEBP", quality=80, method=4)
    return target


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture with its colors meant as sRGB: the profile that said otherwise is about to be dropped."""
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "PA", "LA", "La"):
        image = image.convert("RGBA")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            turned = ImageCms.profileToProfile(
                image,
                ImageCms.getOpenProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
        except (ImageCms.PyCMSError, OSError):
            turned = None  # a broken profile: the plain numbers are the best guess
        if turned is not None:
            return turned
    return image if image.mode in ("RGB", "RGBA", "L") else image.convert("RGB")


def _has_alpha(image: Image.Image) -> bool:
    return "A" in image.mode and image.getchannel("A").getextrema() != (255, 255)


def _metadata_in(image: Image.Image) -> Iterator[str]:
    exif = image.getexif()
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        yield "position"
    if exif.get(ExifTags.Base.Make) or exif.get(ExifTags.Base.Model):
        yield "device"
    if exif.get(ExifTags.Base.DateTime) or exif.get_ifd(ExifTags.IFD.Exif).get(
        ExifTags.Base.DateTimeOriginal
    ):
        yield "date"
    if exif.get(ExifTags.Base.Artist) or exif.get(ExifTags.Base.Copyright):
        yield "author"
    if {"xmp", "photoshop", "comment", "Comment", "Description", "Title", "Author"} & set(image.info):
        yield "text"


def _too_many() -> str:
    return _(
        "This picture unpacks to more than %(millions)d million pixels. Make it smaller and upload it again."
    ) % {"millions": MOST_PIXELS // 1_000_000}


def _damaged() -> str:
    return _(
        "This picture is damaged and cannot be read to its end. Export it again and upload the new file."
    )
