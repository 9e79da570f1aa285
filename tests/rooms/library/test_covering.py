"""Covering parts of a picture: other pixels for good, a new asset judged anew, and the picture before it out of
reach.
"""

import io

import numpy as np
import pytest
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont
from tests.fixtures.signed_in import signed_in

from bedside.audit.models import Record
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.library import files
from bedside.library.actions import cover_asset, upload_asset
from bedside.library.covering import INK, Area
from bedside.library.jobs import judge_asset
from bedside.library.models import Asset
from bedside.library.queries import assets_for

WORDS = Area(40, 30, 300, 60, kind="text")


def picture(form: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (400, 300), (250, 250, 246))
    ImageDraw.Draw(image).text((50, 40), "DOE, JANE", fill=(10, 10, 10), font=ImageFont.load_default(40))
    image.save(out, form, **options)
    return out.getvalue()


def moving() -> bytes:
    out = io.BytesIO()
    frames = [Image.open(io.BytesIO(picture())).convert("RGB") for _ in range(3)]
    for number, frame in enumerate(frames):
        frame.putpixel((399, 299), (number * 80, 0, 0))
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=200, loop=0)
    return out.getvalue()


def upload(clinic, content: bytes | None = None, **options) -> Asset:
    asset = upload_asset(
        by=clinic.member("author"), name="ward.png", chunks=[content or picture()], **options
    )
    areas = [
        {"kind": "text", "box": [40, 30, 300, 60], "words": "DOE, JANE", "is_found": True},
        {"kind": "text", "box": [40, 200, 100, 30], "words": "Welcome", "is_found": False},
        {"kind": "face", "box": [200, 150, 80, 80], "words": "", "is_found": True},
    ]
    Asset.objects.filter(pk=asset.pk).update(facts={"areas": areas, "text_in_picture": "DOE, JANE"})
    asset.refresh_from_db()
    return asset


def pixels(asset: Asset) -> np.ndarray:
    with files.open_clean(asset) as file, Image.open(file) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def cover(clinic, asset: Asset, *areas: Area, by: str = "author", alt_text: str = "A band") -> Asset:
    return cover_asset(asset, by=clinic.member(by), areas=areas, alt_text=alt_text)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_covered_area_has_one_color_and_the_rest_stays(clinic, form):
    asset = upload(clinic, picture(form))
    copy = cover(clinic, asset, WORDS)
    made, before = pixels(copy), pixels(asset)
    assert np.abs(made[34:86, 44:336] - np.array(INK)).max() < 12
    assert np.abs(made[120:] - before[120:]).max() < 12
    assert copy.mime == asset.mime
    assert copy.alt_text == "A band"


def test_nothing_of_the_picture_before_is_in_any_file_of_the_copy(clinic):
    exif = Image.Exif()
    exif[0x013B] = "Jo Marsh"
    asset = upload(clinic, picture("JPEG", exif=exif, comment=b"for Jane"))
    copy = cover(clinic, asset, WORDS)
    for kept in (copy.original_path, copy.clean_path, copy.thumbnail_path):
        content = files.path_of(kept).read_bytes()
        assert b"Jo Marsh" not in content
        assert b"for Jane" not in content
        with Image.open(io.BytesIO(content)) as image:
            assert not image.getexif()
            scale = image.width / 400
            shown = np.asarray(image.convert("RGB")).astype(int)
        part = shown[round(36 * scale) : round(84 * scale), round(46 * scale) : round(330 * scale)]
        assert np.abs(part - np.array(INK)).max() < 24
    assert copy.original_path != asset.original_path


def test_a_blur_keeps_a_dozen_colors_however_large_the_area_is(clinic):
    rng = np.random.default_rng(3)
    noise = Image.fromarray(rng.integers(0, 255, (300, 400, 3), dtype=np.uint8))
    other = Image.fromarray(np.asarray(noise)[::-1, ::-1].copy())
    seen = []
    for each in (noise, other):
        out = io.BytesIO()
        each.save(out, "PNG")
        asset = upload(clinic, out.getvalue())
        Asset.objects.filter(pk=asset.pk).update(facts={})
        asset.refresh_from_db()
        seen.append(pixels(cover(clinic, asset, Area(100, 80, 200, 140, way="blur")))[90:210, 110:290])
    assert seen[0].std() < 10, "nothing of the detail is left"
    assert np.abs(seen[0] - seen[1]).max() < 24, "two pictures of the same shades look the same"


def test_letters_get_a_box_even_where_a_blur_was_asked_for(clinic):
    copy = cover(clinic, upload(clinic), Area(30, 20, 320, 80, way="blur"))
    assert np.abs(pixels(copy)[34:86, 44:336] - np.array(INK)).max() < 12


def test_every_frame_of_an_animation_is_covered(clinic):
    copy = cover(clinic, upload(clinic, moving()), WORDS)
    with files.open_clean(copy) as file, Image.open(file) as image:
        assert image.n_frames == 3
        for number in range(3):
            image.seek(number)
            shown = np.asarray(image.convert("RGB")).astype(int)
            assert np.abs(shown[34:86, 44:336] - np.array(INK)).max() < 24


