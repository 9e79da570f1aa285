"""What a camera or a program wrote into a picture: place, time, device, author, captions.

EXIF, XMP, IPTC keywords as far as Pillow reads them, PNG texts and comments. All of it is removed from what
leaves; it is listed here so that a person knows what the original holds, and so that the guard can judge it.
"""

import html
import re
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

LONGEST = 500  # characters of one value
MOST_XMP = 1_000_000  # bytes of one packet
# Everything but what holds the packet together.
_XMP_NAME = r"(?!(?:rdf|x|xmlns|xml):)[A-Za-z][\w-]{0,40}:(\w{1,60})"
_GPS = ExifTags.IFD.GPSInfo
_INNER = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
_READ_ELSEWHERE = {"exif", "xmp", "icc_profile", "xml:com.adobe.xmp"}
_IPTC = {
    (2, 5): "title",
    (2, 25): "keywords",
    (2, 40): "instructions",
    (2, 55): "date created",
    (2, 80): "byline",
    (2, 90): "city",
    (2, 92): "location",
    (2, 105): "headline",
    (2, 116): "copyright",
    (2, 120): "caption",
}
_DULL = {
    "ExifOffset",
    "GPSInfo",
    "MakerNote",
    "JPEGInterchangeFormat",
    "JPEGInterchangeFormatLength",
    "Orientation",
}


def metadata_of(picture: Image.Image) -> tuple[tuple[str, str], ...]:
    """Names and values, sorted by name; a position is written as decimal degrees under "position"."""
    found = dict(_exif(picture)) | dict(_texts(picture)) | dict(_iptc(picture)) | dict(_xmp(picture))
    return tuple(sorted((name, value[:LONGEST]) for name, value in found.items() if value.strip()))


def _exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    exif = picture.getexif()
    for tag, value in exif.items():
        name = ExifTags.TAGS.get(tag, f"exif {tag}")
        if name not in _DULL:
            yield name, _plain(value)
    for tag, value in exif.get_ifd(ExifTags.IFD.Exif).items():
        name = ExifTags.TAGS.get(tag, f"exif {tag}")
        if name not in _DULL:
            yield name, _plain(value)
    if position := _position(exif.get_ifd(_GPS)):
        yield "position", position


def _position(gps: dict[int, Any]) -> str:
    try:
        latitude, longitude = _degrees(gps[2]), _degrees(gps[4])
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return ""
    north, east = str(gps.get(1, "N")).startswith("N"), str(gps.get(3, "E")).startswith("E")
    return f"{latitude if north else -latitude:.5f}, {longitude if east else -longitude:.5f}"


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _texts(picture: Image.Image) -> Iterator[tuple[str, str]]:
    for name, value in picture.info.items():
        if (
            isinstance(name, str)
            and isinstance(value, str | bytes)
            and name.lower() not in ("exif", "xmp", "icc_profile")
        ):
            yield name, _plain(value)


def _iptc(picture: Image.Image) -> Iterator[tuple[str, str]]:
    if not isinstance(picture, ImageFile.ImageFile):
        return
    try:
        found = IptcImagePlugin.getiptcinfo(picture) or {}
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError):
        return  # damaged: it is dropped with everything else
    for key, value in found.items():
        if name := _IPTC.get(key):
            parts = value if isinstance(value, list) else [value]
            yield f"iptc {name}" if name == "title" else name, ", ".join(_plain(part) for part in parts)


def _xmp(picture: Image.Image) -> Iterator[tuple[str, str]]:
    raw = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    yield from xmp_in(raw if isinstance(raw, bytes) else str(raw).encode())


def xmp_in(raw: bytes) -> Iterator[tuple[str, str]]:
    """The texts of an XMP packet, whether written as elements or as attributes; places keep their own names."""
    text = raw[:MOST_XMP].decode("utf-8", "replace")
    elements = re.findall(
        rf"<{_XMP_NAME}(?:\s[^<>]{{0,500}})?>([^<]{{0,2000}}(?:<rdf:[^<]{{0,2000}}){{0,60}})", text
    )
    attributes = re.findall(rf"\s{_XMP_NAME}\s*=\s*[\"']([^\"'<>]{{1,2000}})[\"']", text)
    for name, value in (*elements, *attributes):
        plain = html.unescape(" ".join(re.sub(r"</?[^>]{1,300}>", " ", value).split()))
        if plain:
            yield name if name.startswith("GPS") else f"xmp {name}", plain


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        value = value.removeprefix(b"ASCII\x00\x00\x00").decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
