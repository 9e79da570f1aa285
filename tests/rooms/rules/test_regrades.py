"""Another weight for a rule of the product: graver always, milder only as far as its override allows."""

import pytest
from tests.fixtures.clinic import Clinic
from tests.rooms.rules.conftest import judged

from bedside import guard
from bedside.audit.models import Record
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.planning.actions import submit_post
from bedside.planning.actions.submitting import Stopped
from bedside.rules.actions import end_regrade, regrade_rule
from bedside.rules.grading import RANK, weights_for
from bedside.rules.models import Regrade

CURE = guard.rule("claim-cure-or-guarantee")
SUPERIOR = guard.rule("claim-superiority")
EMOJI = guard.rule("a11y-emoji-overuse")
WHY = "Our counsel asked for it in May."


def test_no_rule_can_be_made_milder_than_whoever_may_override_it_allows():
    for rule in guard.rules():
        weights = weights_for(rule)
        assert rule.weight in weights
        if rule.override == "never":
            # Re-grading never touches these, so they have to stop by themselves.
            assert weights == [rule.weight] == ["stops"]
        else:
            assert "stops" in weights
        if rule.override != "author-dismiss":
            assert "advises" not in weights or rule.weight == "advises"


def test_a_graver_weight_stops_what_a_signature_would_have_passed(clinic: Clinic, officer, write, author):
    text = "We are the best hospital in the state."
    assert "claim-superiority" in {f.rule for f in judged(clinic, text).findings}
    regrade_rule(clinic.organization, rule=SUPERIOR, weight="stops", reason=WHY, by=officer)
    with pytest.raises(Stopped):
        submit_post(write(text), by=author)


def test_a_milder_weight_still_asks_the_privacy_officer(clinic: Clinic, officer, write, author):
    text = "Our cream cures eczema, guaranteed."
    with pytest.raises(Stopped):
        submit_post(write(text), by=author)
    made = regrade_rule(clinic.organization, rule=CURE, weight="needs sign-off", reason=WHY, by=officer)
    mine = [f for f in judged(clinic, text).findings if f.rule == CURE.id]
    assert {f.signature for f in mine} == {"privacy"}
    end_regrade(made, by=officer)
    assert {f.weight for f in judged(clinic, text).findings if f.rule == CURE.id} == {"stops"}


@pytest.mark.parametrize(
    ("rule", "weight"),
    [
        ("phi-ssn-pattern", "needs sign-off"),
        ("phi-ssn-pattern", "advises"),
        ("claim-cure-or-guarantee", "advises"),
        ("claim-superiority", "advises"),
        ("claim-superiority", "needs sign-off"),
        ("claim-superiority", "whispers"),
    ],
)
def test_what_goes_too_far_or_nowhere_is_refused(clinic: Clinic, officer, rule: str, weight: str):
    with pytest.raises(Refusal) as refused:
        regrade_rule(clinic.organization, rule=guard.rule(rule), weight=weight, reason=WHY, by=officer)
    assert refused.value.field == "weight"
    assert not Regrade.objects.exists()


def test_it_takes_a_reason_a_power_and_for_milder_a_privacy_officer(
    clinic: Clinic, other_clinic: Clinic, officer
):
    own = clinic.organization
    with pytest.raises(Refusal, match="sentence"):
        regrade_rule(own, rule=EMOJI, weight="stops", reason="so", by=officer)
    for by in (clinic.member("author"), other_clinic.member("privacy_officer")):
        with pytest.raises(NotAllowed):
            regrade_rule(own, rule=EMOJI, weight="stops", reason=WHY, by=by)
    with pytest.raises(NotAllowed, match="privacy officer"):
        regrade_rule(own, rule=CURE, weight="needs sign-off", reason=WHY, by=clinic.administrator)
    graver = regrade_rule(own, rule=EMOJI, weight="needs sign-off", reason=WHY, by=clinic.administrator)
    with pytest.raises(NotAllowed, match="milder"):
        end_regrade(graver, by=clinic.administrator)


def test_the_record_tells_who_gave_which_weight_and_why(clinic: Clinic, officer):
    made = regrade_rule(clinic.organization, rule=EMOJI, weight="stops", reason=WHY, by=officer)
    again = regrade_rule(
        clinic.organization, rule=EMOJI, weight="needs sign-off", reason="Too strict after all.", by=officer
    )
    end_regrade(again, by=officer)
    end_regrade(again, by=officer)
    made.refresh_from_db()
    assert made.ended_by == officer
    lines = list(Record.objects.filter(object_id=EMOJI.id).order_by("number"))
    assert [line.verb for line in lines] == ["rule.regraded", "rule.regraded", "rule.regrade_ended"]
    assert WHY in lines[0].words
    assert [line.data["before"] for line in lines] == ["advises", "stops", "needs sign-off"]


def test_graver_and_milder_are_told_apart():
    assert sorted(RANK, key=RANK.__getitem__) == ["advises", "needs sign-off", "stops"]
