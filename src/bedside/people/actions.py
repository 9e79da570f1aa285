"""The verbs about members: found an organization, invite, welcome, remove. Roles are in `roles.py`.

The directory (locations, clinicians) is in `directory.py`, keys for programs are in `tokens.py`.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from bedside.audit.actions import action, record
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.ids import digest, secret_token
from bedside.foundation.refusal import Refusal
from bedside.foundation.secrets import seal, unseal
from bedside.foundation.work import job, soon
from bedside.people.models import Invitation, Member, Organization, Role, User
from bedside.people.news import MemberRemoved
from bedside.people.powers import BUILT_IN_ROLES, ROLE_NAMES
from bedside.people.roles import keep_a_manager, may_manage_people, no_more_than_own
from bedside.people.zones import check_zone

INVITATION_LIVES = timedelta(days=7)


@action
def found_organization(
    *, name: str, time_zone: str, user: User, language: str = "en", is_demo: bool = False
) -> Member:
    """Set up an organization with the built-in roles; `user` becomes its first administrator."""
    if not name.strip():
        raise Refusal(
            "name_missing", _("Write the name of your organization as patients know it."), field="name"
        )
    check_zone(time_zone)
    organization = Organization.objects.create(
        name=name.strip(), time_zone=time_zone, language=language, is_demo=is_demo
    )
    with override(language):
        roles = Role.objects.bulk_create(
            Role(
                organization=organization, key=key, name=str(ROLE_NAMES[key]), powers=[str(p) for p in powers]
            )
            for key, powers in BUILT_IN_ROLES.items()
        )
    first = Member.objects.create(
        organization=organization, user=user, role=next(r for r in roles if r.key == "administrator")
    )
    record(
        organization.pk,
        by=first.actor,
        verb="organization.founded",
        on=("organization", organization.pk, organization.name),
        words=_("Set up %(name)s; the clock runs in %(zone)s.")
        % {"name": organization.name, "zone": time_zone},
        data={"time_zone": time_zone},
    )
    return first


@action
def invite(organization: Organization, *, email: str, role: Role, by: Member) -> tuple[Invitation, str]:
    """Invite somebody by e-mail link. Returns the invitation and its token, which is stored nowhere."""
    may_manage_people(by)
    email = _checked_email(email)
    if role.organization_id != organization.pk:
        raise Refusal("wrong_role", _("Choose one of your organization's roles."), field="role")
    no_more_than_own(by, role.powers)
    if Member.objects.active().filter(organization=organization, user__email=email).exists():
        raise Refusal("is_member", _("This person is a member already."), field="email")
    now, token = clock.now(), secret_token()
    Invitation.objects.filter(
        organization=organization, email=email, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=now)
    made = Invitation.objects.create(
        organization=organization,
        email=email,
        role=role,
        token_digest=digest(token),
        invited_by=by,
        expires_at=now + INVITATION_LIVES,
    )
    record(
        organization.pk,
        by=by.actor,
        verb="member.invited",
        on=("invitation", made.pk, email),
        words=_("Invited %(email)s as %(role)s.") % {"email": email, "role": role.name},
        data={"role": role.name},
    )
    soon(mail_invitation, str(made.pk), seal(token))
    return made, token


@action
def withdraw_invitation(invitation: Invitation, *, by: Member) -> None:
    """Make an invitation's link useless."""
    may_manage_people(by)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(
        invitation.organization_id,
        by=by.actor,
        verb="member.invitation_withdrawn",
        on=("invitation", invitation.pk, invitation.email),
        words=_("Withdrew the invitation of %(email)s.") % {"email": invitation.email},
    )


def invitation_by(token: str) -> Invitation | None:
    """The invitation that a link opens, if it still opens anything."""
    return (
        Invitation.objects.select_related("organization", "role", "invited_by__user")
        .filter(token_digest=digest(token), accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())
        .first()
    )


