"""Films and animations: what stands in them for a moment is found, with its second; their subtitles are read."""

import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from tests.fixtures import films
from tests.unit.guard.pictures import ward

from bedside.guard import OrganizationFacts
from bedside.guard.pictures import Unreadable, stripped
from bedside.guard.pictures.areas import second_of
from bedside.guard.pictures.captions import words_of
from bedside.guard.pictures.command import findings_in, look_into
from bedside.guard.pictures.film import MOST_MOMENTS, look_at_film
from bedside.guard.pictures.film_metadata import metadata_of_film

H264 = Path(__file__).parents[3] / "fixtures" / "ward.mp4"
SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Hello,</i> I am Dr. Ortiz.

2
00:00:03,500 --> 00:00:05,000
MRN 00482913
"""


def board(size: tuple[int, int] = (640, 360)) -> Image.Image:
    picture = Image.new("RGB", size, (80, 90, 96))
    picture.paste(ward.whiteboard("Tessa", "Hendricks").picture.resize((600, 220)), (20, 70))
    return picture


def film(path: Path, codec: str, frames: list[Image.Image], rate: float = 10.0) -> Path:
    made = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*codec), rate, frames[0].size)
    for frame in frames:
        made.write(np.asarray(frame)[:, :, ::-1])
    made.release()
    return path


def plain(color: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", (640, 360), color)


@pytest.mark.parametrize(("name", "codec"), [("film.mp4", "mp4v"), ("film.webm", "VP90")])
def test_a_board_shown_for_a_second_is_found_with_its_second(tmp_path, name, codec):
    frames = [plain((210, 200, 190))] * 20 + [board()] * 10 + [plain((40, 60, 90))] * 20
    seen = look_into(film(tmp_path / name, codec, frames))
    assert seen.kind == "video"
    assert "Hendricks" in seen.text
    assert [2.0 <= line.second <= 3.0 for line in seen.lines] == [True] * len(seen.lines)
    rules = {found.rule for found in findings_in(seen, "film.mp4", OrganizationFacts())}
    assert {"image-named-patient", "a11y-video-captions"} <= rules


def test_a_telephones_h264_is_decoded(tmp_path):
    assert "Rm 12 Hendricks NPO" in look_into(H264).text


def test_what_a_telephone_wrote_into_a_film_is_told_and_judged(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(films.as_a_telephone_writes_it(films.plain_film(path)))
    seen = look_into(path)
    told = dict(seen.metadata)
    assert told["position"] == "+41.4038-082.1740/, +41.4039-082.1741+210.5/"
    assert (told["model"], told["author"]) == ("Pixel 9", "Jo Marsh")
    assert told["title"] == "Tessa Hendricks in bed 4"
    assert (told["xmp creator"], told["GPSLatitude"]) == ("Jo Marsh", "41,24.234N")
    findings = findings_in(seen, "film.mp4", OrganizationFacts())
    said = [each.says for each in findings if each.rule == "phi-in-hidden-fields"]
    assert [any(line.startswith(name) for line in said) for name in ("position", "GPSLatitude", "title")] == [
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("end", [9, 40, 200, 5000])
def test_metadata_that_is_cut_off_or_contradicts_itself_breaks_nothing(tmp_path, end):
    path = tmp_path / "film.mp4"
    whole = films.as_a_telephone_writes_it(films.plain_film(path))
    for broken in (whole[:end], whole[:-end], whole.replace(b"\xa9xyz", b"\xa9xyz\xff\xff")):
        path.write_bytes(broken)
        assert isinstance(metadata_of_film(path), tuple)


def test_what_is_looked_at_is_bounded_and_told(tmp_path):
    flicker = [
        plain((shade, shade, shade)).resize((160, 90)) for shade in (10, 90, 170, 240, 130, 50, 210)
    ] * 40
    told: list[tuple[int, int]] = []
    seen = look_at_film(
        film(tmp_path / "long.mp4", "mp4v", flicker, rate=2.0), tell=lambda *part: told.append(part)
    )
    assert len(seen.seconds) == MOST_MOMENTS
    assert told[-1] == (100, 100)
    assert told == sorted(set(told)), "it only goes forward, and says nothing twice"
    assert len([done for done, _of in told if done < 50]) > 40, "it is told from the beginning on"


@pytest.mark.parametrize("content", [b"", b"\x00\x00\x00\x18ftypisom" + b"\0" * 60])
def test_a_film_that_cannot_be_decoded_is_named(tmp_path, content):
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        look_into(path)


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_every_frame_of_an_animation_is_looked_at_and_its_comment_does_not_leave(tmp_path, form):
    path = tmp_path / f"moving.{form.lower()}"
    frames = [plain((210, 200, 190)), board(), plain((40, 60, 90))]
    more = {"comment": b"for Hendricks"} if form == "GIF" else {"exif": b"Exif\0\0" + exif_of("Jo Marsh")}
    frames[0].save(path, form, save_all=True, append_images=frames[1:], duration=400, loop=0, **more)
    seen = look_into(path)
    assert seen.kind == "gif"
    assert "Hendricks" in seen.text
    content, suffix = stripped(path)
    assert suffix == path.suffix
    assert b"for Hendricks" not in content
    assert b"Jo Marsh" not in content
    copy = tmp_path / f"copy{suffix}"
    copy.write_bytes(content)
    assert Image.open(copy).n_frames == 3


def exif_of(artist: str) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = artist
    return exif.tobytes().removeprefix(b"Exif\0\0")


def test_subtitles_are_read_as_spoken_words(tmp_path):
    path = tmp_path / "film.srt"
    path.write_text(SRT)
    assert words_of(path) == "Hello, I am Dr. Ortiz.\nMRN 00482913"
    path.write_text("WEBVTT\n\nNOTE for Tessa\n\n00:01.000 --> 00:02.000 align:start\nGood day.\n")
    assert words_of(path) == "NOTE for Tessa\nGood day."
    path.write_text("Only a text.")
    with pytest.raises(Unreadable, match="no subtitle file"):
        words_of(path)


def test_the_command_reads_the_subtitles_beside_a_film_and_names_seconds(tmp_path):
    path = film(tmp_path / "film.mp4", "mp4v", [plain((9, 9, 9))] * 10 + [board()] * 10)
    path.with_suffix(".srt").write_text(SRT)
    done = subprocess.run(
        [sys.executable, "-m", "bedside.cli.main", "guard", "image", path, tmp_path / "none.png"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert second["error"] == "There is no such file."
    found = {each["rule"]: each for each in first["findings"]}
    assert found["image-named-patient"]["second"] >= 1.0
    assert found["phi-record-plan-account-number"]["field"] == "captions[0]"
    assert "a11y-video-captions" not in found


def test_a_film_that_flashes_is_stopped_with_its_second(tmp_path):
    path = tmp_path / "film.mp4"
    films.strobe_film(path)
    seen = look_into(path)
    ((start, end),) = seen.flashes
    assert start == pytest.approx(1.0, abs=0.1)
    assert end == pytest.approx(2.0, abs=0.1)
    assert seen.is_read_whole
    found = {each.rule: each for each in findings_in(seen, "film.mp4", OrganizationFacts())}
    assert found["a11y-flashing"].field == "media[0].flashes"
    assert found["a11y-flashing"].is_violation
    assert second_of(seen, found["a11y-flashing"]) == start


@pytest.mark.parametrize("form", ["gif", "webp"])
@pytest.mark.parametrize(
    ("colors", "milliseconds", "flashes"),
    [
        ([(0, 0, 0), (255, 0, 0)], 60, ((0.0, 0.12),)),
        ([(0, 0, 0), (255, 0, 0)], 170, ()),
        ([(0, 0, 0), (255, 255, 255)] * 5 + [(9, 9, 9), (0, 0, 0)] * 8, 80, ((0.08, 0.8),)),
        ([(shade, shade, shade) for shade in range(0, 250, 25)], 0, ()),
    ],
    ids=["red alert", "red, slower", "a strobe that ends", "a fade without times"],
)
def test_an_animation_is_compared_as_it_is_shown_again_and_again(
    tmp_path, form, colors, milliseconds, flashes
):
    path = tmp_path / f"moving.{form}"
    films.moving_picture(path, colors, milliseconds)
    assert look_into(path).flashes == flashes


def test_the_command_tells_where_an_animation_flashes(tmp_path):
    path = tmp_path / "alert.gif"
    films.moving_picture(path, [(0, 0, 0), (255, 0, 0)], 60)
    done = subprocess.run(
        [sys.executable, "-m", "bedside.cli.main", "guard", "image", path],
        capture_output=True,
        text=True,
        timeout=300,
    )
    told = json.loads(done.stdout)
    assert told["verdict"] == "block"
    assert told["flashes"] == [[0.0, 0.12]]
    (found,) = [each for each in told["findings"] if each["rule"] == "a11y-flashing"]
    assert found["second"] == 0.0


def test_a_film_of_more_than_eight_minutes_is_looked_at_to_its_end(tmp_path):
    frames = [plain((200, 200, 200)).resize((160, 90))] * 495 + [plain((20, 20, 20)).resize((160, 90))] * 5
    seen = look_into(film(tmp_path / "long.mp4", "mp4v", frames, rate=1.0))
    assert max(seen.seconds) > 490
