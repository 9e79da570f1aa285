"""The organization's own rules and weights, as the guard takes them."""

import pytest

from bedside.guard import Material, OrganizationFacts, OwnRule, judge
from bedside.guard.material import Surface
from bedside.guard.own_rules import OwnRules, failing_examples, finds, words_in
from bedside.guard.verdict import Finding, decide, sign_offs, with_waivers

TUMMY = OwnRule(
    id="own-tummy",
    title="We say abdomen",
    phrases=("tummy tuck", "mommy makeover*"),
    why="Our surgeons do not sell by pet names.",
    instead="Name the operation.",
    replacement="abdominoplasty",
)


def judged(text: str, *own: OwnRule, surface: Surface = "post", **facts: object) -> list[Finding]:
    organization = OrganizationFacts(own_rules=own, **facts)
    return list(judge(Material(surface, text), organization=organization).findings)


@pytest.mark.parametrize(
    "text",
    [
        "A tummy tuck in June.",
        "TUMMY   TUCK",
        "túmmy-tuck",
        "Mommy makeovers begin in May.",
        "#TummyTuck now",
    ],
)
def test_a_phrase_is_found_whatever_its_case_accents_spacing_and_ending(text: str):
    (found,) = [f for f in judged(text, TUMMY) if f.rule == "own-tummy"]
    assert found.says == text[found.start : found.end]
    assert (found.instead, found.replacement) == ("Name the operation.", "abdominoplasty")


@pytest.mark.parametrize("text", ["My tummy hurts. Tuck in your shirt.", "tummytuckers", ""])
def test_what_only_looks_like_the_phrase_is_not_found(text: str):
    assert [f for f in judged(text, TUMMY) if f.rule == "own-tummy"] == []


def test_examples_are_read_as_every_text_is():
    kept = OwnRule(
        "own-x", "X", ("free flu shots",), breaks=("#FreeFluShots",), keeps=("Flu shots are free.",)
    )
    assert failing_examples(kept) == ()
    broken = OwnRule("own-x", "X", ("flu",), breaks=("No such word.",), keeps=("Flu shots are free.",))
    assert failing_examples(broken) == (
        "Not found in: “No such word.”",
        "Found in: “Flu shots are free.”",
    )


@pytest.mark.parametrize("name", ["Lumivo", "Zepboond", "Cryoslimm", "MyHelth"])
def test_a_made_up_name_is_found_although_it_looks_mistyped(name: str):
    assert finds(OwnRule("own-name", "Name", (name,)), f"Ask us about {name} today.")


def test_a_rule_speaks_only_on_its_surfaces():
    own = OwnRule("own-s", "S", ("parking",), surfaces=("review_reply",))
    assert judged("The parking is full.", own) == []
    assert judged("The parking is full.", own, surface="review_reply")


def test_a_phrase_without_letters_looks_for_nothing():
    assert words_in("… !") == ()
    assert judged("Well … !", OwnRule("own-e", "E", ("… !",))) == []


def test_a_signature_is_asked_of_whom_the_rule_names():
    own = OwnRule("own-c", "C", ("lumbar puncture",), weight="needs sign-off", sign_off="clinical")
    assert sign_offs(judged("A lumbar puncture takes an hour.", own)) == {"clinical"}


def test_a_stop_that_became_a_signature_is_never_passed_unsigned():
    text = "Our cream cures eczema, guaranteed."
    stops = [f for f in judged(text) if f.rule == "claim-cure-or-guarantee"]
    assert [f.weight for f in stops] == ["stops"] * max(len(stops), 1)
    regraded = judged(text, regrades=(("claim-cure-or-guarantee", "needs sign-off"),))
    mine = [f for f in regraded if f.rule == "claim-cure-or-guarantee"]
    assert sign_offs(mine) == {"privacy"}
    assert decide(mine) == "block"


def test_a_waived_finding_counts_no_more_and_a_never_finding_always_does():
    own = OwnRule("own-w", "W", ("parking",), weight="stops")
    organization = OrganizationFacts(own_rules=(own,))
    verdict = judge(Material("post", "Parking is full. SSN 219-09-9999."), organization=organization)
    left = with_waivers(verdict, lambda finding: True)
    assert {f.rule for f in left.findings} == {f.rule for f in verdict.findings if f.override == "never"}
    assert "own-w" in {f.rule for f in left.waived}
    assert left.decision == "block"


def test_of_a_hundred_own_rules_only_those_whose_words_stand_there_are_tried():
    rules = tuple(OwnRule(f"own-{n}", "A word", (f"word{n} zebra{n}*", f"lion{n}")) for n in range(10, 100))
    text = " flu shots are here for everybody who wants one, and zebra47s for the others."
    assert OwnRules(rules).worth_trying(text) == [rules[37]]
    assert OwnRules(rules).worth_trying(" flu shots are here.") == []
    assert [f.rule for f in judged("Ask for word47 zebra47s.", *rules) if f.rule.startswith("own-")] == [
        "own-47"
    ]
