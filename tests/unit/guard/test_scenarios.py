"""What enforcement cases taught: eleven situations that must stop and three that must not, in words of our own."""

from dataclasses import dataclass
from datetime import date

import pytest

from bedside.guard import Consent, Material, MediaFacts, judge
from bedside.guard.material import Surface

DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Scenario:
    name: str
    material: Material
    rules: frozenset[str]


def said(
    name: str,
    surface: Surface,
    text: str,
    *rules: str,
    parent: str = "",
    alt: str | None = None,
    faces: int = 1,
) -> Scenario:
    media = () if alt is None else (MediaFacts(content_hash="x", kind="image", alt_text=alt, faces=faces),)
    material = Material(surface=surface, text=text, parent=parent, media=media)
    return Scenario(name, material, frozenset(rules))


STOPPED = [
    said(
        "dentist tells plan and price",
        "review_reply",
        "Mrs. Tolbert forgets that her plan paid part of the two crowns, which is why she owed us $640.",
        "reply-discusses-care-details",
        "reply-reveals-real-name",
    ),
    said(
        "dentist unmasks and insults",
        "review_reply",
        "For the record, Martin Beale came twice, skipped his root canal and isn't smart enough to rate us.",
        "reply-reveals-real-name",
        "reply-discusses-care-details",
        "reply-hostile-or-retaliatory",
    ),
    said(
        "dentist unmasks an alias",
        "review_reply",
        "Hello SunnyDay88, or should we say Divya R., your HMO did not cover the deep cleaning that day.",
        "reply-reveals-real-name",
        "reply-discusses-care-details",
    ),
    said(
        "clinic tells a diagnosis",
        "review_reply",
        "As someone treated here for anxiety, you know that we adjusted the dose twice at your request.",
        "reply-discusses-care-details",
        "phi-sensitive-programme",
    ),
    said(
        "clinic repeats what the author told",
        "review_reply",
        "We never ignore panic attacks like yours.",
        "reply-repeats-author-phi",
        parent="you ignored my panic attacks",
    ),
    said(
        "nursing home tells success stories",
        "post",
        "Success story: Lou Hart, 71, arrived unable to swallow after his stroke and went home singing!",
        "auth-required-for-patient-content",
        "phi-name-with-health-context",
        alt="A patient in a wheelchair singing in the hallway",
    ),
    said(
        "therapists publish testimonials",
        "post",
        "Hear from Gail Summers how we fixed her shoulder!",
        "auth-required-for-patient-content",
        "phi-name-with-health-context",
    ),
    said(
        "hospital names an arrested patient",
        "post",
        "Statement: Patient R. Lopez was arrested at our clinic on Tuesday.",
        "phi-newsworthy-patient",
        "phi-date-tied-to-individual",
    ),
    said(
        "leaders answer the press with chart facts",
        "comment_reply",
        "The woman in the article was not malnourished; her chart shows normal labs.",
        "reply-discusses-care-details",
        "phi-newsworthy-patient",
    ),
    said(
        "crew is booked and faces blurred later",
        "post",
        "Reality show from inside our trauma bay this Friday, we will blur the patient's face later!",
        "auth-required-for-patient-content",
    ),
    said(
        "clip of a dying patient",
        "post",
        "Clip of a resuscitation on our floor, face blurred. We lost our patient last night.",
        "auth-required-for-patient-content",
        "phi-deceased-patient",
    ),
    said(
        "doctor answers a reporter",
        "comment_reply",
        "Asked by TV about it: her dog was the issue, not our allergy care.",
        "reply-discusses-care-details",
        "phi-newsworthy-patient",
    ),
    said(
        "photo essay from a ward",
        "post",
        "Photo essay from our COVID ward: Mr. T. on day nine",
        "auth-required-for-patient-content",
    ),
    said(
        "patients are asked for votes",
        "post",
        "E-mail to all patients: vote for our dentist",
        "track-custom-audience-upload",
    ),
    said(
        "stories are shown without a record",
        "post",
        "Here are all our patient success stories with photos of her recovery, 150 of them.",
        "auth-required-for-patient-content",
    ),
]

PASSED = [
    said(
        "neutral reply",
        "review_reply",
        "Thank you for the feedback. Privacy rules keep us from discussing anyone's care here. "
        "Our patient relations team would like to listen at 302-555-0100.",
    ),
    said(
        "education",
        "post",
        "Stroke signs: face drooping, arm weakness, speech difficulty - call 911. #StrokeAwareness",
        alt="A drawing of a clock with the words face, arm, speech, time",
        faces=0,
    ),
]


@pytest.mark.parametrize("scenario", STOPPED, ids=lambda scenario: scenario.name)
def test_an_enforcement_case_is_blocked_for_its_reasons(scenario: Scenario) -> None:
    verdict = judge(scenario.material, on=DAY)
    assert verdict.decision == "block"
    assert scenario.rules <= {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize("scenario", PASSED, ids=lambda scenario: scenario.name)
def test_what_is_right_passes(scenario: Scenario) -> None:
    assert judge(scenario.material, on=DAY).decision == "allow"


def test_an_authorized_story_waits_for_a_person_and_is_not_blocked() -> None:
    story = Material(
        surface="post", text="Lou Hart shares his story of learning to swallow again after his stroke."
    )
    assert judge(story, on=DAY).decision == "block"
    consent = Consent(id="A-1042", person="Lou Hart", expires_on=date(2027, 5, 1))
    verdict = judge(story, on=DAY, consents=[consent])
    assert verdict.decision == "warn"
    assert "privacy" in verdict.sign_offs


def test_an_expired_or_revoked_authorization_helps_nothing() -> None:
    story = Material(
        surface="post", text="Lou Hart shares his story of learning to swallow again after his stroke."
    )
    expired = Consent(id="A-1", person="Lou Hart", expires_on=date(2026, 11, 21))
    revoked = Consent(id="A-2", person="Lou Hart", is_revoked=True)
    assert judge(story, on=DAY, consents=[expired, revoked]).decision == "block"


def test_an_authorization_of_one_person_does_not_cover_another() -> None:
    story = Material(surface="post", text="Lou Hart and Delia Marsh both beat cancer with us.")
    assert judge(story, on=DAY, consents=[Consent(id="A-1", person="Lou Hart")]).decision == "block"
