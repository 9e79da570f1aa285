"""A program asks that a finding pass and takes that back; deciding, and putting advice aside, are for who has read."""

import pytest
from tests.rooms.planning.conftest import author, channel, write
from tests.rooms.rules.conftest import officer, own
from tests.rooms.rules.test_waivers import CURES, REASON

from bedside.audit.models import Record
from bedside.foundation.refusal import Refusal
from bedside.people.tokens import make_token
from bedside.rules.actions import decide_waiver
from bedside.rules.models import Waiver

__all__ = ["author", "channel", "officer", "own", "write"]

ASKED = {"rule": "claim-cure-or-guarantee", "reason": "The label says so."}


def test_it_is_asked_once_seen_and_taken_back(program, clinic, write):
    post, mine = write(CURES), program(clinic, "author")
    made = mine.call("POST", f"/posts/{post.pk}/waivers", ASKED)
    assert (made.status_code, made.json()["state"]) == (201, "asked")
    assert mine.call("POST", f"/posts/{post.pk}/waivers", ASKED).json()["id"] == made.json()["id"]
    path = f"/waivers/{made.json()['id']}"
    assert mine.call("GET", "/waivers").json()["items"] == [mine.call("GET", path).json()] == [made.json()]
    assert mine.call("POST", f"{path}/withdraw").json()["state"] == "withdrawn"
    verbs = Record.objects.filter(verb__startswith="waiver.", actor_kind="token").values_list(
        "verb", flat=True
    )
    assert list(verbs.order_by("number")) == ["waiver.asked", "waiver.withdrawn"]


def test_a_key_decides_nothing_whatever_powers_it_has(program, clinic, write):
    post, officer = write(CURES), clinic.member("privacy_officer")
    program(clinic, "author").call("POST", f"/posts/{post.pk}/waivers", ASKED)
    made, _secret = make_token(name="Robot", powers=officer.powers, by=officer)
    with pytest.raises(Refusal) as refused:
        decide_waiver(Waiver.objects.get(), by=made.acting_member(), says="agree", reason=REASON)
    assert refused.value.code == "needs_a_person"
    assert decide_waiver(Waiver.objects.get(), by=officer, says="agree", reason=REASON).state == "begun"


def test_a_key_puts_no_advice_aside(program, clinic, own, write):
    rule = own(weight="advises").key
    post, mine = write("Ask about our tummy tuck in June."), program(clinic, "author")
    answer = mine.call("POST", f"/posts/{post.pk}/waivers", {"rule": rule, "reason": "Read."})
    assert (answer.status_code, answer.json()["code"]) == (409, "needs_a_person")
    assert not Waiver.objects.exists()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"rule": "no-such-rule", "reason": "x"}, "no_such_finding"),
        ({"rule": "claim-cure-or-guarantee", "reason": ""}, "malformed"),
        ({"rule": "claim-cure-or-guarantee", "reason": "x", "state": "given"}, "malformed"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(program, clinic, write, asked, code):
    answer = program(clinic, "author").call("POST", f"/posts/{write(CURES).pk}/waivers", asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_another_organizations_are_not_there_and_the_power_is_needed(program, clinic, other_clinic, write):
    post = write(CURES)
    waiver = program(clinic, "author").call("POST", f"/posts/{post.pk}/waivers", ASKED).json()["id"]
    theirs = program(other_clinic, "privacy_officer")
    assert theirs.call("GET", "/waivers").json()["items"] == []
    for method, path, body in (
        ("GET", f"/waivers/{waiver}", None),
        ("POST", f"/waivers/{waiver}/withdraw", None),
        ("POST", f"/posts/{post.pk}/waivers", ASKED),
    ):
        assert theirs.call(method, path, body).status_code == 404
        assert program(clinic, "viewer").call(method, path, body).status_code == 403
    stranger = program(clinic, "brand_approver").call("POST", f"/waivers/{waiver}/withdraw")
    assert (stranger.status_code, stranger.json()["code"]) == (403, "power_missing"), (
        "not theirs to take back"
    )
    assert Waiver.objects.get().state == "asked"
