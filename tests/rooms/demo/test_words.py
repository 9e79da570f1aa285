"""The words of the demonstration: each fits, each draft is stopped by the rule that it is there to show."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bedside.demo.channels import span_of
from bedside.demo.pictures import POSTERS, drawn
from bedside.demo.queue import drafts
from bedside.demo.seasons import plan
from bedside.demo.shelf import library_of_posts, words
from bedside.guard import Material, MediaFacts, OrganizationFacts, judge
from bedside.guard.organization import Clinician

ZONE = "America/Chicago"


def test_no_two_texts_have_the_same_key_or_the_same_words() -> None:
    texts = library_of_posts()
    assert len({text.key for text in texts}) == len(texts)
    assert len({text.text for text in texts}) == len(texts)


def test_every_picture_is_described_and_drawn() -> None:
    described = words("pictures")
    assert set(described) == set(POSTERS)
    assert all(said["alt_text"] and said["written"] for said in described.values())
    assert all(content.startswith(b"\xff\xd8") for _key, content in drawn())


@pytest.mark.parametrize("month", range(1, 13))
def test_every_time_of_the_year_has_enough_to_say(month: int) -> None:
    present = date(2027, month, 15)
    planned = plan(
        library_of_posts(), present - timedelta(days=122), present + timedelta(days=33), most=176, zone=ZONE
    )
    assert 105 <= sum(each.at.date() <= present for each in planned) <= 160
    assert sum(each.at.date() > present for each in planned) >= 20
    assert len({each.piece.key for each in planned}) == len(planned)


def test_texts_of_a_day_are_said_on_that_day() -> None:
    planned = plan(library_of_posts(), date(2026, 10, 1), date(2026, 12, 31), most=120, zone=ZONE)
    days = {each.piece.key: f"{each.at:%m-%d}" for each in planned}
    assert days["day-diabetes"] == "11-14"
    assert days["day-smokeout"] == "11-19"  # the third Thursday of November 2026
    assert "heart-walk" not in days


def test_a_campaign_is_the_one_nearest_to_the_present_day() -> None:
    flu = {"from": "09-08", "until": "01-31"}
    assert span_of(flu, date(2026, 11, 22)) == (date(2026, 9, 8), date(2027, 1, 31))
    assert span_of(flu, date(2027, 3, 1)) == (date(2026, 9, 8), date(2027, 1, 31))


@pytest.mark.parametrize(("piece", "rules"), drafts(), ids=lambda value: getattr(value, "key", ""))
def test_a_draft_is_stopped_by_the_rule_it_shows(piece, rules) -> None:
    media = ()
    if piece.picture:
        said = words("pictures")[piece.picture]
        alt_text = said["alt_text"] if piece.alt_text is None else piece.alt_text
        media = (MediaFacts("", "image", alt_text, text_in_picture=said["written"]),)
    verdict = judge(Material("post", piece.text, media=media))
    found = {
        finding.rule for finding in verdict.findings if finding.is_violation or finding.weight != "advises"
    }
    assert set(rules) <= found
    assert (verdict.decision == "allow") == (not rules)


def test_answers_to_comments_and_reviews_pass_the_guard() -> None:
    voices = words("voices")
    comments = [said for topic in voices["comments"].values() for said in topic] + voices["mentions"]
    asked = [("comment_reply", said) for said in comments] + [
        ("review_reply", said) for said in voices["reviews"]
    ]
    facts = OrganizationFacts(staff=tuple(member["name"] for member in words("clinic")["members"]))
    facts = replace(facts, clinicians=tuple(Clinician(c["full_name"]) for c in words("clinic")["clinicians"]))
    facts = replace(facts, emails=("press@alderbend.example",), sites=("https://alderbend.example",))
    stopped = [
        said["answer"]
        for surface, said in asked
        if "answer" in said
        and judge(Material(surface, said["answer"], parent=said["say"]), organization=facts).decision
        == "block"
    ]
    assert stopped == []
