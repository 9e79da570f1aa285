"""Films: what leaves carries no place, device, date or hidden track, shows the same pictures, and has its
subtitles judged.
"""

import struct
from pathlib import Path
from time import process_time

import cv2
import numpy as np
import pytest
from django.urls import reverse
from PIL import Image
from tests.fixtures import films
from tests.fixtures.films import box
from tests.fixtures.signed_in import signed_in

from bedside.config import looker
from bedside.foundation.refusal import Refusal
from bedside.guard import MediaFacts
from bedside.guard.pictures.film_metadata import metadata_of_film
from bedside.library import files, intake, looking
from bedside.library.actions import give_captions, upload_asset
from bedside.library.boxes import boxes, samples
from bedside.library.jobs import judge_asset
from bedside.library.models import Asset
from bedside.planning.material import media_facts, media_file

pytestmark = pytest.mark.once

FILM = (Path(__file__).parents[2] / "fixtures" / "ward.mp4").read_bytes()
PLACE = b"+41.4038-082.1740/"
SPOKEN = b"Hendricks in room 12"
SRT = b"1\n00:00:01,000 --> 00:00:03,000\nHello, I am Dr. Ortiz.\n"
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nHello, I am Dr. Ortiz.\n"


def table(kind: bytes, *numbers: int) -> bytes:
    return box(kind, struct.pack(f">{1 + len(numbers)}I", 0, *numbers))


def subtitle_track(at: int, size: int) -> bytes:
    """A track of words whose one sample lies at `at`."""
    handler = box(b"hdlr", b"\0" * 8 + b"sbtl" + b"\0" * 12 + b"Phone of Jo Marsh\0")
    places = table(b"stsz", 0, 1, size) + table(b"stsc", 1, 1, 1, 1) + table(b"stco", 1, at)
    return box(b"trak", box(b"mdia", handler + box(b"minf", box(b"stbl", places))))


def planted() -> bytes:
    """The film with a place, a device, a free box with a name, words in a track of their own, and a name between."""
    at = FILM.rindex(b"moov") - 4
    assert at > FILM.index(b"mdat"), "the film's index stands behind its pictures"
    moov = FILM[at + 8 :]
    hidden = box(b"mdat", SPOKEN + b"Tessa between the samples")
    metadata = box(
        b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE) + box(b"\xa9mod", b"Phone of Jo Marsh")
    )
    empty = box(b"free", b"kept for Hendricks")
    return (
        FILM[:at]
        + hidden
        + empty
        + box(b"moov", moov + metadata + subtitle_track(at + 8, len(SPOKEN)))
        + b"tail of Hendricks"
    )


def upload(clinic, content: bytes = FILM) -> Asset:
    return upload_asset(by=clinic.member("author"), name="ward.mp4", chunks=[content])


def frames(path: Path) -> list[np.ndarray]:
    film, found = cv2.VideoCapture(str(path)), []
    while True:
        is_read, frame = film.read()
        if not is_read:
            return found
        found.append(frame)


@pytest.fixture
def eyes():
    """The looker that the product has."""
    looking.register(looker.look)
    yield
    looking._lookers.clear()


def test_place_device_words_and_what_lies_between_do_not_leave(clinic):
    content = planted()
    for word in (PLACE, b"Jo Marsh", SPOKEN, b"Tessa", b"Hendricks"):
        assert word in content
    asset = upload(clinic, content)
    copy = files.path_of(asset.clean_path)
    for word in (PLACE, b"Jo Marsh", SPOKEN, b"Tessa", b"Hendricks", b"Marisol", b"sbtl"):
        assert word not in copy.read_bytes()
    assert {"position", "subtitles"} <= set(asset.facts["removed"])
    assert (asset.width, asset.height) == (640, 360)
    assert asset.facts["has_sound"] is True


def test_what_a_telephone_writes_into_a_film_does_not_leave(clinic, tmp_path):
    path = tmp_path / "film.mp4"
    plain = films.plain_film(path)
    content = films.as_a_telephone_writes_it(plain)
    asset = upload_asset(
        by=clinic.member("author"), name="Tessa Hendricks +41.4038-082.1740/.mp4", chunks=[content]
    )
    leaving = media_file(asset, "A walk")
    with leaving.open() as copy:
        left = copy.read()
    for secret in films.SECRETS:
        assert secret in content
        assert secret not in left
        assert secret.decode() not in leaving.name
    assert metadata_of_film(files.path_of(asset.clean_path)) == ()
    assert {"position", "date", "text"} <= set(asset.facts["removed"])
    shown = slice(plain.index(b"mdat"), plain.rindex(b"moov") - 4)
    assert left[shown] == plain[shown]


def test_the_copy_shows_the_same_pictures(clinic, tmp_path):
    before = tmp_path / "before.mp4"
    before.write_bytes(FILM)
    was, now = frames(before), frames(files.path_of(upload(clinic, planted()).clean_path))
    assert len(was) == len(now) == 45
    assert all(np.array_equal(one, other) for one, other in zip(was, now, strict=True))


@pytest.mark.parametrize("cut", [600, 3000, 30_000, len(FILM) - 40])
def test_a_film_that_is_cut_off_is_refused_with_a_sentence(clinic, cut):
    with pytest.raises(Refusal) as refusal:
        upload(clinic, FILM[:cut])
    assert refusal.value.code == "damaged"
    assert not list(files.draft_folder().iterdir())


