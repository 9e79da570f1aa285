"""Members come by invitation, do what their role says, and leave without taking the keys along."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.fixtures.clinic import PASSWORD, Clinic

from bedside.audit.models import Record
from bedside.audit.queries import first_broken_link
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.actions import (
    accept_invitation,
    give_role,
    invitation_by,
    invite,
    make_user,
    remove_member,
    save_role,
)
from bedside.people.models import ApiToken
from bedside.people.queries import facts_for
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
