"""The verbs of webhooks: make one, change it, try it, give it another secret, end it.

A secret is shown once, to whoever makes it. The messages themselves are in `calls`.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bedside.api.calls import end
from bedside.api.kinds import KINDS, TRIAL
from bedside.api.models import Call, Webhook
from bedside.audit.actions import action, record
from bedside.foundation import clock
from bedside.foundation.addresses import is_private, is_this_machine
from bedside.foundation.ids import secret_token
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.gate import or_404
from bedside.people.models import Member
from bedside.people.powers import Power

MOST_WEBHOOKS = 50  # of one organization; each multiplies what is told


def webhooks_of(member: Member) -> QuerySet[Webhook]:
    """The addresses that hear what happens in the member's organization, the newest first."""
    return Webhook.objects.filter(organization_id=member.organization_id, ended_at=None)


def webhook_for(member: Member, webhook_id: UUID | str) -> Webhook:
    """One of them; one that ended, and another organization's, is a 404."""
    return or_404(Webhook.objects.filter(ended_at=None), member, webhook_id)


@action
def make_webhook(*, url: str, kinds: Iterable[str], by: Member) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is shown once."""
    _may(by)
    chosen, host = _checked_kinds(kinds), _checked_host(url)
    if webhooks_of(by).count() >= MOST_WEBHOOKS:
        sentence = _("There can be %(most)d addresses at most. End one that is not needed any more.")
        raise Refusal("too_many", sentence % {"most": MOST_WEBHOOKS})
    secret = secret_token()
    made = Webhook.objects.create(
        organization=by.organization, url=url, kinds=chosen, secret=secret, made_by=by, made_at=clock.now()
    )
    words = _("Will tell %(host)s what happens.") % {"host": host}
    _tell(made, by, "webhook.made", words, {"kinds": chosen})
    return made, secret


@action
def change_webhook(webhook: Webhook, *, url: str, kinds: Iterable[str], by: Member) -> Webhook:
    """Tell another address, or other kinds of news. The secret stays; messages that wait go to the new address."""
    _may(by)
    chosen, host = _checked_kinds(kinds), _checked_host(url)
    before = str(urlsplit(webhook.url).hostname)
    webhook.url, webhook.kinds = url, chosen
    webhook.save(update_fields=["url", "kinds"])
    words = _("Will tell %(host)s what happens; before: %(before)s.") % {"host": host, "before": before}
    _tell(webhook, by, "webhook.changed", words, {"kinds": chosen})
    return webhook


@action
def try_webhook(webhook: Webhook, *, by: Member) -> Call:
    """Send one message to see whether it is taken. It is tried once; what became of it is told by the call."""
    _may(by)
    now = clock.now()
    trial = Call.objects.create(
        webhook=webhook, kind=TRIAL, body={"webhook": str(webhook.pk)}, made_at=now, next_at=now
    )
    host = urlsplit(webhook.url).hostname
    _tell(webhook, by, "webhook.tried", _("Sent %(host)s a message to try it out.") % {"host": host})
    return trial


@action
def renew_secret(webhook: Webhook, *, by: Member) -> str:
    """Another secret, which is shown once; messages are signed with it from now on."""
    _may(by)
    webhook.secret = secret_token()
    webhook.save(update_fields=["secret"])
    host = urlsplit(webhook.url).hostname
    words = _("Gave %(host)s another secret; the one before signs nothing any more.") % {"host": host}
    _tell(webhook, by, "webhook.secret_renewed", words)
    return str(webhook.secret)


def _checked_kinds(kinds: Iterable[str]) -> list[str]:
    wanted = set(kinds)
    if not wanted:
        raise Refusal("kinds_missing", _("Choose at least one kind of news."), field="kinds")
    if unknown := sorted(wanted - set(KINDS)):
        sentence = _("There is no news of the kind “%(kind)s”. Choose from: %(kinds)s.")
        names = {"kind": unknown[0][:60], "kinds": ", ".join(KINDS)}
        raise Refusal("kinds_unknown", sentence % names, field="kinds")
    return [kind for kind in KINDS if kind in wanted]


def _checked_host(url: str) -> str:
    """The host of an address that can be told anything. Raises `Refusal`; where a name leads is looked at with each
    message, by `foundation.http`.
    """
    try:
        URLValidator(schemes=["https", "http"])(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError):
        raise _url_wrong() from None
    host = parts.hostname or ""
    if not host or parts.username or parts.password:
        raise _url_wrong()
    is_for_trying_out = settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS and is_this_machine(host)
    if parts.scheme == "http" and not is_for_trying_out:
        raise Refusal(
            "url_plain",
            _(
                "On the way to this address anybody could read what happened. Use one that begins with https://."
            ),
            field="url",
        )
    if is_private(host) and not is_for_trying_out:
        raise Refusal(
            "url_private",
            _(
                "This address is inside a private network, which Bedside does not call. Use one that can be reached "
                "from the internet."
            ),
            field="url",
        )
    return host


def _url_wrong() -> Refusal:
    return Refusal(
        "url_wrong",
        _(
            "This address cannot be told anything. Write one like https://example.org/bedside, without a password."
        ),
        field="url",
    )


@action
def end_webhook(webhook: Webhook, *, by: Member, because: str = "") -> None:
    """Stop telling this address; messages that wait are put down."""
    _may(by)
    end(webhook, because or _("Ended by %(name)s.") % {"name": by.name})
    host = urlsplit(webhook.url).hostname
    _tell(webhook, by, "webhook.ended", _("Tells %(host)s nothing any more.") % {"host": host})


def _may(by: Member) -> None:
    if not by.can(Power.MANAGE_ORGANIZATION):
        raise NotAllowed(Power.MANAGE_ORGANIZATION)


def _tell(webhook: Webhook, by: Member, verb: str, words: str, data: Mapping[str, Any] | None = None) -> None:
    on = ("webhook", webhook.pk, str(urlsplit(webhook.url).hostname))
    record(webhook.organization_id, by=by.actor, verb=verb, on=on, words=words, data=data)
