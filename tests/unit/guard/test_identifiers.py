"""Structured identifiers: whose a number is decides, and a disguise of its digits does not."""

import pytest

from bedside.guard import Material, MediaFacts, judge
from bedside.guard.digits import with_whole_digits
from bedside.guard.material import Surface
from bedside.guard.normalize import plain
from bedside.guard.tokens import Tokens

SOMEBODYS = [
    ("post", "Subscriber 901-22-7781A: your card is at the desk.", ""),
    ("post", "Refund for invoice INV-2219084 was mailed to the family today.", ""),
    ("post", "Medical record no. 33-18-92 was found in the parking lot and returned.", ""),
    ("post", "Jordan left his walker here. Call his wife at 302-555-0174.", ""),
    ("post", "Call Jordan Vance, our knee surgery patient, at 302-555-0174.", ""),
    ("post", "Call her mom at 6 1 4 5 5 5 0 1 6 2 while she is in our ICU", ""),
    ("post", "Friendly nudge to xxx-xx-4471: your Medicaid runs out on the 30th.", ""),
    ("post", "Home visit today at 414 Larkspur Lane, the one with the ramp.", ""),
    ("comment_reply", "The email we have for you is tjmcgrath@postbox.example.", "never got the paperwork"),
    ("comment_reply", "Your username is dkowal1961.", "cant log in"),
    ("post", "#TheClerkWrote #417332208InHer #SocialBoxAnd #WePaidFor #TheTaxi", ""),
    ("post", "Is 417-33-2208 still your social? Stop by registration.", ""),
    ("post", "MBI 2TK7-XK5-MY64 is still missing a signature, but the walker is here.", ""),
    ("post", "Cédula 1.044.220.771, sus lentes ya llegaron a la óptica.", ""),
    ("post", "PHN 9876 220 417 came in twice for the same shot, please call.", ""),
    ("post", "Trial participant 031 has gone a month without a seizure.", ""),
    ("post", "The allergy serum vial 31-8820-C is in the fridge, come for your shot.", ""),
    ("comment_reply", "We left two messages at the number ending in 0148.", "Never heard about my scan"),
    ("comment_reply", "A nurse will ring the 0122 number you gave us.", "somebody was going to call"),
    ("comment_reply", "Appt #61044 with Urology is confirmed.", "did you get my request"),
    ("post", "Whose is the encounter form E-20931175 by the vending machine?", ""),
    ("post", "A hip implant card lay in the gift shop, serial TK-88213-0C.", ""),
    (
        "comment_reply",
        "Her landline is 555-0182 and she likes visitors after lunch.",
        "is Mrs. Ash home from rehab?",
    ),
    ("comment_reply", "He moved, new number is 406-555-0166.", "is Joe still on hospice?"),
    ("comment_reply", "Faxed it to your job at 509-555-0176 around noon.", "did my papers go out"),
    ("comment_reply", "Our driver waited, then dialed 225-555-0160, no answer.", "your van never came"),
    ("post", "A folded letter lay by the infusion chairs, the last four on it are 6120. Come by for it.", ""),
    ("comment_reply", "Los últimos cuatro que nos dio son 7120 y no coinciden.", "me negaron el medicaid"),
    ("post", "Social Security card found beside her oxygen tank, starts with 441. It's at the desk.", ""),
    ("post", "Our patient keeps a blog at walkingwithterry.example/als. Cheer her on!", ""),
    ("post", "Our nurse found his carry permit, no. 4471902, in the pre-op gown of today's first case.", ""),
    (
        "post",
        "In our hospice house this week: a retired teacher, one hundred and one, with a joke for all.",
        "",
    ),
    (
        "post",
        "Gray Tacoma, Ohio JRL 2207, was booted while its driver was in chemotherapy. He rang the bell.",
        "",
    ),
    ("post", "Silver Odyssey, plate reads GRM 0 44: your dad is asking for you in recovery.", ""),
    ("comment_reply", "Thursday the 19th at 8:40, bring someone to drive.", "what time is my appt again"),
    ("post", "Con 102 cumplidos se vacunó y pidió curita morada.", ""),
]
NOBODYS = [
    (
        "comment_reply",
        "Our manager, Ida Roe, has a new line. Her landline is 555-0182.",
        "who do I complain to",
    ),
    ("comment_reply", "Our new number is 406-555-0166.", "the old number is dead"),
    ("comment_reply", "Fax it to our office at 509-555-0176 by noon.", "where do my papers go"),
    ("post", "In the last four games our nurses scored 1204 points for the burn camp.", ""),
    ("post", "En los últimos cuatro años pusimos 7120 vacunas.", ""),
    ("post", "Social Security starts with 40 credits for most workers. Class on Monday.", ""),
    ("post", "Our dietitian keeps a blog at cookwithterry.example/beans. Try the soup!", ""),
    ("post", "The city's building permit, no. 4471902, hangs at the new entrance.", ""),
    ("post", "A hundred and one volunteers walked for our hospice house, and a joke was told by all.", ""),
    ("post", "Our new shuttle van, HLT 2207, rolls on Monday. He who waits rides free.", ""),
    ("post", "The plate reads 5 star food in our cafeteria, says her menu.", ""),
    (
        "comment_reply",
        "The clinic opens Thursday the 19th at 8:40, no appointment needed.",
        "when can i get my shot",
    ),
    ("post", "Con 102 camas cumplimos cien años de servir al valle.", ""),
    ("post", "The golf cart with tag EZ-099 gives rides from Lot F to the door.", ""),
    ("post", "Snowplow volunteers: please do 77 Quarry Rd first, it's the EMS garage.", ""),
    ("post", "Shots for infants, children and teenagers. Call Deanna to inquire more 509-555-0180", ""),
    ("post", "1 in 4 people with it get cancer. Call 509-555-0180 for facts for you and your baby.", ""),
    ("post", "The wifi password in the waiting room is MOOSE4471.", ""),
    ("post", "Our social media reached 123456789 people this year.", ""),
    ("post", "EIN 123456789, our nonprofit's social impact report is out.", ""),
    ("post", "RFC de la fundación: FLU-010203-AB1. Sus donativos son deducibles.", ""),
    ("post", "¿Dudas sobre su cartilla? Archivo contesta en el 555-0129.", ""),
    ("post", "Session code for the free budgeting webinar: 4417.", ""),
    ("comment_reply", "1093817465, as listed on the public registry.", "what's the npi"),
    ("post", "For sale by sealed bid: our old clinic van, VIN 1FTNE1EW4EDA38417.", ""),
    ("post", "Donations to the playground may go to account 30 118 447 at Prairie State Bank.", ""),
    ("post", "Vendors: remit account 552-00418 is closed, write to our treasurer.", ""),
    ("post", "The mobile mammography unit, plate HLTH 02, is at the feed store on Monday.", ""),
    ("post", "The VPN gateway moves to 192.0.2.15 at midnight; staff, restart your laptops.", ""),
    ("post", "Our manikin for the drills, serial 0007-22, has survived nineteen cardiac arrests.", ""),
    ("post", "Pharmacist Ned Abara passed his boards and earned license 0022-4471.", ""),
    ("review_reply", "Our patient advocate, Lorna Pike, is at 603-555-0118.", "I left crying"),
    ("review_reply", "Our manager would like to hear more. Her email is gstrand@oak.example.", "Two stars"),
    (
        "review_reply",
        "Billing supervisor Nell Osei speaks with callers at 402-555-0122.",
        "They never bill right",
    ),
    ("comment_reply", "Press inquiries go to Theo Banner, tbanner@lakeshore.example.", "Whom do I ask?"),
    ("profile", "Massage therapist Ray Strom, license 4471-146. 715-555-0166.", ""),
    ("post", "Surgeon Vivien Thomas, born Aug. 29, 1910, changed how hearts of blue babies are mended.", ""),
    ("post", "Don't use insulin pen caps of lot 77-K3012: report trouble to MedWatch.", ""),
    ("profile", "Recovery residence, directors Tabitha Rue and Carmen Dell. Intake 715-555-0102.", ""),
    ("ad", "Home oxygen from $78 a month. Twin Pines, 40 Cooper Street.", ""),
    ("ad", "Dr. Ines Faulk, board-certified dermatologist, license MD-118402. Call 985-555-0132.", ""),
    ("post", "Your gala receipt has confirmation number 7Q-2290, which is your table, too.", ""),
    (
        "comment_reply",
        "Reference R-30771 is the posting; human resources writes to all applicants.",
        "Ref R-30771?",
    ),
    (
        "comment_reply",
        "Reminder texts come from 919-555-0100. Save that number.",
        "I never get the reminder texts",
    ),
]


