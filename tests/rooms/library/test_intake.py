"""What people upload, what is refused with a sentence, and what survives in the copy that leaves."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image, ImageCms
from tests.fixtures.films import box
from tests.fixtures.signed_in import signed_in

from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.library import files, looking
from bedside.library.actions import archive_asset, upload_asset
from bedside.library.jobs import judge_asset, judge_forgotten
from bedside.library.models import Asset
from bedside.library.queries import assets_for

HEIC = (Path(__file__).parents[2] / "fixtures" / "telephone.heic").read_bytes()


def jpeg(size=(60, 40), **options) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.save(out, "JPEG", quality=95, **options)
    return out.getvalue()


def blue_where_others_are_red() -> bytes:
    """sRGB with the places of its red and its blue primary exchanged, in the profile's table of tags."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ", 128), profile.index(b"bXYZ", 128)
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


def upload(clinic, content: bytes, name="photo.jpg", **options) -> Asset:
    return upload_asset(by=clinic.member("author"), name=name, chunks=[content], **options)


def clean_bytes(asset: Asset) -> bytes:
    with files.open_clean(asset) as file:
        return file.read()


def refused(clinic, content: bytes) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        upload(clinic, content)
    assert not list(files.draft_folder().iterdir()), "no draft may stay behind"
    return refusal.value


def film(brand=b"isom", extra=b"", udta=b"") -> bytes:
    header = b"\0" * 76 + struct.pack(">II", 640 << 16, 360 << 16)
    track = box(b"trak", box(b"tkhd", header))
    return (
        box(b"ftyp", brand + b"\0\0\2\0mp41") + box(b"moov", track + udta) + box(b"mdat", b"pixels") + extra
    )


def test_position_device_and_date_stay_here_and_the_picture_is_upright(clinic):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "Clinic iPhone of Marisol"
    exif[ExifTags.Base.DateTime] = "2026:11:20 10:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (41.0, 30.0, 0.0)
    asset = upload(clinic, jpeg(exif=exif))
    assert (asset.width, asset.height) == (40, 60)
    assert set(asset.facts["removed"]) == {"position", "device", "date"}
    copy = clean_bytes(asset)
    assert b"Marisol" not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert not image.getexif()
        assert image.size == (40, 60)
        top = image.convert("RGB").getpixel((20, 5))
        assert top[0] > 200
        assert top[1] < 60


def test_colors_of_another_profile_are_turned_into_srgb(clinic):
    asset = upload(clinic, jpeg(icc_profile=blue_where_others_are_red()))
    with Image.open(io.BytesIO(clean_bytes(asset))) as image:
        assert "icc_profile" not in image.info
        red, _green, blue = image.getpixel((5, 5))
        assert blue > 200 > 60 > red


def test_a_profile_that_does_not_fit_the_picture_is_left_out(clinic):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    asset = upload(clinic, jpeg(icc_profile=profile))
    with Image.open(io.BytesIO(clean_bytes(asset))) as image:
        assert "icc_profile" not in image.info
        assert image.getpixel((5, 5))[0] > 200


def test_text_hidden_in_a_png_does_not_leave(clinic):
    from PIL.PngImagePlugin import PngInfo

    info, out = PngInfo(), io.BytesIO()
    info.add_text("Description", "Marisol Vega, room 4")
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG", pnginfo=info)
    asset = upload(clinic, out.getvalue(), "x.png")
    assert asset.facts["removed"] == ["text"]
    assert b"Marisol" not in clean_bytes(asset)


def test_a_polyglot_leaves_as_a_picture_and_nothing_else(clinic):
    asset = upload(clinic, jpeg(comment=b"<script>x</script>") + b"PK\3\4<script>alert(1)</script>")
    kept = clean_bytes(asset)
    assert b"script" not in kept
    assert kept.endswith(b"\xff\xd9"), "a picture ends where its end is marked"
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == ("JPEG", (60, 40))


def test_the_kind_is_decided_by_the_content(clinic):
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "PNG")
    assert upload(clinic, out.getvalue(), "holiday.exe").mime == "image/png"
    assert refused(clinic, b"<html><script>alert(1)</script></html>").code == "wrong_kind"
    assert refused(clinic, b"%PDF-1.7 not a picture").code == "wrong_kind"
    assert refused(clinic, b"").code == "empty"


