"""Keys for programs: made by a member, with a subset of that member's powers, shown once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bedside.audit.actions import action, record
from bedside.foundation import clock
from bedside.foundation.ids import digest, secret_token
from bedside.foundation.refusal import Refusal
from bedside.people import entrance
from bedside.people.models import ApiToken, Member
from bedside.people.powers import Power

PREFIX = "bedside_"


@action
def make_token(
    *, name: str, powers: Iterable[str], by: Member, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new key and its secret; only the secret's digest is kept. A key makes no keys: they would outlive it."""
    if by.key is not None:
        raise Refusal(
            "needs_a_person", _("A key cannot make keys. Somebody has to make it under Your account.")
        )
    chosen = [str(power) for power in Power if str(power) in set(powers)]
    if not name.strip():
        raise Refusal("name_missing", _("Give the key a name that says which program uses it."), field="name")
    if not chosen:
        raise Refusal("powers_missing", _("Choose at least one power for the key."), field="powers")
    if beyond := sorted(set(chosen) - by.powers):
        sentence = _("A key cannot do more than you can. Take these away: %(powers)s.")
        raise Refusal("beyond_own", sentence % {"powers": ", ".join(beyond)}, field="powers")
    secret = PREFIX + secret_token()
    made = ApiToken.objects.create(
        organization=by.organization,
        member=by,
        name=name.strip(),
        token_digest=digest(secret),
        granted_powers=chosen,
        expires_at=expires_at,
    )
    record(
        by.organization_id,
        by=by.actor,
        verb="token.made",
        on=("token", made.pk, made.name),
        words=_("Made the key “%(name)s” for programs.") % {"name": made.name},
        data={"powers": chosen},
    )
    return made, secret


@action
def revoke_token(token: ApiToken, *, by: Member) -> None:
    """End a key at once. Its maker may do it, the key itself, and whoever manages people."""
    is_own = token.member_id == by.pk if by.key is None else token.pk == by.key.pk
    if not is_own and not by.can(Power.MANAGE_PEOPLE):
        raise Refusal("not_yours", _("Only its maker or somebody who manages people can end this key."))
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(
        token.organization_id,
        by=by.actor,
        verb="token.revoked",
        on=("token", token.pk, token.name),
        words=_("Ended the key “%(name)s”.") % {"name": token.name},
    )


def tokens_of(member: Member) -> QuerySet[ApiToken]:
    """The member's keys that still open something, the newest first."""
    return member.api_tokens.filter(revoked_at=None).order_by("-created_at")


def token_by(secret: str) -> ApiToken | None:
    """The living key with this secret; its last use is noted at most once a minute."""
    now = clock.now()
    try:
        found = ApiToken.objects.select_related("organization", "member__role", "member__user").get(
            token_digest=digest(secret),
            revoked_at=None,
            member__removed_at=None,
            member__user__is_active=True,
        )
    except ApiToken.DoesNotExist:
        return None
    if found.expires_at is not None and found.expires_at <= now:
        return None
    if found.organization.is_demo and not entrance.is_open():
        return None
    if found.last_used_at is None or now - found.last_used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found
