"""What the guard promises for any input: no crash, right places, the same answer twice, and time that grows with
length only."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.guard import SURFACES, LinkFacts, Material, MediaFacts, judge, judge_many, rules

DAY = date(2026, 11, 22)
WORDS = st.sampled_from(
    [
        "thank",
        "you",
        "for",
        "choosing",
        "us",
        "your",
        "surgery",
        "patient",
        "Mr.",
        "Okafor",
        "Jordan",
        "Vance",
        "HIV",
        "988",
        "MRN",
        "00482913",
        "#prayfor",
        "😀",
        "\u200b",
        "é",
        "ﬁ",
        "½",
        "Ⓙ",
        "𝓳",
        "\n",
        ".",
        "!",
        "?",
        ",",
        "",
        "http://a.example/x?pid=1",
        "302-555-0148",
        "219-09-9999",
        "gracias",
        "su",
        "cirugía",
        "97-year-old",
        "@x",
        "\u202e",
        "\ufeff",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, parent=TEXTS, surface=st.sampled_from(SURFACES))
def test_any_text_gets_a_verdict_whose_places_are_right(text: str, parent: str, surface: str) -> None:
    material = Material(surface=surface, text=text, parent=parent, first_comment=text[::-1])  # type: ignore[arg-type]
    verdict = judge(material, on=DAY)
    fields = dict(material.fields())
    for finding in verdict.findings:
        original = fields.get(finding.field, "")
        assert finding.says == original[finding.start : finding.end]
    assert verdict == judge(material, on=DAY)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(TEXTS, max_size=5))
def test_any_field_may_hold_anything(texts: list[str]) -> None:
    material = Material(
        surface="post",
        text="",
        thread=tuple(texts),
        poll_options=tuple(texts),
        links=tuple(LinkFacts(url=text, title=text, description=text) for text in texts),
        media=tuple(
            MediaFacts("x", "image", text, text, text, text, codes=(text,), metadata=((text, text),))
            for text in texts
        ),
    )
    fields = dict(material.fields())
    for finding in judge(material, on=DAY).findings:
        assert finding.says == fields.get(finding.field, "")[finding.start : finding.end]


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        " ",
        "thank you for ",
        "we ",
        "Mr. ",
        "1-",
        "#",
        "a.",
        "@a",
        "https://",
        "J o ",
        "\u200b",
        "𝓪",
        "(((",
        "your surgery was ",
        "Jordan Vance ",
        "she had chemo ",
        "9",
        "\n",
        "😀",
        'I "my ',
        "1.1.",
        "a_b-",
    ],
)
def test_a_long_text_of_one_kind_takes_less_than_a_second(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    judge(Material(surface="review_reply", text="warm up"), on=DAY)
    for surface in ("post", "review_reply"):
        begun = time.process_time()
        judge(Material(surface=surface, text=text), on=DAY)  # type: ignore[arg-type]
        assert time.process_time() - begun < 4.0, "generous: test machines are shared; linear is the point"


def test_the_fingerprint_changes_with_any_part() -> None:
    material = Material(surface="post", text="Flu shots", media=(MediaFacts("x", "image", "A nurse"),))
    others = [
        Material(surface="ad", text="Flu shots", media=material.media),
        Material(surface="post", text="Flu shots.", media=material.media),
        Material(surface="post", text="Flu shots", media=(MediaFacts("y", "image", "A nurse"),)),
        Material(surface="post", text="Flu shots", media=(MediaFacts("x", "image", "Nurse"),)),
    ]
    assert len({material.fingerprint, *(other.fingerprint for other in others)}) == 5
    assert (
        material.fingerprint == Material(surface="post", text="Flu shots", media=material.media).fingerprint
    )


def test_judging_many_is_judging_each() -> None:
    materials = [Material(surface="post", text=text) for text in ("Flu shots today", "Tyler beat leukemia!")]
    assert [v.decision for v in judge_many(materials, on=DAY)] == [
        judge(m, on=DAY).decision for m in materials
    ]


def test_every_rule_has_examples_on_both_sides_and_an_authority() -> None:
    for rule in rules():
        assert len(rule.breaks) >= 3, rule.id
        assert len(rule.keeps) >= 3, rule.id
        assert rule.citations, rule.id
        assert rule.surfaces, rule.id


def test_a_rule_speaks_only_while_it_is_in_force() -> None:
    text = Material(surface="post", text="$10 coffee card for each 5-star review!")
    assert "review-incentive-for-sentiment" in {f.rule for f in judge(text, on=DAY).findings}
    before = judge(text, on=date(2024, 10, 20))
    assert "review-incentive-for-sentiment" not in {f.rule for f in before.findings}
