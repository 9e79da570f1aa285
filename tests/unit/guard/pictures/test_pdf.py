"""PDFs: words that are seen, hidden or scanned are judged page by page, what stands beside them too, and what cannot
be judged whole is refused with one sentence.
"""

import json
import subprocess
import sys

import pytest
from PIL import Image
from tests.fixtures.films import XMP
from tests.fixtures.pdfs import pdf, words
from tests.unit.guard.pictures import ward

from bedside.guard import OrganizationFacts
from bedside.guard.pictures import Unreadable
from bedside.guard.pictures.command import findings_in, look_into
from bedside.guard.pictures.seen import Seen

PLAIN = words("Flu shots every weekday from 8 to 5.")


@pytest.fixture
def seen(tmp_path):
    def look(content: bytes) -> Seen:
        path = tmp_path / "leaflet.pdf"
        path.write_bytes(content)
        return look_into(path)

    return look


def rules(found: Seen) -> set[str]:
    return {each.rule for each in findings_in(found, "leaflet.pdf", OrganizationFacts())}


def test_a_plain_leaflet_is_read_and_nothing_is_found(seen):
    leaflet = seen(pdf(PLAIN, words("Walk in.")))
    assert leaflet.text == "Flu shots every weekday from 8 to 5.\nWalk in."
    assert [(line.text, line.second) for line in leaflet.lines][1] == ("Walk in.", 2.0)
    assert rules(leaflet) == set()


BLACK_BOX = "0 0 0 rg 60 690 500 40 re f\n"
PATIENT = "Patient Maria Lopez, MRN 4471892"


@pytest.mark.parametrize(
    "content",
    [
        pdf(PLAIN, words(PATIENT)),
        pdf(PLAIN, words(PATIENT, mode=3)),
        pdf(PLAIN, words(PATIENT) + BLACK_BOX),
        pdf(PLAIN, words(PATIENT, at=(900, 900))),
        pdf(PLAIN, notes=(PATIENT,)),
        pdf(PLAIN, title=PATIENT),
    ],
    ids=["seen", "unseen", "below a black box", "beside the page", "a remark", "a chapter"],
)
def test_a_patient_is_found_wherever_the_name_stands(seen, content):
    found = seen(content)
    assert "Maria Lopez" in found.text
    assert any(rule.startswith("phi-") for rule in rules(found))


def test_a_scanned_page_is_read_and_its_finding_knows_the_page(tmp_path):
    path = tmp_path / "scan.pdf"
    board = ward.whiteboard("Tessa", "Hendricks").picture.convert("RGB")
    Image.new("RGB", (800, 600), "white").save(path, "PDF", save_all=True, append_images=[board])
    command = [sys.executable, "-m", "bedside.cli.main", "guard", "image", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    line = json.loads(done.stdout)
    assert (done.returncode, line["verdict"]) == (0, "block"), done.stderr
    named = [found for found in line["findings"] if found["rule"] == "image-named-patient"]
    assert [found["page"] for found in named] == [2] * len(named)
    assert named
    assert "second" not in named[0]


@pytest.mark.parametrize("is_deflated", [False, True])
def test_its_metadata_is_told_and_judged(seen, is_deflated):
    info = {"Author": "Tessa Hendricks", "Title": "Flu shots", "Producer": "Writer 7"}
    found = seen(pdf(PLAIN, info=info, xmp=XMP, is_deflated=is_deflated))
    told = dict(found.metadata)
    assert (told["author"], told["producer"], told["xmp creator"]) == (
        "Tessa Hendricks",
        "Writer 7",
        "Jo Marsh",
    )
    assert told["GPSLatitude"] == "41,24.234N"
    assert "phi-in-hidden-fields" in rules(found)


def test_where_a_link_leads_is_read(seen):
    link = pdf(PLAIN).replace(
        b"/Contents 4",
        b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9]"
        b" /A << /S /URI /URI (https://portal.example/?mrn=4471892) >> >>] /Contents 4",
        1,
    )
    assert "mrn=4471892" in seen(link).text


JPEG_FIRST = b"\xff\xd8\xff\xe0 a picture \n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (pdf(PLAIN, password=b""), "encrypted"),
        (pdf(PLAIN, password=b"secret"), "encrypted"),
        (JPEG_FIRST + pdf(PLAIN), "something else besides"),
        (pdf(PLAIN) + b"PK\3\4 an archive of records", "behind its end"),
        (pdf(PLAIN, attachment="patients.csv"), "other files inside"),
        (pdf(PLAIN)[:60], "damaged"),
        (b"%PDF-1.7\n", "damaged"),
        (pdf(*[PLAIN] * 301), "more than 300"),
        (pdf(*["0 0 9 9 re f\n"] * 25), "More than 24 pages"),
        (pdf(*[words("many words " * 700)] * 60), "more than 400000 characters"),
    ],
)
def test_what_cannot_be_judged_whole_is_refused_with_one_sentence(seen, content, says):
    with pytest.raises(Unreadable, match=says) as refused:
        seen(content)
    assert "\n" not in str(refused.value)


def test_no_copy_of_a_pdf_is_written(tmp_path):
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(pdf(PLAIN))
    command = [sys.executable, "-m", "bedside.cli.main", "guard", "image", "--write", str(tmp_path / "out")]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    line = json.loads(done.stdout)
    assert (line["verdict"], "written" in line) == ("allow", False)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_damaged_pdf_never_crashes_the_command(seen):
    whole = pdf(PLAIN, notes=("a remark",), title="One", xmp=XMP, info={"Author": "Jo"})
    for place in range(20, len(whole), 397):
        broken = whole[:place] + b"\xff\x00<<" + whole[place + 4 :]
        try:
            seen(broken)
        except Unreadable:
            continue
