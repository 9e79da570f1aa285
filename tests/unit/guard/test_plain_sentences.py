"""The plainest sentences, with names of many kinds: whoever is named, the sentence decides."""

import pytest

from bedside.guard import Material, judge_many

NAMES = [
    "Maria Lopez",
    "James Carter",
    "Priya Nair",
    "Tom Becker",
    "Aisha Khan",
    "Wei Zhang",
    "Grace O'Neil",
    "Luis Ortega",
    "Hannah Stein",
    "Dmitri Volkov",
    "Keisha Brown",
    "Marcus White",
    "DeShawn King",
    "Ana Souza",
    "Omar Haddad",
    "Linh Tran",
    "Mrs. Patterson",
    "Mr. Kowalski",
    "Jaylen W.",
    "Xiomara Delgado",
]
OF_PATIENTS = [
    "{} got her flu shot here today.",
    "{} came in for his colonoscopy this morning.",
    "{} is recovering well after knee surgery.",
    "Congrats to {} on finishing chemo!",
    "{} had a baby boy at our birth center on Friday.",
    "We saw {} in the ER last night.",
    "{}'s asthma is finally under control.",
    "{} rang the bell today.",
    "Thank you {} for trusting us with your hip replacement.",
    "{} tested positive for COVID.",
    "{} se vacunó hoy con nosotros.",
    "{} is our patient of the month.",
    "{} graduated from physical therapy today.",
    "Our thoughts are with the family of {}, who passed away on our hospice unit.",
]
OF_OTHERS = [
    "Dr. {} gives a free talk on asthma on Tuesday.",
    "Nurse {} has joined our dialysis team.",
    "{}, RN, shares three tips for a calm flu season.",
    "Our new cardiologist, {}, MD, sees patients from Monday.",
    "{}, our practice manager, answers questions about insurance.",
    "Physical therapist {} leads the balance class at ten.",
]


@pytest.mark.parametrize("sentence", OF_PATIENTS)
def test_whoever_is_named_as_a_patient_stops_a_post(sentence: str) -> None:
    texts = [sentence.format(name) for name in NAMES]
    verdicts = judge_many(Material("post", text) for text in texts)
    passed = [text for text, verdict in zip(texts, verdicts, strict=True) if verdict.decision != "block"]
    assert passed == []


@pytest.mark.parametrize("sentence", OF_OTHERS)
def test_whoever_is_named_as_one_of_us_does_not(sentence: str) -> None:
    names = [name.removeprefix("Mrs. ").removeprefix("Mr. ") for name in NAMES]
    texts = [sentence.format(name) for name in names]
    verdicts = judge_many(Material("post", text) for text in texts)
    stopped = [text for text, verdict in zip(texts, verdicts, strict=True) if verdict.decision == "block"]
    assert stopped == []
