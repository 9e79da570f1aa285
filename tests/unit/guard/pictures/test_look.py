"""What is in a picture is found: words, faces, codes, places; and nothing of it is in the copy that leaves."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo
from tests.unit.guard.pictures import posters, scenes

from bedside.guard import OrganizationFacts
from bedside.guard.pictures import Unreadable, look, stripped
from bedside.guard.pictures.command import findings_in
from bedside.guard.pictures.faces import faces_in
from bedside.guard.pictures.look import look_at_pixels
from bedside.guard.pictures.seen import Seen

HEIC = Path(__file__).parents[3] / "fixtures" / "telephone.heic"
PLANTED = {
    "wristband": ["OKAFOR", "DANIELLE", "00482913", "03/14/1985"],
    "whiteboard": ["Marisol", "Vance", "302-555-0148"],
    "monitor": ["BELL", "MARCUS", "219-09-9999", "5512345", "07/02/1961"],
    "screenshot": ["priya.k@example.com", "9931427"],
}


@pytest.fixture
def saved(tmp_path):
    def save(picture: Image.Image, name: str = "picture.png", **options: object) -> Path:
        path = tmp_path / name
        picture.save(path, **options)
        return path

    return save


@pytest.mark.parametrize("scene", PLANTED)
def test_every_planted_identifier_is_read_and_the_picture_is_stopped(saved, scene):
    seen = look(saved(getattr(scenes, scene)()))
    squeezed = seen.text.replace(" ", "")
    missing = [word for word in PLANTED[scene] if word.replace(" ", "") not in squeezed]
    assert missing == []
    findings = findings_in(seen, "picture.png", OrganizationFacts())
    assert any(found.is_violation for found in findings), seen.text


def test_of_a_single_color_nothing_is_sought_and_faint_words_are_read(saved):
    blank = Image.new("RGB", (900, 300), (112, 96, 80))
    assert look(saved(blank)) == Seen(width=900, height=300, text="")
    faint = scenes.written(
        ["Tessa Hendricks"], size=(900, 300), paper=(112, 96, 80), ink=(102, 86, 70), height=70
    )
    assert "Hendricks" in look(saved(faint)).text


def test_a_poster_without_anybody_is_let_through(saved):
    poster = scenes.written(
        ["Flu shots", "Every Tuesday in November", "Walk in, no appointment"],
        size=(900, 420),
        paper=(250, 244, 228),
        ink=(10, 90, 88),
        height=60,
    )
    seen = look(saved(poster))
    assert seen.faces == ()
    assert not any(f.is_violation for f in findings_in(seen, "poster.png", OrganizationFacts()))


def test_a_face_is_found_and_letters_are_none(saved):
    from skimage import data

    astronaut = Image.fromarray(data.astronaut())
    assert len(look(saved(astronaut)).faces) >= 1
    assert look(saved(scenes.monitor(), "monitor.png")).faces == ()


def test_a_code_is_decoded(saved):
    seen = look(saved(scenes.with_code("https://portal.example/visit?patient=48213")))
    assert [code.text for code in seen.codes] == ["https://portal.example/visit?patient=48213"]


def test_the_place_and_the_camera_are_listed_and_gone_from_the_copy(saved, tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif[0x013B] = "Jo Marsh"
    exif[0x8825] = {1: "N", 2: (41.0, 24.0, 13.7), 3: "W", 4: (82.0, 10.0, 26.5)}
    path = saved(Image.new("RGB", (300, 200), (90, 140, 120)), "taken.jpg", exif=exif, comment=b"for Maria")
    metadata = dict(look(path).metadata)
    assert metadata["position"] == "41.40381, -82.17403"
    assert metadata["Artist"] == "Jo Marsh"
    content, suffix = stripped(path)
    clean = tmp_path / f"clean{suffix}"
    clean.write_bytes(content)
    left = dict(look(clean).metadata)
    assert "position" not in left
    assert b"Maria" not in content
    assert b"Jo Marsh" not in content


def test_what_hides_behind_a_picture_does_not_leave(saved):
    path = saved(Image.new("RGB", (120, 80), (200, 200, 200)), "polyglot.jpg")
    path.write_bytes(path.read_bytes() + b"PK\x03\x04 hidden archive with names")
    content, _suffix = stripped(path)
    assert b"hidden archive" not in content


def test_a_picture_turned_by_its_camera_is_read_upright(saved):
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = scenes.screenshot().rotate(90, expand=True)
    assert "priya.k@example.com" in look(saved(turned, "turned.jpg", exif=exif, quality=95)).text


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n broken", b"GIF89a"])
def test_a_file_that_is_no_picture_is_named_and_nothing_breaks(tmp_path, content):
    path = tmp_path / "file.png"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        look(path)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(saved):
    bomb = saved(Image.fromarray(np.zeros((9000, 9000), dtype=np.uint8)), "bomb.png", optimize=True)
    with pytest.raises(Unreadable, match="too many"):
        look(bomb)


def test_the_command_judges_each_file_and_names_what_is_none(saved, tmp_path):
    good, bad = saved(scenes.monitor()), tmp_path / "notes.txt"
    bad.write_text("no picture")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "bedside.cli.main",
            "guard",
            "image",
            "--write",
            str(tmp_path / "out"),
            good,
            bad,
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert lines[0]["verdict"] == "block"
    assert Path(lines[0]["written"]).exists()
    assert "not a picture" in lines[1]["error"]
    for found in lines[0]["findings"]:
        if found["field"] == "picture_text[0]":
            assert lines[0]["text"][found["start"] : found["end"]] == found["says"]


def test_posters_and_logos_have_no_faces():
    made = [draw(seed) for seed in range(10) for draw in (posters.poster, posters.logo)]
    assert [n for n, picture in enumerate(made) if faces_in(np.asarray(picture))] == []


@pytest.mark.parametrize("change", ["small", "gray", "mirrored", "dark", "tilted"])
def test_a_face_is_found_however_it_was_taken(change):
    from skimage import data

    person = Image.fromarray(data.astronaut())
    changed = {
        "small": person.resize((256, 256)),
        "gray": person.convert("L").convert("RGB"),
        "mirrored": ImageOps.mirror(person),
        "dark": person.point(lambda value: value // 3),
        "tilted": person.rotate(15),
    }[change]
    assert len(faces_in(np.asarray(changed))) == 1


def test_a_face_asks_for_consent(saved):
    from skimage import data

    seen = look(saved(Image.fromarray(data.astronaut())))
    rules = {found.rule for found in findings_in(seen, "picture.png", OrganizationFacts())}
    assert "image-face-needs-consent" in rules


@pytest.mark.parametrize(
    ("paper", "ink", "is_faint"),
    [
        ((255, 255, 255), (190, 190, 190), True),
        ((255, 220, 225), (235, 120, 130), True),
        ((20, 30, 80), (255, 255, 255), False),
        ((250, 244, 228), (10, 90, 88), False),
    ],
)
def test_the_contrast_of_words_on_a_graphic_is_measured(paper, ink, is_faint):
    card = scenes.written(["Be kind to yourself"], size=(800, 300), paper=paper, ink=ink, height=34)
    seen = look_at_pixels(np.asarray(card))
    rules = {found.rule for found in findings_in(seen, "card.png", OrganizationFacts())}
    assert ("a11y-contrast" in rules) is is_faint


def test_the_contrast_in_a_photograph_is_nobodys_choice():
    dim = scenes.noisy(
        scenes.written(["Exit"], size=(600, 200), paper=(120, 120, 120), ink=(150, 150, 150), height=60), 9
    )
    assert look_at_pixels(np.asarray(dim)).faint == ()


def test_what_a_newsroom_wrote_into_a_picture_is_listed_and_gone_from_the_copy(saved):
    record = b"".join(
        b"\x1c\x02" + bytes([number]) + len(words).to_bytes(2, "big") + words
        for number, words in ((80, b"Jo Marsh"), (120, b"Maria Lopez after surgery"), (90, b"Toledo"))
    )
    resource = b"8BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record + b"\0" * (len(record) % 2)
    segment = b"Photoshop 3.0\0" + resource
    path = saved(Image.new("RGB", (300, 200), (90, 140, 120)), "news.jpg")
    plain = path.read_bytes()
    path.write_bytes(plain[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment + plain[2:])
    metadata = dict(look(path).metadata)
    assert metadata["byline"] == "Jo Marsh"
    assert metadata["caption"] == "Maria Lopez after surgery"
    content, _suffix = stripped(path)
    assert b"Maria" not in content


def test_hidden_text_of_a_png_is_judged(saved):
    info = PngInfo()
    info.add_text("Description", "Maria Lopez, knee surgery")
    info.add_itxt("Comment", "MRN 00482913")
    path = saved(Image.new("RGB", (300, 200), (90, 140, 120)), "scan.png", pnginfo=info)
    findings = findings_in(look(path), "scan.png", OrganizationFacts())
    assert {"metadata[0]"} == {found.field for found in findings}
    assert b"Maria" not in stripped(path)[0]


def test_a_telephones_heic_is_read_and_its_copy_is_a_jpeg_without_what_the_telephone_wrote():
    seen = look(HEIC)
    assert "Hendricks" in seen.text
    told = dict(seen.metadata)
    assert (told["Model"], told["xmp creator"]) == ("iPhone of Jo Marsh", "Tessa Hendricks")
    assert told["position"] == "41.40361, -82.17389"
    found = {each.rule: each.says for each in findings_in(seen, "IMG_0042.HEIC", OrganizationFacts())}
    assert {"image-named-patient", "phi-in-hidden-fields"} <= set(found)
    content, suffix = stripped(HEIC)
    assert suffix == ".jpg"
    assert content.startswith(b"\xff\xd8")
    assert b"Jo Marsh" not in content


@pytest.mark.parametrize(
    ("head", "sentence"),
    [(b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"), (b"no picture", "not a picture")],
)
def test_what_is_known_but_not_opened_is_named(tmp_path, head, sentence):
    path = tmp_path / "file"
    path.write_bytes(head + b"\0" * 40)
    with pytest.raises(Unreadable, match=sentence):
        look(path)
