"""Members come by invitation, do what their role says, and leave without taking the keys along."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.fixtures.clinic import PASSWORD, Clinic

from bedside.audit.models import Record
from bedside.audit.queries import first_broken_link
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.foundation.work import engine
from bedside.people.actions import accept_invitation, invitation_by, invite, make_user, remove_member
from bedside.people.directory import save_organization
from bedside.people.models import ApiToken
from bedside.people.queries import facts_for
from bedside.people.roles import give_role, save_role
from bedside.people.tokens import make_token, token_by


def role(clinic: Clinic, key: str):
    return clinic.organization.roles.get(key=key)


def test_an_invited_person_joins_with_the_role_they_were_invited_for(clinic):
    invitation, token = invite(
        clinic.organization, email="Ana@Example.org", role=role(clinic, "author"), by=clinic.administrator
    )
    assert invitation_by(token) == invitation
    user = make_user(email="ana@example.org", name="Ana Ruiz", password=PASSWORD)
    member = accept_invitation(invitation, user=user)
    assert member.can("write")
    assert not member.can("approve_brand")
    assert invitation_by(token) is None, "a link opens once"


def test_the_link_is_sent_by_mail_and_only_its_digest_is_kept(
    clinic, django_capture_on_commit_callbacks, settings
):
    settings.BEDSIDE_WORK_IMMEDIATELY = True
    with django_capture_on_commit_callbacks(execute=True):
        invitation, token = invite(
            clinic.organization, email="ana@example.org", role=role(clinic, "author"), by=clinic.administrator
        )
    assert token in mail.outbox[-1].body
    assert token not in str(invitation.__dict__)


def test_an_invitation_is_over_after_seven_days(clinic):
    _invitation, token = invite(
        clinic.organization, email="ana@example.org", role=role(clinic, "author"), by=clinic.administrator
    )
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert invitation_by(token) is None


def test_somebody_else_cannot_use_the_invitation(clinic):
    invitation, _token = invite(
        clinic.organization, email="ana@example.org", role=role(clinic, "author"), by=clinic.administrator
    )
    other = make_user(email="bob@example.org", name="Bob", password=PASSWORD)
    with pytest.raises(Refusal) as refused:
        accept_invitation(invitation, user=other)
    assert refused.value.code == "other_person"


@pytest.mark.parametrize("key", ["author", "viewer", "moderator", "privacy_officer"])
def test_only_who_manages_people_may_invite(clinic, key):
    with pytest.raises(NotAllowed):
        invite(clinic.organization, email="x@example.org", role=role(clinic, "viewer"), by=clinic.member(key))


def test_nobody_makes_a_role_with_powers_they_lack(clinic):
    limited = save_role(
        clinic.organization, name="Front desk", powers=["view", "manage_people"], by=clinic.administrator
    )
    member = clinic.member("author")
    give_role(member, role=limited, by=clinic.administrator)
    member.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        save_role(clinic.organization, name="Too much", powers=["audit"], by=member)
    assert refused.value.code == "beyond_own"


def test_the_last_manager_cannot_be_removed_or_lowered(clinic):
    with pytest.raises(Refusal) as refused:
        remove_member(clinic.administrator, by=clinic.administrator)
    assert refused.value.code == "last_manager"
    with pytest.raises(Refusal):
        give_role(clinic.administrator, role=role(clinic, "viewer"), by=clinic.administrator)


def test_a_role_cannot_lose_the_power_to_manage_people_while_nobody_else_has_it(clinic):
    front = save_role(clinic.organization, name="Front", powers=["manage_people"], by=clinic.administrator)
    lead = clinic.member("author")
    give_role(lead, role=front, by=clinic.administrator)
    remove_member(clinic.administrator, by=lead)
    with pytest.raises(Refusal) as refused:
        save_role(clinic.organization, name="Front", powers=[], by=lead, role=front)
    assert refused.value.code == "last_manager"


def test_who_comes_back_is_who_they_were(clinic):
    author = clinic.member("author")
    remove_member(author, by=clinic.administrator)
    invitation, _token = invite(
        clinic.organization,
        email=author.user.email,
        role=role(clinic, "brand_approver"),
        by=clinic.administrator,
    )
    back = accept_invitation(invitation, user=author.user)
    assert back.pk == author.pk, "whoever wrote something is known as its author for good"
    assert back.can("approve_brand")


def test_a_member_does_not_join_twice(clinic):
    author = clinic.member("author")
    invitation, _token = invite(
        clinic.organization, email="new@example.org", role=role(clinic, "viewer"), by=clinic.administrator
    )
    author.user.email = "new@example.org"
    author.user.save()
    with pytest.raises(Refusal) as refused:
        accept_invitation(invitation, user=author.user)
    assert refused.value.code == "is_member"


def test_a_key_of_a_closed_account_opens_nothing(clinic):
    author = clinic.member("author")
    _token, secret = make_token(name="Feeds", powers=["write"], by=author)
    author.user.is_active = False
    author.user.save()
    assert token_by(secret) is None


@pytest.mark.parametrize("changes", [{"lock_after_minutes": 1}, {"late_after_minutes": 0}])
def test_a_policy_that_nobody_could_work_under_is_refused(clinic, changes):
    with pytest.raises(Refusal) as refused:
        save_organization(clinic.organization, changes=changes, by=clinic.administrator)
    assert refused.value.field in changes


def test_a_link_waits_sealed_for_the_worker(clinic, django_capture_on_commit_callbacks, settings):
    settings.BEDSIDE_WORK_IMMEDIATELY = False
    with django_capture_on_commit_callbacks(execute=True):
        invitation, token = invite(
            clinic.organization, email="ana@example.org", role=role(clinic, "author"), by=clinic.administrator
        )
    jobs = [str(job.args) for job in engine().pending()]
    engine().flush()
    assert any(str(invitation.pk) in job for job in jobs)
    assert not any(token in job for job in jobs)


def test_a_removed_member_can_do_nothing_and_their_keys_end(clinic):
    author = clinic.member("author")
    _token, secret = make_token(name="Feeds", powers=["write"], by=author)
    assert token_by(secret) is not None
    remove_member(author, by=clinic.administrator)
    author.refresh_from_db()
    assert author.powers == frozenset()
    assert token_by(secret) is None
    assert ApiToken.objects.get().revoked_at is not None


def test_a_key_loses_what_its_member_loses(clinic):
    author = clinic.member("author")
    _token, secret = make_token(name="Feeds", powers=["write", "view"], by=author)
    give_role(author, role=role(clinic, "viewer"), by=clinic.administrator)
    assert token_by(secret).powers == {"view"}


def test_a_key_cannot_do_more_than_its_maker(clinic):
    with pytest.raises(Refusal) as refused:
        make_token(name="Feeds", powers=["audit"], by=clinic.member("author"))
    assert refused.value.code == "beyond_own"


def test_the_facts_hold_the_members_as_staff_and_nobody_elses(clinic, other_clinic):
    clinic.member("author", "Maria Gomez")
    other_clinic.member("author", "Jon Snow")
    facts = facts_for(clinic.organization)
    assert "Maria Gomez" in facts["staff"]
    assert "Jon Snow" not in facts["staff"]


def test_everything_is_in_the_record_and_the_chain_holds(clinic):
    clinic.member("author")
    verbs = list(Record.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["organization.founded", "member.invited", "member.joined"]
    assert first_broken_link(str(clinic.organization.pk)) is None


def test_a_changed_line_is_named(clinic):
    clinic.member("author")
    Record.objects.filter(number=2).update(words="Invited nobody.")
    broken = first_broken_link(str(clinic.organization.pk))
    assert broken is not None
    assert broken.number == 2


def test_a_removed_last_line_is_noticed(clinic):
    clinic.member("author")
    Record.objects.filter(number=3).delete()
    assert first_broken_link(str(clinic.organization.pk)).number == 3
