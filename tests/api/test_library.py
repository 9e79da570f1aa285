"""A program at the files of the library: it fetches clean copies, covers parts and gives subtitles."""

import io

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.rooms.library.test_covering import picture, upload
from tests.rooms.library.test_films import FILM, SRT

from bedside.audit.models import Record
from bedside.library.actions import upload_asset
from bedside.library.covering import INK
from bedside.library.models import Asset

SECONDS = {"start": 0.2, "end": 1.2}
AREA = {"x": 40, "y": 30, "width": 300, "height": 60}


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def film(clinic) -> Asset:
    return upload_asset(by=clinic.member("author"), name="ward.mp4", chunks=[FILM])


def test_the_clean_copy_is_fetched_and_no_original_has_an_address(program, clinic):
    exif = Image.Exif()
    exif[0x013B] = "Jo Marsh"
    asset, viewer = upload(clinic, picture("JPEG", exif=exif)), program(clinic, "viewer")
    whole = viewer.call("GET", f"/assets/{asset.pk}/file")
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "image/jpeg")
    content = body_of(whole)
    assert b"Jo Marsh" not in content
    assert Image.open(io.BytesIO(content)).size == (400, 300)
    assert viewer.call("GET", f"/assets/{asset.pk}/file?size=thumb").headers["Content-Type"] == "image/webp"
    wrong = viewer.call("GET", f"/assets/{asset.pk}/file?size=original")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "size")


def test_what_was_found_is_covered_and_the_picture_before_is_there_no_more(program, clinic):
    asset, author = upload(clinic), program(clinic, "author")
    seen = author.call("GET", f"/assets/{asset.pk}/areas").json()
    assert [(each["kind"], each["is_found"]) for each in seen] == [
        ("text", True),
        ("text", False),
        ("face", True),
    ]
    body = {"everything_found": True, "alt_text": "A band"}
    made = author.call("POST", f"/assets/{asset.pk}/cover", body)
    assert made.status_code == 201
    assert (made.json()["made_from"], made.json()["alt_text"]) == (str(asset.pk), "A band")
    content = body_of(author.call("GET", f"/assets/{made.json()['id']}/file"))
    shown = np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)
    assert np.abs(shown[34:86, 44:336] - np.array(INK)).max() < 12
    officer = program(clinic, "privacy_officer")
    for path in ("", "/file", "/areas"):
        assert author.call("GET", f"/assets/{asset.pk}{path}").status_code == 404
    assert officer.call("GET", f"/assets/{asset.pk}/file").status_code == 404, "a person looks, no key"
    assert Record.objects.filter(verb="asset.covered", actor_kind="token").count() == 1


def test_seconds_are_cut_out_of_a_film_and_the_film_before_is_there_no_more(program, clinic):
    asset, author = film(clinic), program(clinic, "author")
    made = author.call("POST", f"/assets/{asset.pk}/cut", {**SECONDS, "alt_text": "The ward"})
    assert made.status_code == 201
    assert (made.json()["made_from"], made.json()["alt_text"]) == (str(asset.pk), "The ward")
    assert len(body_of(author.call("GET", f"/assets/{made.json()['id']}/file"))) < len(FILM)
    assert author.call("GET", f"/assets/{asset.pk}/file").status_code == 404
    assert Record.objects.filter(verb="asset.cut", actor_kind="token").count() == 1


@pytest.mark.parametrize(
    ("seconds", "status", "code"),
    [
        ({"start": 1.2, "end": 0.5}, 409, "nothing_cut"),
        ({"start": -1, "end": 2}, 422, "malformed"),
        ({"start": "0", "end": 2}, 422, "malformed"),
    ],
)
def test_what_cannot_be_cut_gets_a_sentence(program, clinic, seconds, status, code):
    answer = program(clinic, "author").call(
        "POST", f"/assets/{film(clinic).pk}/cut", {**seconds, "alt_text": ""}
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["sentence"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"areas": [AREA]}, 422, "malformed"),  # the alt text is said anew
        ({"areas": [], "alt_text": ""}, 409, "no_areas"),
        ({"areas": [{**AREA, "width": 0}], "alt_text": ""}, 422, "malformed"),
        ({"areas": [{**AREA, "x": 5_000}], "alt_text": ""}, 409, "no_areas"),
        ({"areas": [{**AREA, "way": "smudge"}], "alt_text": ""}, 422, "malformed"),
    ],
)
def test_what_cannot_be_covered_gets_a_sentence(program, clinic, body, status, code):
    answer = program(clinic, "author").call("POST", f"/assets/{upload(clinic).pk}/cover", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["sentence"].endswith(".")
    assert not Asset.objects.exclude(withheld_at=None).exists()


def test_a_film_gets_its_subtitles(program, clinic):
    author, ward = program(clinic, "author"), film(clinic)
    path = f"/api/v1/assets/{ward.pk}/captions"
    assert author.client.get(path).status_code == 404, "it has none"
    given = author.client.post(path, {"file": SimpleUploadedFile("ward.srt", SRT)})
    assert (given.status_code, given.json()["judged_at"]) == (200, None)
    kept = author.client.get(path)
    assert kept.headers["Content-Type"].startswith("text/vtt")
    assert kept.content.startswith(b"WEBVTT")
    assert Record.objects.get(verb="asset.captioned").actor_kind == "token"
    wrong = author.client.post(path, {"file": SimpleUploadedFile("ward.srt", b"\x00\x01")})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "wrong_kind")
    still = author.client.post(
        f"/api/v1/assets/{upload(clinic).pk}/captions", {"file": SimpleUploadedFile("a.srt", SRT)}
    )
    assert still.json()["code"] == "not_a_film"
    assert [each["kind"] for each in author.call("GET", "/assets?kind=video").json()["items"]] == ["video"]


def test_another_organizations_files_are_not_there_and_the_power_is_needed(program, clinic, other_clinic):
    asset, body = upload(clinic), {"areas": [AREA], "alt_text": ""}
    cut = {**SECONDS, "alt_text": ""}
    stranger, viewer = program(other_clinic, "author"), program(clinic, "viewer")
    for method, path, sent in (
        ("GET", "/file", None),
        ("GET", "/areas", None),
        ("POST", "/cover", body),
        ("POST", "/cut", cut),
        ("GET", "/captions", None),
    ):
        assert stranger.call(method, f"/assets/{asset.pk}{path}", sent).status_code == 404
    for method, path, sent in (("GET", "/areas", None), ("POST", "/cover", body), ("POST", "/cut", cut)):
        assert viewer.call(method, f"/assets/{asset.pk}{path}", sent).status_code == 403
    file = {"file": SimpleUploadedFile("ward.srt", SRT)}
    assert stranger.client.post(f"/api/v1/assets/{film(clinic).pk}/captions", file).status_code == 404


def test_where_a_film_flashes_is_told_and_null_where_nobody_looked_for_that(program, clinic):
    asset, author = film(clinic), program(clinic, "author")
    assert author.call("GET", f"/assets/{asset.pk}").json()["flashes"] is None
    asset.facts = {**asset.facts, "flashes": [[0.4, 3.2]]}
    asset.save()
    assert author.call("GET", f"/assets/{asset.pk}").json()["flashes"] == [{"start": 0.4, "end": 3.2}]