def test_a_film_is_looked_into_and_its_facts_name_the_second(clinic, eyes):
    asset = upload(clinic)
    judge_asset(str(asset.pk))
    asset.refresh_from_db()
    assert asset.looked_percent == 100
    assert "Rm 12 Hendricks NPO" in asset.facts["text_in_picture"]
    found = [area for area in asset.facts["areas"] if area["is_found"]]
    assert [1.0 <= area["second"] <= 3.4 for area in found] == [True] * len(found)
    assert found


def test_subtitles_are_kept_and_judged_with_the_film(clinic, eyes, tmp_path):
    asset = upload(clinic, films.plain_film(tmp_path / "plain.mp4", seconds=4.5))
    give_captions(asset, by=clinic.member("author"), chunks=[SRT])
    asset.refresh_from_db()
    assert asset.judged_at is None, "it is looked at again, and posts with it wait"
    judge_asset(str(asset.pk))
    asset.refresh_from_db()
    facts: MediaFacts = media_facts(asset, "Dr. Ortiz talks about sleep")
    assert facts.captions == "Hello, I am Dr. Ortiz."
    assert facts.is_judged
    desk = signed_in(clinic.member("author"))
    answer = desk.get(reverse("library:captions", args=[asset.pk]))
    assert answer.content == VTT, "what is saved is what leaves"
    assert "attachment" in answer["Content-Disposition"]
    assert "<track" in desk.get(reverse("library:asset", args=[asset.pk])).content.decode()
    film = media_file(asset, "Dr. Ortiz talks about sleep", "es")
    assert (film.subtitles.read(), film.subtitles.size, film.subtitles.language) == (VTT, len(VTT), "es")
    assert film.seconds == 4.5


def test_the_film_and_the_composer_say_what_is_not_done_for_a_film(clinic, eyes):
    asset = upload(clinic)
    desk = signed_in(clinic.member("author"))
    page = desk.get(reverse("library:asset", args=[asset.pk])).content.decode()
    assert "Parts of its pictures cannot be covered here" in page
    assert reverse("library:cut", args=[asset.pk]) in page
    assert "leave with the film where the network takes subtitles" in page
    assert reverse("library:cover", args=[asset.pk]) not in page
    line = desk.get(reverse("planning:chosen", args=[asset.pk])).content.decode()
    assert "It has no subtitles yet" in line
    give_captions(asset, by=clinic.member("author"), chunks=[SRT])
    line = desk.get(reverse("planning:chosen", args=[asset.pk])).content.decode()
    assert "leave with it where the network takes them" in line


def test_what_cannot_be_opened_is_noted_and_asks_for_a_signature(clinic, eyes):
    asset = upload(clinic)
    files.path_of(asset.clean_path).write_bytes(b"\0\0\0\x18ftypisom" + b"\0" * 40)
    judge_asset(str(asset.pk))
    asset.refresh_from_db()
    assert media_facts(asset, "A tour").is_unseen


@pytest.mark.parametrize("content", [b"", b"only words", b"\0-->"])
def test_what_are_no_subtitles_is_refused_with_a_sentence(clinic, content):
    asset = upload(clinic)
    desk = signed_in(clinic.member("author"))
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("film.srt", content)
    page = desk.post(reverse("library:captions", args=[asset.pk]), {"captions": file}, follow=True)
    assert "SRT or WebVTT" in page.content.decode()
    asset.refresh_from_db()
    assert asset.captions_path == ""


def test_only_films_have_subtitles(clinic):
    from tests.rooms.library.test_intake import jpeg

    picture = upload_asset(by=clinic.member("author"), name="photo.jpg", chunks=[jpeg()])
    with pytest.raises(Refusal) as refusal:
        give_captions(picture, by=clinic.member("author"), chunks=[SRT])
    assert refusal.value.code == "not_a_film"


@pytest.fixture
def track(tmp_path):
    """`track(runs, chunks)`: where the chunks of a film's track lie whose tables say so; each sample has one byte."""

    def read(runs: list[tuple[int, int]], chunks: list[int]) -> list[tuple[int, int]]:
        named = [number for first, many in runs for number in (first, many, 1)]
        places = table(b"stsz", 1, 10 * len(chunks)) + table(b"stsc", len(runs), *named)
        places += table(b"stco", len(chunks), *chunks)
        path = tmp_path / "track"
        path.write_bytes(box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", places)))))
        with path.open("rb") as film:
            (trak,) = boxes(film, 0, path.stat().st_size)
            return samples(film, trak)

    return read


def test_each_chunk_ends_after_its_samples(track):
    assert track([(1, 3), (3, 1)], [100, 200, 300, 400]) == [(100, 103), (200, 203), (300, 301), (400, 401)]


def test_a_film_made_to_keep_us_busy_takes_no_longer_than_its_length(track):
    count, begins = 40_000, process_time()
    assert len(track([(number, 1) for number in range(1, count + 1)], list(range(count)))) == count
    assert process_time() - begins < 5, "one look through all runs for each chunk would take minutes"


def test_tables_that_contradict_themselves_are_refused(track):
    with pytest.raises(Refusal) as refused:
        track([(2, 1), (1, 1)], [100])
    assert refused.value.code == "damaged"


@pytest.mark.parametrize("content", [FILM, None], ids=["film", "picture"])
def test_a_full_disk_is_no_damaged_file(tmp_path, content):
    draft = tmp_path / "draft"
    if content is None:
        Image.new("RGB", (300, 200), "teal").save(draft, "PNG")
    else:
        draft.write_bytes(content)
    (tmp_path / "draft.clean").symlink_to("/dev/full")
    with pytest.raises(Refusal) as refused:
        intake.clean(draft)
    assert refused.value.code == "disk_full"
