"""Numbers that nothing names: the form of a file's number beside one person in care is enough."""

import pytest

from bedside.guard import Material, judge
from bedside.guard.material import Surface

RECORDS = "phi-record-plan-account-number"
SOMEBODYS = [
    ("post", "Polaroids marked HX5591207 turned up in dermatology. Nasty shingles, poor guy.", ""),
    ("post", "Kidney list: candidate 8830-K is active again. Somebody tell her favorite nurse.", ""),
    ("post", "The name on her seizure medicine is washed off, but the tote says 66-20418.", ""),
    ("post", "Trip sheet 0417-220-1 is a ride for the gentleman going to radiation.", ""),
    (
        "comment_reply",
        "cert. # 7-001-882, it's ready for the family.",
        "have they finished Uncle Ray's paperwork",
    ),
    ("comment_reply", "You're 1140-22 in the queue for the kidney.", "how far up the list am I"),
]
NOBODYS = [
    ("post", "Frame model 4471-8820-B is back. Ask for Hannah; she hid two pairs of glasses.", ""),
    ("post", "Model 219-09 walkers are back at the loan closet. Return your old one first.", ""),
    ("post", "Data logger TL-88012 says the vaccine refrigerator held. The pharmacist slept beside it.", ""),
    (
        "post",
        "Patients 18-65 and her mother's generation, 2025-2026: read what 1,200-1,400 calories mean.",
        "",
    ),
    ("post", "Clinic cat Ginger, shelter number A-33071, visits our patients on Mondays.", ""),
    ("post", "Recalled eggs carry plant code P-1950. Our dietitian Ana tells her patients what to do.", ""),
    ("comment_reply", "It's form 1095-B you want; your plan mails it in January.", "where's my tax form"),
    ("comment_reply", "Yes, our tax number 84-5550199 is on your letter.", "tax id for my donation?"),
    ("profile", "Certified prosthetist Wyatt Lowe, CP 004118. Her patients walk. Perryton, 30 Main.", ""),
]


@pytest.mark.parametrize(("surface", "text", "parent"), SOMEBODYS)
def test_a_number_of_a_file_is_stopped_whatever_it_is_called(
    surface: Surface, text: str, parent: str
) -> None:
    found = judge(Material(surface, text, parent=parent)).findings
    assert any(each.rule == RECORDS and each.weight == "stops" for each in found)


@pytest.mark.parametrize(("surface", "text", "parent"), NOBODYS)
def test_a_number_of_a_thing_or_a_form_is_nobodys(surface: Surface, text: str, parent: str) -> None:
    found = judge(Material(surface, text, parent=parent)).findings
    assert not any(each.rule == RECORDS and each.weight == "stops" for each in found)
