"""Do pictures leave unharmed where they fit, and made to fit where they do not?"""

import io

import pytest
from PIL import Image
from tests.networks.pictures import heavy_picture, media, picture

from bedside.networks.contract import Limits, Refused
from bedside.networks.pictures import copy_that_fits

ROOMY = Limits(max_characters=500, max_image_bytes=5_000_000)


def drawn(mode: str, kind: str, size: tuple[int, int] = (80, 40), **save: object) -> bytes:
    out = io.BytesIO()
    color = (200, 30, 30, 0)[: len(mode)] if mode != "P" else 5
    Image.new(mode, size, color).save(out, kind, **save)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_picture_that_fits_is_passed_on_byte_for_byte() -> None:
    fits = picture()
    assert copy_that_fits(fits, ROOMY) == (fits.open().read(), "image/jpeg")


def test_a_picture_that_is_too_heavy_becomes_lighter_and_keeps_its_shape() -> None:
    limits = Limits(max_characters=300, max_image_bytes=300_000)
    content, mime = copy_that_fits(heavy_picture(), limits)
    shown = opened(content)
    assert (mime, len(content) <= 300_000) == ("image/jpeg", True)
    assert shown.width == shown.height > 320


def test_a_picture_with_too_many_pixels_becomes_smaller() -> None:
    limits = Limits(max_characters=500, max_image_pixels=10_000)
    content, _mime = copy_that_fits(picture(size=(400, 200)), limits)
    assert opened(content).size == (141, 70)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK"])
def test_a_kind_that_the_network_does_not_take_becomes_jpeg(mode: str) -> None:
    kind = "TIFF"
    content, mime = copy_that_fits(media(drawn(mode, kind), "", (80, 40), "image/tiff"), ROOMY)
    assert mime == "image/jpeg"
    assert (opened(content).format, opened(content).size) == ("JPEG", (80, 40))


def test_what_was_clear_becomes_white() -> None:
    content, _mime = copy_that_fits(media(drawn("RGBA", "TIFF"), "", (80, 40), "image/tiff"), ROOMY)
    assert min(opened(content).getpixel((40, 20))) > 250


def test_a_picture_taken_sideways_stands_upright_afterwards() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    source = media(drawn("RGB", "JPEG", exif=turned), "", (80, 40), "image/jpeg")
    content, _mime = copy_that_fits(source, Limits(max_characters=500, max_image_bytes=700))
    assert opened(content).size == (40, 80)


def test_a_copy_carries_no_metadata() -> None:
    place = Image.Exif()
    place[0x010E] = "Room 12"
    source = media(drawn("RGB", "TIFF", exif=place), "", (80, 40), "image/tiff")
    content, _mime = copy_that_fits(source, ROOMY)
    assert b"Room 12" not in content


def test_a_picture_that_cannot_be_made_small_enough_is_refused_with_advice() -> None:
    limits = Limits(max_characters=300, max_image_bytes=500)
    with pytest.raises(Refused, match="Use another one"):
        copy_that_fits(heavy_picture(side=400), limits)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"<svg/>"])
def test_what_is_no_picture_is_refused_with_advice(content: bytes) -> None:
    with pytest.raises(Refused, match="save it as JPEG"):
        copy_that_fits(media(content, "", (10, 10), "image/bmp"), ROOMY)