def test_a_telephones_heic_becomes_a_jpeg_that_stands_upright_without_place_and_device(clinic):
    for secret in (b"iPhone of Jo Marsh", b"Tessa Hendricks"):
        assert secret in HEIC
    desk = signed_in(clinic.member("author"))
    file = SimpleUploadedFile("IMG_0042.HEIC", HEIC, "image/heic")
    card = desk.post(reverse("library:upload"), {"file": file}, headers={"HX-Request": "true"})
    assert card.status_code == 200
    asset = Asset.objects.get()
    assert (asset.kind, asset.mime, asset.clean_path[-4:]) == ("image", "image/jpeg", ".jpg")
    assert {"position", "device", "date", "text"} <= set(asset.facts["removed"])
    with Image.open(io.BytesIO(clean_bytes(asset))) as image:
        assert (image.format, image.size) == ("JPEG", (640, 480))
        assert not image.getexif()
        above, beside = image.getpixel((320, 40)), image.getpixel((20, 240))
        assert min(*above, *beside) > 200, "the words stand in the middle, from left to right"
    for secret in (b"Jo Marsh", b"Tessa", b"http"):
        assert secret not in clean_bytes(asset)
    assert files.path_of(asset.thumbnail_path).is_file()


@pytest.mark.parametrize("cut", [40, 900, 5000])
def test_a_heic_picture_that_is_cut_off_is_damaged(clinic, cut):
    assert refused(clinic, HEIC[:cut]).code == "damaged"


@pytest.mark.parametrize(
    ("content", "says", "wanted"),
    [
        (box(b"ftyp", b"avif\0\0\0\0mif1miaf"), "AVIF", "JPEG"),
        (box(b"ftyp", b"mif1\0\0\0\0mif1avif"), "AVIF", "JPEG"),
        (box(b"ftyp", b"msf1\0\0\0\0hevc"), "moving HEIC", "MP4"),
        (b"%PDF-1.7 no picture", "PDF", "PNG or JPEG"),
    ],
)
def test_other_kinds_are_told_what_to_do(clinic, content, says, wanted):
    refusal = refused(clinic, content)
    assert refusal.code == "wrong_kind"
    assert says in refusal.sentence
    assert wanted in refusal.sentence


def test_a_decompression_bomb_is_refused_before_it_is_unpacked(clinic):
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    refusal = refused(clinic, bomb)
    assert refusal.code == "too_many_pixels"
    assert "million pixels" in refusal.sentence


def test_a_cut_off_picture_is_refused(clinic):
    assert refused(clinic, jpeg((400, 400))[:900]).code == "damaged"


