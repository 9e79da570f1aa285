"""What the guard promises for any input: no crash, right places, the same answer twice, and time that grows with
length only."""

import gc
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guard_items.long_texts import PIECES, long_text, material_of
from tests.guard_items.promises import DAY, kept

from bedside.guard import (
    SURFACES,
    Clinician,
    LinkFacts,
    Material,
    MediaFacts,
    OrganizationFacts,
    OwnRule,
    judge,
    judge_many,
    rules,
)
from bedside.guard.material import Surface

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
def test_any_text_gets_a_verdict_whose_places_are_right(text: str, parent: str, surface: Surface) -> None:
    material = Material(surface=surface, text=text, parent=parent, first_comment=text[::-1])
    verdict = judge(material, on=DAY)
    fields = dict(material.fields())
    for finding in verdict.findings:
        original = fields.get(finding.field, "")
        assert finding.says == original[finding.start : finding.end]
    assert verdict == judge(material, on=DAY)


NAMES = st.one_of(st.sampled_from(["Dr. Ana Solís", "Jordan Vance", "Grace", "", "O'Neil-López III"]), TEXTS)
MEDIA = st.builds(
    MediaFacts,
    content_hash=st.just("x"),
    kind=st.sampled_from(["image", "video", "gif", "document"]),
    alt_text=TEXTS,
    file_name=TEXTS,
    captions=TEXTS,
    text_in_picture=TEXTS,
    faces=st.integers(0, 3),
    codes=st.lists(TEXTS, max_size=2).map(tuple),
    metadata=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
    faint=st.lists(TEXTS, max_size=1).map(tuple),
    covered_faces=st.integers(0, 2),
    has_sound=st.booleans(),
    is_unseen=st.booleans(),
    is_withheld=st.booleans(),
    moments=st.lists(st.tuples(st.integers(0, 50), st.floats(0, 60)), max_size=3).map(tuple),
    flashes=st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60)), max_size=2).map(tuple),
)
MATERIALS = st.builds(
    Material,
    surface=st.sampled_from(SURFACES),
    text=TEXTS,
    first_comment=TEXTS,
    thread=st.lists(TEXTS, max_size=2).map(tuple),
    media=st.lists(MEDIA, max_size=2).map(tuple),
    links=st.lists(st.builds(LinkFacts, url=TEXTS, title=TEXTS, description=TEXTS), max_size=2).map(tuple),
    poll_options=st.lists(TEXTS, max_size=2).map(tuple),
    parent=TEXTS,
    sources=st.lists(TEXTS, max_size=1).map(tuple),
)
WEIGHTS = st.sampled_from(["stops", "needs sign-off", "advises"])
OWN_RULES = st.builds(
    OwnRule,
    id=st.sampled_from(["own-a", "own-b"]),
    title=st.just("Our word"),
    phrases=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    weight=WEIGHTS,
    replacement=st.one_of(st.none(), TEXTS),
    surfaces=st.lists(st.sampled_from(SURFACES), max_size=2).map(tuple),
)
REGRADES = st.lists(st.tuples(st.sampled_from([rule.id for rule in rules()]), WEIGHTS), max_size=4)
ORGANIZATIONS = st.builds(
    OrganizationFacts,
    name=NAMES,
    clinicians=st.lists(st.builds(Clinician, name=NAMES, specialty=TEXTS), max_size=2).map(tuple),
    staff=st.lists(NAMES, max_size=2).map(tuple),
    phones=st.lists(TEXTS, max_size=1).map(tuple),
    emails=st.lists(TEXTS, max_size=1).map(tuple),
    addresses=st.lists(TEXTS, max_size=1).map(tuple),
    sites=st.lists(TEXTS, max_size=1).map(tuple),
    handles=st.lists(TEXTS, max_size=1).map(tuple),
    own_rules=st.lists(OWN_RULES, max_size=2).map(tuple),
    regrades=REGRADES.map(tuple),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(material=MATERIALS, organization=ORGANIZATIONS)
def test_any_material_of_any_organization_is_judged_as_promised(
    material: Material, organization: OrganizationFacts
) -> None:
    kept(material, organization)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(materials=st.lists(MATERIALS, min_size=2, max_size=4), organization=ORGANIZATIONS)
def test_what_was_judged_before_changes_no_verdict(
    materials: list[Material], organization: OrganizationFacts
) -> None:
    there = [judge(each, organization=organization, on=DAY) for each in materials]
    judge(materials[0], on=DAY)
    back = [judge(each, organization=organization, on=DAY) for each in reversed(materials)]
    assert there == back[::-1]


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


# Times as long for ten times the length. Linear is 10, and memory and a busy machine add to it; quadratic would be 100.
MOST = 25
SLACK_SECONDS = 0.3


def seconds_for(material: Material) -> float:
    """The processor time of one verdict, without a collection of what thousands of other tests left behind."""
    gc.disable()
    try:
        begun = time.process_time()
        judge(material, on=DAY)
        return time.process_time() - begun
    finally:
        gc.enable()


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_length_only(piece: str) -> None:
    # Of numbers more is asked in a reply.
    surface: Surface = "review_reply" if any(map(str.isdigit, piece)) else "post"
    _, short, long = (seconds_for(material_of(piece, length, surface)) for length in (1000, 10_000, 100_000))
    assert long < MOST * short + SLACK_SECONDS


@pytest.mark.parametrize("piece", ["Smith, John\n", "Rm 12 Hendricks NPO ", "Ab Cd Ef ", "1a", "mrn-"])
def test_time_grows_with_the_length_of_a_picture_s_text_only(piece: str) -> None:
    def material(length: int) -> Material:
        media = (MediaFacts("x", "image", text_in_picture=long_text(piece, length)),)
        return Material(surface="post", text="Our week", media=media)

    _, short, long = (seconds_for(material(length)) for length in (1000, 10_000, 100_000))
    assert long < MOST * short + SLACK_SECONDS


def test_pictures_without_a_word_are_judged() -> None:
    film = MediaFacts("x", "video", is_unseen=True, flashes=((1.0, 2.0),))
    rules_found = {
        found.rule for found in judge(Material(surface="post", text="", media=(film,)), on=DAY).findings
    }
    assert {"a11y-flashing", "a11y-video-captions", "media-not-looked-into"} <= rules_found


def test_a_fact_that_came_later_changes_no_fingerprint_while_it_says_nothing() -> None:
    film = MediaFacts("x", "video")
    assert "flashes" not in film.canonical()
    assert "flashes" in replace(film, flashes=((1.0, 2.0),)).canonical()


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
