"""Who has to sign, who may not, and what a signature is worth after the material changed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from tests.fixtures.signatures import signed_parts
from tests.fixtures.signed_in import signed_in

from bedside.approvals import spent
from bedside.approvals.actions import ask, decide, undo, void_for
from bedside.approvals.models import Request, Route
from bedside.approvals.outside import invite_signer, sign_outside, signer_by, withdraw_signer
from bedside.approvals.passing import expire, signers_changed
from bedside.approvals.queries import turns_of
from bedside.audit.actor import SYSTEM
from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.actions import remove_member
from bedside.people.models import Notice
from bedside.people.roles import give_role

PARTS = ["sha256:a", "sha256:b"]


def asked(clinic, needs=(), author=None, subject=None, subject_kind="post") -> Request:
    return ask(
        organization=clinic.organization,
        subject_kind=subject_kind,
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
    assert turns_of(approver, 9) == []


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


def test_signatures_under_which_everything_has_left_do_not_lapse(clinic):
    left, waiting = (asked(clinic, subject_kind="leaflet") for _ in range(2))
    for request in (left, waiting):
        decide(request, by=clinic.member("brand_approver"), says="sign")
    spent.register("leaflet", lambda ids: {left.subject_id} & set(ids))
    later = clock.now() + timedelta(days=15)
    assert expire(at=later) == 1
    left.refresh_from_db()
    waiting.refresh_from_db()
    assert (left.state, waiting.state) == (Request.State.AGREED, Request.State.EXPIRED)
    assert not Record.objects.filter(verb="request.expired", object_id=str(left.pk)).exists()
    assert expire(at=later) == 0, "what is spent is not asked about again"


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
    assert turns_of(stays, 9) == []
    remove_member(gone, by=clinic.administrator)
    signers_changed(clinic.organization.pk)
    assert [r.pk for r in turns_of(stays, 9)] == [request.pk]


def test_a_step_for_all_is_done_when_the_only_one_who_had_not_signed_leaves(clinic):
    stays, goes = clinic.member("clinical_approver", "Dr. Lee"), clinic.member("clinical_approver", "Dr. Roy")
    route = Route.objects.create(organization=clinic.organization, need="clinical")
    route.steps.create(order=1, signing="clinical", rule="everyone")
    request = asked(clinic, ["clinical"])
    decide(request, by=stays, says="sign")
    remove_member(goes, by=clinic.administrator)
    signers_changed(clinic.organization.pk)
    assert signed_parts("post", request.subject_id) == frozenset(PARTS)


def test_a_step_falls_to_the_others_when_whoever_was_named_loses_the_power(clinic):
    named, other = (
        clinic.member("clinical_approver", "Dr. Lee"),
        clinic.member("clinical_approver", "Dr. Roy"),
    )
    route = Route.objects.create(organization=clinic.organization, need="clinical")
    route.steps.create(order=1, signing="clinical", rule="anyone").members.add(named)
    request = asked(clinic, ["clinical"])
    give_role(named, role=clinic.organization.roles.get(key="viewer"), by=clinic.administrator)
    signers_changed(clinic.organization.pk)
    assert [r.pk for r in turns_of(other, 9)] == [request.pk]


def test_who_left_or_wrote_it_is_not_asked_by_name(clinic):
    gone, writes = (
        clinic.member("clinical_approver", "Dr. Lee"),
        clinic.member("clinical_approver", "Dr. Roy"),
    )
    other = clinic.member("clinical_approver", "Dr. Ito")
    route = Route.objects.create(organization=clinic.organization, need="clinical")
    route.steps.create(order=1, signing="clinical", rule="anyone").members.add(gone, writes)
    remove_member(gone, by=clinic.administrator)
    request = asked(clinic, ["clinical"], author=writes)
    assert [r.pk for r in turns_of(other, 9)] == [request.pk]


def test_a_decision_is_not_taken_back_once_it_was_asked_anew(clinic):
    request, approver = asked(clinic), clinic.member("brand_approver")
    said = decide(request, by=approver, says="change", words="Name the source.")
    asked(clinic, subject=request.subject_id)
    with pytest.raises(Refusal) as refused:
        undo(said, by=approver)
    assert refused.value.code == "asked_anew"


def test_neither_the_record_nor_a_notice_tells_the_words_that_are_to_be_signed(clinic):
    approver = clinic.member("brand_approver")
    request = asked(clinic)
    decide(request, by=approver, says="change", words="Take Maria out.")
    told = [f"{line.words}{line.object_label}{line.data}" for line in Record.objects.all()]
    told += [notice.sentence for notice in Notice.objects.all()]
    assert len(told) > 4
    assert not any("Flu shots" in each or "Maria" in each for each in told)


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


@pytest.mark.parametrize("address", ["{local}@{domain}", "{local}+desk@{domain}", "{LOCAL}@{domain}"])
def test_the_link_goes_to_no_mailbox_of_an_author(clinic, address):
    author = clinic.member("author")
    local, domain = author.user.email.split("@")
    email = address.format(local=local, domain=domain, LOCAL=local.upper())
    request = asked(clinic, author=author)
    assert invited_by(clinic.administrator, request, email=email) == "own_material"
    remove_member(author, by=clinic.administrator)
    assert invited_by(clinic.administrator, request, email=email) == "own_material", "nor after they left"


def test_an_author_does_not_choose_who_signs_from_outside_while_somebody_else_could(clinic):
    clinic.member("privacy_officer")
    request = asked(clinic, author=clinic.administrator)
    assert invited_by(clinic.administrator, request) == "own_material"
    assert invited_by(clinic.member("privacy_officer"), request) == ""


def test_in_a_practice_of_one_the_link_goes_to_the_signer_alone(
    client, clinic, settings, django_capture_on_commit_callbacks
):
    settings.BEDSIDE_WORK_IMMEDIATELY = settings.BEDSIDE_SENDS_MAIL = True
    request, desk = asked(clinic, author=clinic.administrator), signed_in(clinic.administrator)
    form = {"name": "Dr. Paz", "email": "paz@example.org", "signing": "brand"}
    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post(f"/approvals/{request.pk}/outside", form).content.decode()
    assert "/approvals/outside/" in mail.outbox[-1].body
    assert "/approvals/outside/" not in page
    assert "goes to their address alone" in page


def test_a_link_that_was_withdrawn_opens_nothing(clinic):
    request = asked(clinic, ["clinical"])
    signer, token = invite_signer(
        request, signing="clinical", name="Dr. Paz", email="paz@example.org", by=clinic.administrator
    )
    withdraw_signer(signer, by=clinic.administrator)
    assert signer_by(token) is None


def invited_by(member, request, email="paz@example.org") -> str:
    """The code with which inviting is refused; empty when it is not."""
    try:
        invite_signer(request, signing="brand", name="Dr. Paz", email=email, by=member)
    except Refusal as refused:
        return refused.code
    return ""
