"""Red flags first, near misses not; then questions, complaints, thanks."""

import pytest

from bedside.guard import Finding
from bedside.inbox.triage import triage

FINDING = Finding("r", "text", 0, 1, "x", "why", "instead", "stops", None, "never", None, "law")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I want to die", "self_harm"),
        ("i dont want to live anymore", "self_harm"),
        ("I can’t stop thinking about hurting myself", "self_harm"),
        ("Ya no quiero vivir", "self_harm"),
        ("My dad has chest pain and is sweating, what do I do?", "emergency"),
        ("my baby cant breathe", "emergency"),
        ("Mi hijo no puede respirar", "emergency"),
        ("she is not waking up", "emergency"),
        ("I'll burn this place down", "threat"),
        ("I will kill that doctor", "threat"),
        ("I know where she lives", "threat"),
        ("Do you take walk-ins?", "question"),
        ("when are you open", "question"),
        ("¿Tienen vacunas contra la gripe?", "question"),
        ("Worst service ever, waited two hours", "complaint"),
        ("Pésimo servicio", "complaint"),
        ("Thank you all so much", "thanks"),
        ("Muchas gracias", "thanks"),
        ("Good morning", "other"),
        ("", "other"),
    ],
)
def test_a_message_stands_where_it_should(text, code):
    assert triage(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "This waiting time is killing me",
        "I would die for those cookies",
        "You nurses are the bomb!",
        "Breathe in, breathe out: love the yoga class",
        "My heart belongs to this team",
        "Shoot me an email please",
        "We cut the ribbon together",
    ],
)
def test_everyday_words_raise_no_alarm(text):
    assert not triage(text).is_urgent


def test_a_bad_rating_is_a_complaint_and_a_good_one_thanks():
    assert [triage("Fine.", rating=stars).code for stars in (1, 2, 3, 4, 5)] == [
        "complaint",
        "complaint",
        "other",
        "thanks",
        "thanks",
    ]


def test_a_red_flag_in_a_good_review_is_still_a_red_flag():
    assert triage("Great staff, but I want to die", rating=5).code == "self_harm"


def test_what_the_guard_finds_ranks_above_questions():
    found = triage("Is my number 219-09-9999 right?", findings=[FINDING])
    assert (found.code, found.is_urgent) == ("personal", False)
    assert found.rank > triage("Are you open?").rank