@action
def accept_invitation(invitation: Invitation, *, user: User) -> Member:
    """The invited person joins. `user` is signed in, or was just made with the invitation's address."""
    fresh = (
        Invitation.objects.select_for_update(no_key=True)
        .select_related("organization", "role")
        .get(pk=invitation.pk)
    )
    if fresh.accepted_at or fresh.withdrawn_at or fresh.expires_at <= clock.now():
        sentence = _("This invitation was used, withdrawn or is too old. Ask for a new one.")
        raise Refusal("invitation_over", sentence)
    if user.email.lower() != fresh.email.lower():
        sentence = _("This invitation is for another e-mail address. Sign out, and open the link again.")
        raise Refusal("other_person", sentence)
    member = _place_for(user, fresh)
    fresh.accepted_at = clock.now()
    fresh.save(update_fields=["accepted_at"])
    record(
        fresh.organization_id,
        by=member.actor,
        verb="member.joined",
        on=("member", member.pk, member.name),
        words=_("%(name)s joined as %(role)s.") % {"name": member.name, "role": fresh.role.name},
        data={"role": fresh.role.name, "invitation": str(fresh.pk)},
    )
    return member


def _place_for(user: User, invitation: Invitation) -> Member:
    """A new place at the desk, or the one they had before: what they wrote then stays theirs, never to be signed."""
    before = Member.objects.filter(organization_id=invitation.organization_id, user=user)
    place = before.order_by("-joined_at").first() or Member(organization=invitation.organization, user=user)
    if not place._state.adding and place.removed_at is None:
        raise Refusal("is_member", _("You are a member of this organization already."))
    place.role, place.removed_at = invitation.role, None
    place.save()
    return place


def make_user(*, email: str, name: str, password: str, language: str = "") -> User:
    """A new user with a checked password. Refuses with the field that is wrong."""
    email = _checked_email(email)
    if not name.strip():
        raise Refusal("name_missing", _("Write your name; it will stand under what you sign."), field="name")
    if User.objects.filter(email=email).exists():
        sentence = _("There is an account with this address already. Sign in, then open the link again.")
        raise Refusal("user_exists", sentence, field="email")
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as weak:
        raise Refusal("weak_password", " ".join(weak.messages), field="password") from None
    return User.objects.create_user(email, password, name=name.strip(), language=language)


@action
def remove_member(member: Member, *, by: Member) -> None:
    """Take a member's access away at once. What they did stays in the record; what waits for them moves on."""
    may_manage_people(by)
    if member.removed_at is not None:
        raise Refusal("already_removed", _("This person was removed already."))
    keep_a_manager(member.organization, lambda manager: manager.pk == member.pk)
    member.removed_at = clock.now()
    member.save(update_fields=["removed_at"])
    member.api_tokens.filter(revoked_at=None).update(revoked_at=member.removed_at)
    record(
        member.organization_id,
        by=by.actor,
        verb="member.removed",
        on=("member", member.pk, member.name),
        words=_("Removed %(name)s (%(role)s).") % {"name": member.name, "role": member.role.name},
        data={"role": member.role.name},
    )
    announce(MemberRemoved(member.pk, member.organization_id))


@job
def mail_invitation(invitation_id: str, sealed: str) -> None:
    """Send the link of an invitation; its token waits sealed. The demonstration writes to nobody."""
    made = Invitation.objects.select_related("organization", "role", "invited_by__user").get(pk=invitation_id)
    if made.organization.is_demo:
        return
    with override(made.organization.language):
        body = _(
            "%(who)s invites you to %(organization)s on Bedside as %(role)s.\n\n%(link)s\n\n"
            "The link works once and until %(until)s UTC."
        ) % {
            "who": made.invited_by.name if made.invited_by else "Bedside",
            "organization": made.organization.name,
            "role": made.role.name,
            "link": invitation_link(unseal(sealed)),
            "until": f"{made.expires_at:%Y-%m-%d %H:%M}",
        }
        subject = _("Your invitation to %(organization)s") % {"organization": made.organization.name}
        send_mail(subject, body, None, [made.email])


def invitation_link(token: str) -> str:
    """The address that the invited person opens."""
    return f"{settings.BEDSIDE_BASE_URL}/people/join/{token}"


def _checked_email(email: str) -> str:
    try:
        validate_email(email.strip())
    except ValidationError:
        sentence = _("This is not an e-mail address; write it like name@example.org.")
        raise Refusal("email_wrong", sentence, field="email") from None
    return email.strip().lower()
