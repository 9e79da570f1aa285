"""Seconds cut out of a film: nothing of them is in the copy, everything else is as it was, and the film before is
out of reach.
"""

import struct
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
import pytest
from django.urls import reverse
from tests.fixtures import films
from tests.fixtures.signed_in import signed_in
from tests.rooms.library.test_films import FILM, box, frames

from bedside.audit.models import Record
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.library import files, tracks
from bedside.library.actions import cut_asset, give_captions, upload_asset
from bedside.library.cutting import Cut, cut_film
from bedside.library.models import Asset
from bedside.library.queries import assets_for
from bedside.library.subtitles import without

# The telephone's film: 45 frames in 4.5 seconds, key frames at 0 and 1.5, frames that wait for later ones, sound.
SRT = (
    b"1\n00:00:00,100 --> 00:00:00,900\nBefore.\n\n2\n00:00:00,500 --> 00:00:01,200\nMaria Lopez\n\n"
    b"3\n00:00:02,000 --> 00:00:03,000\nAfter.\n"
)


def upload(clinic, content: bytes = FILM) -> Asset:
    return upload_asset(by=clinic.member("author"), name="ward.mp4", chunks=[content])


def shown(path: Path) -> list[bytes]:
    return [frame.tobytes() for frame in frames(path)]


def tracks_of(path: Path) -> dict[bytes, tracks.Track]:
    index = next(inside for kind, inside in tracks.parts_of(path.read_bytes()) if kind == b"moov")
    found = [tracks.track_of(inside) for kind, inside in tracks.parts_of(index) if kind == b"trak"]
    return {track.kind: track for track in found}


def bytes_of(path: Path, track: tracks.Track) -> list[bytes]:
    whole = path.read_bytes()
    return [whole[each.place : each.place + each.size] for each in track.samples]


@pytest.fixture
def ward(tmp_path) -> Path:
    path = tmp_path / "ward.mp4"
    path.write_bytes(FILM)
    return path


@pytest.mark.parametrize(
    ("start", "end", "stay", "told"),
    [
        (0, 1.0, range(15, 45), Cut(0.0, 1.5)),
        (0, 1.5, range(15, 45), Cut(0.0, 1.5)),
        (0.5, 1.2, [*range(5), *range(15, 45)], Cut(0.5, 1.5)),
        (1.0, 2.0, range(9), Cut(0.9, None)),
        (3.0, 90, range(28), Cut(2.8, None)),
    ],
)
def test_what_stays_is_shown_as_before_and_the_rest_is_gone(ward, tmp_path, start, end, stay, told):
    copy = tmp_path / "copy.mp4"
    assert cut_film(ward, start, end, copy) == told
    before = shown(ward)
    assert shown(copy) == [before[number] for number in stay]
    old, new = tracks_of(ward), tracks_of(copy)
    frames_before = bytes_of(ward, old[b"vide"])
    in_order = sorted(range(45), key=lambda n: old[b"vide"].samples[n].shown)
    kept = {in_order[number] for number in stay}
    assert bytes_of(copy, new[b"vide"]) == [frames_before[n] for n in range(45) if n in kept]
    left = copy.read_bytes()
    gone = [frames_before[n] for n in range(45) if n not in kept]
    assert not [frame for frame in gone if len(frame) > 100 and frame in left]


def test_sound_stays_with_its_pictures(ward, tmp_path):
    copy = tmp_path / "copy.mp4"
    cut_film(ward, 0.5, 1.2, copy)
    old, new = tracks_of(ward)[b"soun"], tracks_of(copy)[b"soun"]
    stays = [
        each
        for each in old.samples
        if old.second(each.shown + each.length) <= 0.5 or old.second(each.shown) >= 1.5
    ]
    whole = ward.read_bytes()
    assert bytes_of(copy, new) == [whole[each.place : each.place + each.size] for each in stays]
    for before, after in zip(stays, new.samples, strict=True):
        was = old.second(before.shown)
        assert new.second(after.shown) == pytest.approx(was if was < 0.5 else was - 1.0, abs=0.002)
    assert max(new.second(each.shown + each.length) for each in new.samples) <= 3.5 + 0.03


def test_a_film_with_many_key_frames_loses_little_more_than_asked(tmp_path):
    path, copy = tmp_path / "film.mp4", tmp_path / "copy.mp4"
    made = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"mp4v"), 10.0, (160, 120))
    for number in range(60):
        made.write(np.full((120, 160, 3), number * 4, dtype=np.uint8))
    made.release()
    cut = cut_film(path, 2.0, 3.0, copy)
    assert cut.start == 2.0
    assert cut.end is not None
    assert 3.0 <= cut.end <= 4.2
    before = shown(path)
    assert shown(copy) == before[:20] + before[round(cut.end * 10) :]