FILES_OF_THE_HOUSE = [
    "ep44_dr-naomi-stroud_afib.mp3",
    "marsh-leo-md-gallstones-101.pdf",
    "headshot_burgess_loretta_cno.jpg",
    "20261119_ribbon_senator-dale-wick.jpg",
    "grand-rounds_dr-hana-ostrowski.mp3",
    "recipe_deb_kessler_lentil_soup.jpg",
    "mural_by_artist_caleb_marsh.jpeg",
]
FILES_OF_PATIENTS = [
    "burgess_loretta_mri.jpg",
    "chart_dale_wick_dr_ostrowski.pdf",
    "headshot_patient_deb_kessler.jpg",
    "speaker_caleb_marsh_after_surgery.mp4",
]


@pytest.mark.parametrize(("surface", "text", "parent"), SOMEBODYS)
def test_a_number_that_is_somebodys_is_stopped(surface: Surface, text: str, parent: str) -> None:
    assert judge(Material(surface, text, parent=parent)).decision == "block"


@pytest.mark.parametrize("name", FILES_OF_PATIENTS)
def test_a_file_named_after_a_patient_is_stopped(name: str) -> None:
    assert judge(with_file(name)).decision == "block"


@pytest.mark.parametrize("name", FILES_OF_THE_HOUSE)
def test_a_file_named_after_one_of_the_house_or_a_guest_passes(name: str) -> None:
    assert judge(with_file(name)).decision != "block"