def test_animations_stay_animated_and_lose_their_comments(clinic):
    out = io.BytesIO()
    frames = [Image.new("RGB", (30, 30), color) for color in ("red", "green", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=80, comment=b"Marisol")
    asset = upload(clinic, out.getvalue(), "wave.gif")
    assert (asset.kind, asset.mime) == ("gif", "image/gif")
    assert b"Marisol" not in clean_bytes(asset)
    with Image.open(io.BytesIO(clean_bytes(asset))) as image:
        assert image.n_frames == 3


def test_a_film_loses_position_and_what_hangs_behind_it_but_no_offset(clinic):
    position = box(b"udta", box(b"\xa9xyz", b"+41.50-087.63/"))
    content = film(udta=position, extra=box(b"uuid", b"secret" * 4) + b"PK\3\4 hidden archive")
    asset = upload(clinic, content, "tour.mp4")
    copy = clean_bytes(asset)
    assert (asset.kind, asset.width, asset.height) == ("video", 640, 360)
    assert b"+41.50" not in copy
    assert b"secret" not in copy
    assert b"hidden" not in copy
    assert copy.index(b"pixels") == content.index(b"pixels")


def test_a_damaged_film_and_another_kind_of_film_are_refused(clinic):
    assert refused(clinic, box(b"ftyp", b"isom\0\0\2\0mp41")).code == "damaged"
    assert refused(clinic, film(brand=b"qt  ")).code == "wrong_kind"


def test_the_same_picture_twice_is_one_asset(clinic):
    first, second = upload(clinic, jpeg(), "a.jpg"), upload(clinic, jpeg(), "b.jpg")
    assert first.pk == second.pk
    archive_asset(first, by=clinic.member("author"))
    assert upload(clinic, jpeg(), "c.jpg").pk != first.pk


def test_a_file_over_the_limit_is_refused_while_it_streams(clinic, settings):
    settings.BEDSIDE_MAX_UPLOAD_BYTES = 1_000_000
    read = []

    def endless():
        while True:
            read.append(1)
            yield b"x" * 100_000

    with pytest.raises(Refusal) as refusal:
        upload_asset(by=clinic.member("author"), name="x", chunks=endless())
    assert refusal.value.code == "too_large"
    assert len(read) == 11


def test_only_writers_upload(clinic):
    with pytest.raises(NotAllowed):
        upload_asset(by=clinic.member("viewer"), name="x", chunks=[jpeg()])


def test_a_picture_is_judged_once_by_the_worker(clinic, django_capture_on_commit_callbacks):
    looking.register(lambda path: {"text_in_picture": "Room 4", "faces": 2, "codes": []})
    try:
        asset = upload(clinic, jpeg())
        judge_asset(str(asset.pk))
    finally:
        looking._lookers.clear()
    asset.refresh_from_db()
    assert asset.judged_at is not None
    assert asset.facts["text_in_picture"] == "Room 4"
    before = asset.judged_at
    judge_asset(str(asset.pk))
    asset.refresh_from_db()
    assert asset.judged_at == before


def test_a_lost_trigger_is_made_good(clinic):
    asset = upload(clinic, jpeg())
    judge_forgotten()
    asset.refresh_from_db()
    assert asset.judged_at is None
    Asset.objects.update(uploaded_at=asset.uploaded_at.replace(year=2020))
    judge_forgotten()
    asset.refresh_from_db()
    assert asset.judged_at is not None


class TestPages:
    """Through the front door."""

    @pytest.fixture
    def desk(self, clinic):
        return signed_in(clinic.member("author"))

    def test_a_picture_is_served_clean_long_kept_and_harmless(self, desk, clinic):
        asset = upload(clinic, jpeg())
        answer = desk.get(reverse("library:file", args=[asset.pk, "full"]))
        assert b"".join(answer.streaming_content) == clean_bytes(asset)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer["Cache-Control"]
        assert "sandbox" in answer["Content-Security-Policy"]
        again = desk.get(
            reverse("library:file", args=[asset.pk, "full"]), headers={"If-None-Match": answer["ETag"]}
        )
        assert again.status_code == 304

    def test_the_original_has_no_address(self, desk, clinic):
        asset = upload(clinic, jpeg())
        assert desk.get(f"/library/asset/{asset.pk}/original").status_code == 404

    def test_another_organizations_picture_is_a_404(self, desk, other_clinic):
        asset = upload(other_clinic, jpeg())
        for name, more in (("asset", []), ("file", ["full"])):
            assert desk.get(reverse(f"library:{name}", args=[asset.pk, *more])).status_code == 404

    def test_uploading_from_the_drop_field_answers_with_a_card_or_a_sentence(self, desk, clinic):
        good = io.BytesIO(jpeg())
        good.name = "front door.jpg"
        answer = desk.post(reverse("library:upload"), {"file": good}, headers={"HX-Request": "true"})
        assert "front door.jpg" in answer.content.decode()
        bad = io.BytesIO(b"nothing")
        bad.name = "x.jpg"
        answer = desk.post(reverse("library:upload"), {"file": bad}, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert answer["Content-Type"].startswith("text/plain")

    def test_two_gigabytes_are_turned_away_by_their_announced_length(self, desk, settings):
        settings.BEDSIDE_MAX_UPLOAD_BYTES = 1_000_000
        answer = desk.generic("POST", reverse("library:upload"), b"x" * 2_100_000, "application/octet-stream")
        assert answer.status_code == 413
        assert "1 MB" in answer.content.decode()

    def test_the_grid_finds_by_words_and_teaches_when_empty(self, desk, clinic):
        assert "No pictures yet" in desk.get(reverse("library:assets")).content.decode()
        upload(clinic, jpeg(), "lobby.jpg", alt_text="The bright lobby")
        upload(clinic, jpeg((20, 20)), "van.jpg")
        page = desk.get(reverse("library:assets"), {"q": "bright"}).content.decode()
        assert "lobby.jpg" in page
        assert "van.jpg" not in page
        assert "Nothing here matches" in desk.get(reverse("library:assets"), {"q": "zebra"}).content.decode()

    def test_describing_and_putting_away(self, desk, clinic):
        asset = upload(clinic, jpeg())
        url = reverse("library:asset", args=[asset.pk])
        assert desk.post(url, {"name": "Lobby", "alt_text": "Our lobby"}).status_code == 302
        assert "Our lobby" in desk.get(url).content.decode()
        assert desk.post(url, {"name": "", "alt_text": ""}).status_code == 422
        desk.post(reverse("library:archive", args=[asset.pk]))
        assert assets_for(clinic.member("author")).count() == 0
        assert desk.get(url).status_code == 200

    def test_a_film_is_sent_in_the_pieces_that_a_player_asks_for(self, desk, clinic):
        asset = upload(clinic, film(), "tour.mp4")
        whole, url = clean_bytes(asset), reverse("library:file", args=[asset.pk, "full"])
        answer = desk.get(url, headers={"Range": "bytes=4-7"})
        assert (answer.status_code, answer.content) == (206, b"ftyp")
        assert answer["Content-Range"] == f"bytes 4-7/{len(whole)}"
        assert desk.get(url, headers={"Range": "bytes=-6"}).content == whole[-6:]
        for nonsense in ("bytes=9-3", "bytes=999999-", "lines=1-2", ""):
            answer = desk.get(url, headers={"Range": nonsense})
            assert b"".join(answer.streaming_content) == whole
