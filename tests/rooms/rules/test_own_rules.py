"""Writing rules of one's own: examples that pass, who may, and that they hold at once, at the last gate too."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.fixtures.clinic import Clinic
from tests.rooms.rules.conftest import PET_NAMES, judged

from bedside.audit.models import Record
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.planning.actions import submit_post
from bedside.planning.actions.submitting import Stopped
from bedside.planning.clearance import clearance_of
from bedside.rules.actions import archive_own_rule, restore_own_rule, save_own_rule
from bedside.rules.examples import ExamplesFail
from bedside.rules.facts import choices_of

KEY = "own-no-pet-names-for-operations"


def keys(clinic: Clinic, text: str) -> set[str]:
    return {finding.rule for finding in judged(clinic, text).findings}


def test_a_rule_holds_from_the_moment_it_is_saved_until_it_is_put_away(clinic: Clinic, own, officer):
    assert KEY not in keys(clinic, "A tummy tuck?")
    rule = own()
    assert KEY in keys(clinic, "A tummy tuck?")
    save_own_rule(
        clinic.organization,
        fields={"phrases": ["mommy makeover"], "breaks": ["Mommy makeover"]},
        by=officer,
        rule=rule,
    )
    assert KEY not in keys(clinic, "A tummy tuck?")
    archive_own_rule(rule, by=officer)
    assert KEY not in keys(clinic, "A mommy makeover?")
    restore_own_rule(rule, by=officer)
    assert KEY in keys(clinic, "A mommy makeover?")
    lines = Record.objects.filter(object_kind="rule").order_by("number")
    assert [line.verb for line in lines] == ["rule.written", "rule.changed", "rule.archived", "rule.restored"]
    assert lines[0].actor_label == officer.name
    assert "No pet names" in lines[0].words


def test_what_one_organization_writes_does_not_hold_in_another(clinic: Clinic, other_clinic: Clinic, own):
    own()
    assert KEY in keys(clinic, "A tummy tuck?")
    assert KEY not in keys(other_clinic, "A tummy tuck?")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "  "}, "title"),
        ({"phrases": []}, "phrases"),
        ({"phrases": ["…"]}, "phrases"),
        ({"phrases": ["a*"]}, "phrases"),
        ({"phrases": ["mo*mmy"]}, "phrases"),
        ({"phrases": ["word " * 40]}, "phrases"),
        ({"breaks": []}, "breaks"),
        ({"keeps": []}, "keeps"),
        ({"weight": "shouts"}, "weight"),
        ({"surfaces": ["billboard"]}, "surfaces"),
        ({"breaks": ["Nothing of the kind."]}, "breaks"),
        ({"keeps": ["A tummy tuck."]}, "keeps"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_at_its_field(
    clinic: Clinic, officer, fields: dict[str, Any], field: str
):
    with pytest.raises(Refusal) as refused:
        save_own_rule(clinic.organization, fields={**PET_NAMES, **fields}, by=officer)
    assert refused.value.field == field
    assert not clinic.organization.own_rules.exists()


def test_the_examples_that_fail_are_named_with_the_reason(clinic: Clinic, officer):
    fields = {
        **PET_NAMES,
        "breaks": ["Our tummy tuck", "Our belly job"],
        "keeps": ["Mommy makeovers!", "Tummy"],
    }
    with pytest.raises(ExamplesFail) as refused:
        save_own_rule(clinic.organization, fields=fields, by=officer)
    wrong = {each.text: each.why for each in refused.value.tried if not each.is_right}
    assert set(wrong) == {"Our belly job", "Mommy makeovers!"}
    assert "not found" in wrong["Our belly job"]
    assert "must not be" in wrong["Mommy makeovers!"]


def test_only_who_manages_rules_may_write_one_and_only_for_their_own_house(
    clinic: Clinic, other_clinic: Clinic, own
):
    for by in (clinic.member("author"), other_clinic.member("privacy_officer")):
        with pytest.raises(NotAllowed):
            save_own_rule(clinic.organization, fields=PET_NAMES, by=by)
        with pytest.raises(NotAllowed):
            archive_own_rule(own(title=f"For {by.name}"), by=by)


def test_two_rules_of_one_name_are_told_apart(own):
    assert [own().key, own().key, own(title="¡¿!?").key] == [KEY, f"{KEY}-2", "own-rule"]


def test_a_stop_of_ones_own_refuses_the_post(own, write, author):
    own()
    with pytest.raises(Stopped) as refused:
        submit_post(write("Ask about our tummy tuck in June."), by=author)
    (finding,) = [f for f in refused.value.judged[0].stops if f.rule == KEY]
    assert (finding.says, finding.replacement) == ("tummy tuck", "abdominoplasty")


def test_todays_own_rules_hold_at_the_last_gate(own, agreed, officer):
    variant = agreed("Ask about our tummy tuck in June.").variants.get()
    assert clearance_of(variant).is_clear
    rule = own()
    assert clearance_of(variant).code == "guard_stops"
    archive_own_rule(rule, by=officer)
    assert clearance_of(variant).is_clear


def test_a_signature_of_ones_own_is_asked_for_at_the_last_gate(own, agreed):
    variant = agreed("Ask about our tummy tuck in June.").variants.get()
    own(weight="needs sign-off", sign_off="clinical")
    assert clearance_of(variant).code == "signature_missing"


def test_rules_are_read_once_and_then_known_by_their_edition(clinic: Clinic, own):
    for number in range(5):
        own(title=f"Rule {number}")
    choices_of(clinic.organization.pk)
    with CaptureQueriesContext(connection) as asked:
        again = choices_of(clinic.organization.pk)
    assert len(again.own_rules) == 5
    assert len(asked) == 1
    assert choices_of(clinic.organization.pk) is again