def test_the_picture_before_is_withheld_and_both_are_in_the_record(clinic):
    asset = upload(clinic)
    copy = cover(clinic, asset, WORDS, Area(200, 150, 80, 80, kind="face"))
    asset.refresh_from_db()
    assert asset.withheld_at is not None
    assert copy.made_from == asset
    assert copy.judged_at is None, "the copy is looked at anew"
    assert copy.facts["covered_faces"] == 1
    assert list(assets_for(clinic.member("author"))) == [copy]
    assert list(assets_for(clinic.member("author"), is_archived=True)) == []
    assert list(assets_for(clinic.member("privacy_officer"), is_archived=True)) == [asset]
    verbs = set(Record.objects.values_list("verb", flat=True))
    assert {"asset.covered", "asset.withheld"} <= verbs


def test_what_cannot_be_covered_is_refused_with_a_sentence(clinic):
    asset = upload(clinic)
    for areas in ((), (Area(900, 900, 10, 10),), (Area(10, 10, 0, 0),)):
        with pytest.raises(Refusal) as refusal:
            cover(clinic, asset, *areas)
        assert refusal.value.code == "no_areas"
    with pytest.raises(NotAllowed):
        cover(clinic, asset, WORDS, by="viewer")
    cover(clinic, asset, WORDS)
    asset.refresh_from_db()
    with pytest.raises(Refusal) as refusal:
        cover(clinic, asset, WORDS)
    assert refusal.value.code == "withheld"
    assert not list(files.draft_folder().iterdir()), "no draft may stay behind"


def test_a_picture_that_is_uploaded_again_stays_withheld(clinic):
    asset = upload(clinic)
    cover(clinic, asset, WORDS)
    again = upload_asset(by=clinic.member("author"), name="again.png", chunks=[picture()])
    assert again.pk == asset.pk
    assert again.withheld_at is not None


class TestPages:
    """Through the front door."""

    @pytest.fixture
    def desk(self, clinic):
        return signed_in(clinic.member("author"))

    def send(self, desk, asset, **fields):
        return desk.post(reverse("library:cover", args=[asset.pk]), {"way": "box", **fields})

    def test_ticking_and_drawing_make_the_copy(self, desk, clinic):
        asset = upload(clinic)
        answer = self.send(desk, asset, area=["2"], box=["40,30,300,60", "nonsense", "1,2,3"])
        copy = Asset.objects.get(made_from=asset)
        assert answer["Location"] == reverse("library:asset", args=[copy.pk])
        assert copy.facts["covered"] == 2

    def test_one_button_covers_everything_that_was_found(self, desk, clinic):
        asset = upload(clinic)
        self.send(desk, asset, everything="1")
        copy = Asset.objects.get(made_from=asset)
        assert copy.facts["covered"] == 2
        assert np.abs(pixels(copy)[204:226, 44:136] - pixels(asset)[204:226, 44:136]).max() == 0

    def test_a_description_that_is_taken_over_must_be_read_again(self, desk, clinic):
        asset = upload(clinic, alt_text="Jane Doe's wristband")
        answer = self.send(desk, asset, everything="1", alt_text="Jane Doe's wristband")
        assert answer.status_code == 422
        assert "Read the alt text once more" in answer.content.decode()
        self.send(desk, asset, everything="1", alt_text="A wristband", is_confirmed="on")
        assert Asset.objects.get(made_from=asset).alt_text == "A wristband"

    def test_nothing_chosen_says_what_to_do(self, desk, clinic):
        answer = self.send(desk, upload(clinic))
        assert answer.status_code == 422
        assert "Tick or draw at least one area" in answer.content.decode()

    def test_the_withheld_picture_is_served_to_privacy_officers_alone_and_that_is_recorded(
        self, desk, clinic
    ):
        asset = upload(clinic)
        cover(clinic, asset, WORDS)
        for size in ("full", "thumb"):
            assert desk.get(reverse("library:file", args=[asset.pk, size])).status_code == 403
        page = desk.get(reverse("library:asset", args=[asset.pk])).content.decode()
        assert reverse("library:file", args=[asset.pk, "full"]) not in page
        assert "out of reach" in page
        assert "DOE, JANE" not in page
        officer = signed_in(clinic.member("privacy_officer"))
        answer = officer.get(reverse("library:file", args=[asset.pk, "full"]))
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert Record.objects.filter(verb="asset.withheld_seen", object_id=str(asset.pk)).count() == 1

    def test_another_organizations_picture_cannot_be_covered(self, desk, other_clinic):
        asset = upload(other_clinic)
        assert self.send(desk, asset, everything="1").status_code == 404

    def test_what_is_still_being_looked_at_reports_itself(self, desk, clinic):
        asset = upload(clinic)
        page = desk.get(reverse("library:asset", args=[asset.pk])).content.decode()
        assert 'hx-trigger="every 4s"' in page
        judge_asset(str(asset.pk))
        seen = desk.get(reverse("library:asset", args=[asset.pk]), headers={"HX-Target": "seen"})
        assert "every 4s" not in seen.content.decode()
        assert "<html" not in seen.content.decode()