@pytest.mark.parametrize(
    ("start", "end", "code"), [(0, 90, "nothing_left"), (0, 2, "nothing_left"), (4.6, 9, "nothing_cut")]
)
def test_a_cut_that_leaves_or_takes_nothing_is_refused(ward, tmp_path, start, end, code):
    with pytest.raises(Refusal) as refusal:
        cut_film(ward, start, end, tmp_path / "copy.mp4")
    assert refusal.value.code == code


@pytest.mark.parametrize("place", [b"stsz", b"stsc", b"stco", b"stts", b"ctts", b"stss", b"elst", b"mdhd"])
def test_tables_that_contradict_themselves_are_refused_and_nothing_else_happens(ward, tmp_path, place):
    content = ward.read_bytes()
    for wrong in (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\7"):
        at = content.index(place) + 8
        ward.write_bytes(content[:at] + wrong + content[at + 4 :])
        with suppress(Refusal):
            cut_film(ward, 0.5, 1.2, tmp_path / "copy.mp4")


def test_a_film_in_fragments_is_told_what_to_do(tmp_path, ward):
    index = FILM.rindex(b"moov") - 4
    path = tmp_path / "fragments.mp4"
    path.write_bytes(FILM[:index] + box(b"moov", FILM[index + 8 :] + box(b"mvex", struct.pack(">I", 0))))
    with pytest.raises(Refusal, match="Export it again"):
        cut_film(path, 0.5, 1.2, tmp_path / "copy.mp4")


def test_lines_that_are_said_in_what_was_cut_go_and_later_ones_come_earlier():
    assert without(SRT, 0.5, 1.5) == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nAfter.\n"
    assert without(SRT, 1.0, 1.5).count("-->") == 2
    assert without(SRT, 0.0, None) == ""


def test_the_copy_takes_the_films_place_with_its_subtitles_and_is_judged_anew(clinic):
    asset = upload(clinic)
    give_captions(asset, by=clinic.member("author"), chunks=[SRT])
    asset.refresh_from_db()
    copy = cut_asset(asset, by=clinic.member("author"), start=0.5, end=1.2, alt_text="A ward")
    asset.refresh_from_db()
    assert asset.withheld_at is not None
    assert list(assets_for(clinic.member("author"))) == [copy]
    assert (copy.made_from, copy.alt_text, copy.judged_at) == (asset, "A ward", None)
    assert copy.facts["cut"] == [0.5, 1.5]
    assert copy.facts["duration"] == 3.5
    assert b"Maria" not in files.captions_of(copy)
    assert b"After." in files.captions_of(copy)
    assert {"asset.cut", "asset.withheld"} <= set(Record.objects.values_list("verb", flat=True))
    with pytest.raises(Refusal, match="took the place"):
        cut_asset(asset, by=clinic.member("author"), start=0.5, end=1.2, alt_text="")
    assert not list(files.draft_folder().iterdir())


def test_the_page_asks_for_the_alt_text_again_and_says_what_was_cut(clinic):
    asset = upload(clinic, films.as_a_telephone_writes_it(FILM))
    desk = signed_in(clinic.member("author"))
    page = desk.get(reverse("library:cut", args=[asset.pk])).content.decode()
    assert "nothing of these seconds is left" in page
    given = {"start": "0", "end": "1", "alt_text": "A ward"}
    answer = desk.post(reverse("library:cut", args=[asset.pk]), given)
    assert answer.status_code == 422
    assert "Read the alt text once more" in answer.content.decode()
    late = desk.post(
        reverse("library:cut", args=[asset.pk]), given | {"is_confirmed": "on", "start": "7", "end": "9"}
    )
    assert "The film ends before these seconds" in late.content.decode()
    done = desk.post(reverse("library:cut", args=[asset.pk]), given | {"is_confirmed": "on"}, follow=True)
    assert "The cut copy is here" in done.content.decode()
    copy = Asset.objects.get(made_from=asset)
    assert done.redirect_chain[-1][0] == reverse("library:asset", args=[copy.pk])
    assert desk.get(reverse("library:file", args=[asset.pk, "full"])).status_code == 403
    assert not [secret for secret in films.SECRETS if secret in files.path_of(copy.clean_path).read_bytes()]


def test_only_writers_cut_and_only_films(clinic):
    from tests.rooms.library.test_intake import jpeg

    picture = upload_asset(by=clinic.member("author"), name="photo.jpg", chunks=[jpeg()])
    with pytest.raises(Refusal, match="Only films"):
        cut_asset(picture, by=clinic.member("author"), start=0, end=1, alt_text="")
    with pytest.raises(NotAllowed):
        cut_asset(upload(clinic), by=clinic.member("viewer"), start=0, end=1, alt_text="")
