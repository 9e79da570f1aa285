"""Who has to sign, who may not, and what a signature is worth after the material changed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bedside.approvals.actions import ask, decide, expire, member_left, undo, void_for
from bedside.approvals.models import Request, Route
from bedside.approvals.outside import invite_signer, sign_outside, signer_by
from bedside.approvals.queries import signed_parts, waiting_for
from bedside.audit.actor import SYSTEM
from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.actions import remove_member

PARTS = ["sha256:a", "sha256:b"]


def asked(clinic, needs=(), author=None, subject=None) -> Request:
    return ask(
        organization=clinic.organization,
        subject_kind="post",
        subject_id=subject or uuid4(),
        title="Flu shots are here",
        parts=PARTS,
        needs=needs,
        card={},
        authors=[],
        by=author or clinic.member("author"),
    )


def test_without_a_need_the_brand_signs(clinic):
    request = asked(clinic)
    assert [step.signing for step in request.steps.all()] == ["brand"]


def test_privacy_comes_before_the_clinicians(clinic):
    request = asked(clinic, ["clinical", "privacy"])
    assert [step.signing for step in request.steps.all()] == ["privacy", "clinical"]


def test_signing_every_step_agrees_and_covers_exactly_these_parts(clinic):
    request = asked(clinic, ["clinical", "privacy"])
    decide(request, by=clinic.member("privacy_officer"), says="sign")
    assert signed_parts("post", request.subject_id) == frozenset()
    decide(request, by=clinic.member("clinical_approver"), says="sign")
    assert signed_parts("post", request.subject_id) == frozenset(PARTS)


def test_authors_never_sign_their_own(clinic):
    approver = clinic.member("brand_approver")
    request = asked(clinic, author=approver)
    with pytest.raises(Refusal) as refused:
        decide(request, by=approver, says="sign")
    assert refused.value.code == "own_material"
    assert waiting_for(approver) == []


def test_a_signature_needs_the_power_of_the_step(clinic):
    request = asked(clinic, ["clinical"])
    with pytest.raises(NotAllowed):
        decide(request, by=clinic.member("privacy_officer"), says="sign")


def test_what_changed_on_the_way_is_not_signed(clinic):
    request = asked(clinic)
    with pytest.raises(Refusal) as refused:
        decide(request, by=clinic.member("brand_approver"), says="sign", fingerprint="sha256:other")
    assert refused.value.code == "changed"


def test_any_edit_voids_open_and_given_signatures(clinic):
    request = asked(clinic)
    decide(request, by=clinic.member("brand_approver"), says="sign")
    void_for("post", request.subject_id, because="It was edited.", by=SYSTEM)
    assert signed_parts("post", request.subject_id) == frozenset()
    request.refresh_from_db()
    assert request.state == Request.State.VOID


def test_signatures_lapse_with_time(clinic):
    request = asked(clinic)
    decide(request, by=clinic.member("brand_approver"), says="sign")
    later = clock.now() + timedelta(days=15)
    assert signed_parts("post", request.subject_id, later) == frozenset()
    assert expire(at=later) == 1
    request.refresh_from_db()
    assert request.state == Request.State.EXPIRED


def test_after_the_time_nobody_can_sign(clinic):
    request = asked(clinic)
    with clock.at(clock.now() + timedelta(days=15)), pytest.raises(Refusal) as refused:
        decide(request, by=clinic.member("brand_approver"), says="sign")
    assert refused.value.code == "expired"


def test_asking_for_a_change_needs_words(clinic):
    request = asked(clinic)
    with pytest.raises(Refusal) as refused:
        decide(request, by=clinic.member("brand_approver"), says="change")
    assert refused.value.field == "words"
    decide(request, by=clinic.member("brand_approver"), says="change", words="Name the source.")
    request.refresh_from_db()
    assert request.state == Request.State.CHANGES_WANTED


def test_everyone_must_sign_where_the_route_says_so(clinic):
    first, second = (
        clinic.member("clinical_approver", "Dr. Lee"),
        clinic.member("clinical_approver", "Dr. Roy"),
    )
    route = Route.objects.create(organization=clinic.organization, need="clinical")
    route.steps.create(order=1, signing="clinical", rule="everyone")
    request = asked(clinic, ["clinical"])
    decide(request, by=first, says="sign")
    request.refresh_from_db()
    assert request.state == Request.State.OPEN
    with pytest.raises(Refusal):
        decide(request, by=first, says="sign")
    decide(request, by=second, says="sign")
    request.refresh_from_db()
    assert request.state == Request.State.AGREED


def test_a_decision_can_be_taken_back_for_ten_minutes(clinic):
    request = asked(clinic)
    approver = clinic.member("brand_approver")
    decision = decide(request, by=approver, says="sign")
    undo(decision, by=approver)
    request.refresh_from_db()
    assert request.state == Request.State.OPEN
    assert signed_parts("post", request.subject_id) == frozenset()
    again = decide(request, by=approver, says="sign")
    with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(Refusal) as refused:
        undo(again, by=approver)
    assert refused.value.code == "too_late"


def test_submitting_again_voids_the_older_request(clinic):
    first = asked(clinic)
    second = asked(clinic, subject=first.subject_id)
    first.refresh_from_db()
    assert first.state == Request.State.VOID
    assert second.state == Request.State.OPEN


def test_steps_of_a_removed_member_fall_to_the_others(clinic):
    gone, stays = clinic.member("clinical_approver", "Dr. Lee"), clinic.member("clinical_approver", "Dr. Roy")
    route = Route.objects.create(organization=clinic.organization, need="clinical")
    route.steps.create(order=1, signing="clinical", rule="anyone").members.add(gone)
    request = asked(clinic, ["clinical"])
    assert waiting_for(stays) == []
    remove_member(gone, by=clinic.administrator)
    gone.refresh_from_db()
    member_left(gone)
    assert [r.pk for r in waiting_for(stays)] == [request.pk]


def test_an_outside_signer_signs_one_request_by_a_personal_link(clinic):
    request = asked(clinic, ["clinical"])
    invited, token = invite_signer(
        request, signing="clinical", name="Dr. Paz", email="paz@example.org", by=clinic.administrator
    )
    signer = signer_by(token)
    assert signer == invited
    sign_outside(signer, says="sign", words="", fingerprint=request.fingerprint)
    assert signed_parts("post", request.subject_id) == frozenset(PARTS)
    assert Record.objects.filter(actor_kind="outside", verb="request.sign").count() == 1


def test_the_link_of_an_outside_signer_expires(clinic):
    request = asked(clinic, ["clinical"])
    _invited, token = invite_signer(
        request, signing="clinical", name="Dr. Paz", email="paz@example.org", by=clinic.administrator
    )
    with clock.at(clock.now() + timedelta(days=8)):
        assert signer_by(token) is None


def test_an_author_cannot_send_the_link_to_themselves(clinic):
    request = asked(clinic, author=clinic.administrator)
    with pytest.raises(Refusal) as refused:
        invite_signer(
            request,
            signing="brand",
            name="Me",
            email=clinic.administrator.user.email,
            by=clinic.administrator,
        )
    assert refused.value.code == "own_material"
