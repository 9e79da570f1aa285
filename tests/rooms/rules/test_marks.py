"""Calling a finding wrong: it lets nothing pass, is reviewed, and becomes an example that is tried again."""

import io
import json

import pytest
from tests.fixtures.clinic import Clinic
from tests.rooms.rules.conftest import found, judged

from bedside.audit.models import Record
from bedside.cli.guard import check_lines
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.guard import Material, MediaFacts, OrganizationFacts, judge
from bedside.rules.actions import accept_mark, mark_wrong, reject_mark, save_own_rule
from bedside.rules.examples import ExamplesFail, example_of, material_of, still_firing
from bedside.rules.models import Mark

TEXT = "Our cream cures eczema, guaranteed."
RULE = "claim-cure-or-guarantee"


@pytest.fixture
def mark(clinic: Clinic, author) -> Mark:
    material, finding = found(clinic, TEXT, RULE)
    return mark_wrong(material, finding, kind="harmless_here", reason="It is a headline.", by=author)


def test_a_mark_lets_nothing_pass(clinic: Clinic, mark):
    assert judged(clinic, TEXT).decision == "block"
    assert (mark.state, mark.says, mark.example["text"]) == ("open", mark.says, TEXT)


def test_the_same_finding_is_marked_once(clinic: Clinic, mark):
    material, finding = found(clinic, TEXT, RULE)
    again = mark_wrong(material, finding, kind="not_a_patient", reason="", by=clinic.member("moderator"))
    assert again == mark
    assert Mark.objects.count() == 1


def test_what_was_kept_is_an_input_line_of_the_command_and_fires_there(mark):
    line = json.dumps({"id": str(mark.pk), **mark.example}).encode()
    out = io.StringIO()
    assert check_lines(io.BytesIO(line), out, OrganizationFacts()) == 0
    assert RULE in {finding["rule"] for finding in json.loads(out.getvalue())["findings"]}


def test_a_finding_beside_the_text_keeps_the_field_it_stands_in():
    thread = Material("post", "First.", thread=("Second.", TEXT))
    finding = next(f for f in judge(thread).findings if f.rule == RULE)
    assert example_of(thread, finding) == {"text": TEXT, "surface": "post"}
    alt = Material("post", "Look.", media=(MediaFacts("", "image", alt_text=TEXT),))
    finding = next(f for f in judge(alt).findings if f.rule == RULE)
    kept = example_of(alt, finding)
    assert (kept["text"], kept["alt_texts"]) == ("Look.", [TEXT])
    assert RULE in {f.rule for f in judge(material_of(kept)).findings}


def test_an_accepted_mark_is_tried_under_todays_rules(clinic: Clinic, mark, officer):
    accept_mark(mark, by=officer, example={"text": TEXT}, answer="Right.")
    kept = accept_mark_of(clinic, officer, "A tummy rub for your cat.")
    assert still_firing(clinic.organization, [mark, kept]) == {mark.pk: True, kept.pk: False}


def accept_mark_of(clinic: Clinic, officer, text: str) -> Mark:
    material, finding = found(clinic, "Our balm cures warts, guaranteed.", RULE)
    other = mark_wrong(material, finding, kind="harmless_here", reason="", by=officer)
    return accept_mark(other, by=officer, example={"text": text})


def test_an_own_rule_has_to_keep_what_was_accepted_about_it(clinic: Clinic, own, author, officer):
    rule = own()
    material, finding = found(clinic, "The tummy tuck of our puppet theater.", rule.key)
    mark = mark_wrong(material, finding, kind="harmless_here", reason="A puppet show.", by=author)
    accept_mark(mark, by=officer, example=mark.example)
    with pytest.raises(ExamplesFail) as refused:
        save_own_rule(clinic.organization, fields={"title": "Pet names"}, by=officer, rule=rule)
    assert "puppet" in refused.value.sentence


def test_when_the_rule_was_right_the_words_are_forgotten(mark, officer):
    rejected = reject_mark(mark, by=officer, answer="It promises a cure.")
    rejected.refresh_from_db()
    assert (rejected.says, rejected.example, rejected.reviewed_by) == ("", {}, officer)
    with pytest.raises(Refusal):
        accept_mark(rejected, by=officer, example={"text": "Back again"})


def test_who_may_mark_and_who_may_review(clinic: Clinic, other_clinic: Clinic, mark, author):
    material, finding = found(clinic, TEXT, RULE)
    with pytest.raises(NotAllowed):
        mark_wrong(material, finding, kind="harmless_here", reason="", by=clinic.member("viewer"))
    for by in (author, other_clinic.member("privacy_officer")):
        with pytest.raises(NotAllowed):
            accept_mark(mark, by=by, example=mark.example)
        with pytest.raises(NotAllowed):
            reject_mark(mark, by=by)
    with pytest.raises(Refusal):
        mark_wrong(material, finding, kind="boring", reason="", by=author)
    with pytest.raises(Refusal):
        mark_wrong(material, finding, kind="other", reason=" ", by=author)


def test_the_record_has_the_mark_but_not_its_words(mark, officer):
    accept_mark(mark, by=officer, example=mark.example)
    lines = list(Record.objects.filter(object_kind="mark").order_by("number"))
    assert [line.verb for line in lines] == ["finding.marked", "mark.accepted"]
    assert "cream" not in "".join(f"{line.words}{line.data}" for line in lines)
