"""A program sets who signs what, and sees who was asked from outside; it neither signs nor vouches."""

import pytest
from tests.fixtures.clinic import Clinic

from bedside.approvals.actions import ask
from bedside.approvals.models import Request, Route
from bedside.approvals.outside import invite_signer, signer_by
from bedside.audit.models import Record
from bedside.foundation.refusal import Refusal
from bedside.people.tokens import make_token

STEPS = [{"signing": "clinical"}, {"signing": "brand", "rule": "everyone"}]


def asked(clinic: Clinic) -> Request:
    """A request about what the author wrote."""
    return ask(
        organization=clinic.organization,
        subject_kind="post",
        subject_id=clinic.organization.pk,
        title="Flu",
        parts=["sha256:a"],
        needs=["clinical"],
        card={},
        authors=[],
        by=clinic.member("author"),
    )


class TestRoutes:
    def test_without_rows_the_built_in_ones_are_told(self, program, clinic):
        found = program(clinic, "viewer").call("GET", "/routes").json()
        assert {route["need"]: route["steps"] for route in found} == {
            need: [{"signing": need, "rule": "anyone", "members": []}]
            for need in ("privacy", "clinical", "brand")
        }
        assert {route["expires_after_hours"] for route in found} == {336}

    def test_a_route_is_changed_and_asks_so_from_then_on(self, program, clinic):
        approver = clinic.member("clinical_approver")
        steps = [{**STEPS[0], "members": [str(approver.pk)]}, STEPS[1]]
        changed = program(clinic, "privacy_officer").call(
            "PUT", "/routes/clinical", {"steps": steps, "expires_after_hours": 48}
        )
        assert changed.status_code == 200
        assert changed.json()["steps"] == [
            {"signing": "clinical", "rule": "anyone", "members": [str(approver.pk)]},
            {"signing": "brand", "rule": "everyone", "members": []},
        ]
        assert [(step.signing, step.rule) for step in asked(clinic).steps.all()] == [
            ("clinical", "anyone"),
            ("brand", "everyone"),
        ]
        line = Record.objects.get(verb="route.saved")
        assert (line.actor_kind, line.data["expires_after_hours"]) == ("token", 48)

    @pytest.mark.parametrize(
        ("need", "route", "code"),
        [
            ("clinical", {"steps": [{"signing": "brand"}]}, "need_unmet"),
            ("clinical", {"steps": []}, "malformed"),
            ("clinical", {"steps": [{"signing": "clinical"}] * 4}, "malformed"),
            ("clinical", {"steps": [{"signing": "royal"}]}, "malformed"),
            ("clinical", {"steps": STEPS, "expires_after_hours": 0}, "malformed"),
            ("royal", {"steps": STEPS}, "malformed"),
        ],
    )
    def test_a_route_that_goes_around_its_need_is_refused(self, program, clinic, need, route, code):
        answer = program(clinic, "privacy_officer").call("PUT", f"/routes/{need}", route)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["sentence"].endswith(".")
        assert not Route.objects.exists()

    def test_only_those_are_named_who_can_sign_here(self, program, clinic, other_clinic):
        officer = program(clinic, "privacy_officer")
        for member, code in (
            (clinic.member("author"), "cannot_sign"),
            (other_clinic.member("clinical_approver"), "unknown_member"),
        ):
            step = {"signing": "clinical", "members": [str(member.pk)]}
            answer = officer.call("PUT", "/routes/clinical", {"steps": [step]})
            assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert not Route.objects.exists()

    def test_the_power_is_needed(self, program, clinic):
        answer = program(clinic, "author").call("PUT", "/routes/clinical", {"steps": STEPS})
        assert (answer.status_code, answer.json()["code"]) == (403, "power_missing")


class TestOutsideSigners:
    def test_they_are_listed_without_their_link_and_the_link_is_made_useless(self, program, clinic):
        request, administrator = asked(clinic), program(clinic, "administrator")
        signer, link = invite_signer(
            request, signing="clinical", name="Dr. Oz", email="oz@else.example", by=clinic.administrator
        )
        listed = administrator.call("GET", f"/requests/{request.pk}/outside-signers")
        assert [each["name"] for each in listed.json()] == ["Dr. Oz"]
        assert link not in listed.content.decode()
        assert administrator.call("DELETE", f"/outside-signers/{signer.pk}").status_code == 204
        assert administrator.call("DELETE", f"/outside-signers/{signer.pk}").status_code == 204, (
            "twice is once"
        )
        assert signer_by(link) is None
        assert Record.objects.filter(verb="request.outside_signer_withdrawn", actor_kind="token").count() == 1

    def test_a_key_vouches_for_nobody(self, clinic):
        administrator = clinic.administrator
        made, _secret = make_token(name="Robot", powers=administrator.powers, by=administrator)
        with pytest.raises(Refusal) as refused:
            invite_signer(
                asked(clinic), signing="clinical", name="Eve", email="e@evil.example", by=made.acting_member()
            )
        assert refused.value.code == "needs_a_person"

    def test_another_organizations_are_not_there_and_the_power_is_needed(self, program, clinic, other_clinic):
        theirs = asked(other_clinic)
        signer, link = invite_signer(
            theirs, signing="clinical", name="Oz", email="oz@else.example", by=other_clinic.administrator
        )
        mine, author = program(clinic, "administrator"), program(other_clinic, "author")
        for method, path in (
            ("GET", f"/requests/{theirs.pk}/outside-signers"),
            ("DELETE", f"/outside-signers/{signer.pk}"),
        ):
            assert mine.call(method, path).status_code == 404
            assert author.call(method, path).status_code == 403
        assert signer_by(link) == signer