def with_file(name: str) -> Material:
    """A post with a picture whose file has this name."""
    picture = MediaFacts(
        content_hash="0" * 64, kind="image", alt_text="A person in the lobby", file_name=name
    )
    return Material("post", "Have a look.", media=(picture,))


@pytest.mark.parametrize(("surface", "text", "parent"), NOBODYS)
def test_a_number_that_is_nobodys_passes(surface: Surface, text: str, parent: str) -> None:
    found = judge(Material(surface, text, parent=parent)).findings
    assert not [each.rule for each in found if each.is_violation]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("three three zero, five five five, zero one one two", "3305550112"),
        ("7-zero-1, triple 5, zero-1-8-3", "7015550183"),
        ("4l2 - 5S - 9O78", "412 - 55 - 9078"),
        ("5 4 1 - 0 2 - 6 6 1 8", "541-02-6618"),
        ("M R N 0 0 4 8 2 9 1 7", "MRN 00482917"),
        ("two one nine dash oh nine dash four four one one", "219-09-4411"),
        ("D . O . T . physicals, $90", "D . O . T . physicals, $90"),
        ("ages six, seven, eight and nine", "ages six, seven, eight and nine"),
        ("O2 at 2 liters, B12 shots", "O2 at 2 liters, B12 shots"),
    ],
)
def test_disguised_digits_are_read_as_digits(written: str, meant: str) -> None:
    letters = plain(written)
    assert with_whole_digits(letters, Tokens(letters.text)).text.strip() == meant
