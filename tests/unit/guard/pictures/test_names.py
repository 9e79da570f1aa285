"""Names in pictures are found, whatever the camera did, although no number stands beside them; posters are let
through.
"""

import time
from datetime import date
from itertools import cycle
from statistics import median

import numpy as np
import pytest
from tests.unit.guard.pictures import ward

from bedside.guard import Clinician, Material, MediaFacts, OrganizationFacts, judge, rule
from bedside.guard.finders import picture_names
from bedside.guard.hits import Case
from bedside.guard.normalize import plain
from bedside.guard.pictures.command import findings_in
from bedside.guard.pictures.look import look_at_pixels
from bedside.guard.pictures.misread import mended
from bedside.guard.reading import Reading
from bedside.guard.tokens import Tokens

# Each scene as every third camera takes it, each camera before every third scene: one picture takes a second. All of
# them are looked at by `make bench BENCH=guard`, whose figure counts the words that were not found.
EVERY_THIRD = [
    (scene, camera)
    for at, scene in enumerate(ward.SCENES)
    for number, camera in enumerate(ward.CAMERAS)
    if (at + number) % 3 == 2
]
GRID = [(*each, name) for each, name in zip(EVERY_THIRD, cycle(ward.NAMES), strict=False)]
MOST_SECONDS = 3.0
POSTERS = [
    "Flu shots\nSaturday 9 am to 1 pm\nMain Street Clinic",
    "Heart Month\nKnow your numbers\nAsk your doctor",
    "Meet Dr. Lena Ortiz\nCardiology\nNow accepting patients",
    "Nurses Week\nThank you to all our nurses",
    "Healthy Cooking with Chef Grace\nRoom 4  Tuesday 6 pm",
    "Ana Ruiz, RN\nDiabetes educator\nClass in Room 12",
    "Hill Hospital Foundation\nSpring Gala\nHonoring the Marsh Family",
    "Patient Portal\nSign up today\nResults, appointments, messages",
    "Visitor parking\nLevel 2\nPatients: Level 1",
    "Stop the spread\nWash your hands\nStay home if you are sick",
    "Baker Hall\nRoom 210\nSupport group, Thursdays",
    "Toledo, Ohio\nOur new clinic opens Monday, March 9",
    "Vacunas contra la gripe\nLunes a viernes\nSin cita",
    "Bed 1 of 40 new beds\nOur new wing",
    "Dear community,\nthank you for your support.",
    "Welcome to Hill Clinic\nPharmacy  Lab  Parking",
]


def found_names(text: str, organization: OrganizationFacts | None = None) -> list[str]:
    facts = MediaFacts(content_hash="", kind="image", alt_text="A picture of the ward", text_in_picture=text)
    verdict = judge(
        Material(surface="post", text="Busy day.", media=(facts,)),
        organization=organization or OrganizationFacts(),
    )
    return [finding.says for finding in verdict.findings if finding.rule == "image-named-patient"]


@pytest.fixture(scope="module")
def seconds() -> list[float]:
    return []


@pytest.mark.parametrize(("scene", "camera", "name"), GRID)
def test_every_name_is_found_however_the_picture_was_taken(scene, camera, name, seconds):
    made = ward.SCENES[scene](*name)
    pixels = np.asarray(ward.CAMERAS[camera](made.picture))
    begun = time.process_time()
    seen = look_at_pixels(pixels)
    seconds.append(time.process_time() - begun)
    findings = findings_in(seen, "picture.png", OrganizationFacts())
    says = " ".join(found.says for found in findings if found.rule == "image-named-patient").lower()
    assert [word for word in made.planted if word.lower() not in says] == [], seen.text
    assert any(found.is_violation for found in findings)


def test_a_picture_is_read_within_its_seconds(seconds):
    if not seconds:
        seconds.append(_seconds_of_one())
    assert median(seconds) < MOST_SECONDS


def _seconds_of_one() -> float:
    pixels = np.asarray(ward.far(ward.portal(*ward.NAMES[0]).picture))
    look_at_pixels(pixels)
    begun = time.process_time()
    look_at_pixels(pixels)
    return time.process_time() - begun


@pytest.mark.parametrize("text", POSTERS)
def test_a_poster_names_no_patient(text):
    assert found_names(text) == []


def test_the_organizations_own_people_may_stand_on_a_board():
    organization = OrganizationFacts(clinicians=(Clinician("Lena Ortiz"),), staff=("Tessa Novak",))
    assert found_names("Rm 12  Ortiz  NPO\nBed 3  Novak", organization) == []
    assert found_names("Rm 12  Hendricks  NPO\nBed 3  Novak", organization) == ["Hendricks"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("0KAFOR, DANlELLE", "OKAFOR, DANlELLE"),
        ("HENDR1CKS, MAR1SOL", "HENDRICKS, MARISOL"),
        ("D0B 03/14/1985", "DOB 03/14/1985"),
        ("MRN O0482913", "MRN 00482913"),
        ("Dx： hypertension", "Dx: hypertension"),
        ("B12 20mg 3rd Rm 12 SpO2 41Y", "B12 20mg 3rd Rm 12 SpO2 41Y"),
        ("LOT 4B5C 10am H1N1", "LOT 4B5C 10am H1N1"),
    ],
)
def test_misread_letters_are_mended_and_nothing_else(read, meant):
    assert mended(read) == meant


@pytest.mark.parametrize(
    "piece", ["Aa ", "AA", "A'-", "Rm 1 ", "DOE, JANE ", "Aa, ", "Name: ", "a\n", "Bed ", "O0"]
)
def test_no_text_in_a_picture_takes_long(piece):
    text = (piece * 50_000)[:100_000]
    begun = time.process_time()
    mended(text)
    reading = Reading("picture_text[0]", text, plain(""), Tokens(""), [], False)
    case = Case(Material(surface="post", text=""), [reading], OrganizationFacts(), date(2026, 11, 22), None)
    list(picture_names.named(case, rule("image-named-patient")))
    assert time.process_time() - begun < 1.0
