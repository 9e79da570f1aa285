"""Telling other programs what happened: make and end webhooks, and send signed messages until they are taken.

Every message is signed: `Bedside-Signature: t=<seconds>,v1=<HMAC-SHA-256 of "t.body", hexadecimal>`, with
the secret that was shown when the webhook was made. Its `id` stays the same over all tries, so that the receiver
can count it once. The body names ids and states; the receiver asks the API for more with a key of its own.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from bedside.api.kinds import KINDS
from bedside.api.models import Call, Webhook
from bedside.audit.actions import action, record
from bedside.foundation import clock
from bedside.foundation.addresses import is_private, is_this_machine
from bedside.foundation.http import Http, NoAnswer, NotSent
from bedside.foundation.ids import secret_token
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Member
from bedside.people.powers import Power

FIRST_WAIT = timedelta(seconds=10)
GIVE_UP_AFTER = timedelta(days=2)
AT_ONCE = 20


@action
def make_webhook(*, url: str, kinds: Iterable[str], by: Member) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is shown once."""
    _may(by)
    chosen = [kind for kind in KINDS if kind in set(kinds)]
    if not chosen:
        raise Refusal("kinds_missing", _("Choose at least one kind of news."), field="kinds")
    host = _checked_host(url)
    secret = secret_token()
    made = Webhook.objects.create(
        organization=by.organization, url=url, kinds=chosen, secret=secret, made_by=by, made_at=clock.now()
    )
    words = _("Will tell %(host)s what happens.") % {"host": host}
    _tell(made, by, "webhook.made", words, {"kinds": chosen})
    return made, secret


def _checked_host(url: str) -> str:
    """The host of an address that can be told anything. Raises `Refusal`; where a name leads is looked at with each
    message, by `foundation.http`.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("https", "http") or not host or parts.username:
        raise Refusal(
            "url_wrong",
            _(
                "This address cannot be told anything. Write one like https://example.org/bedside, without a password."
            ),
            field="url",
        )
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


@action
def end_webhook(webhook: Webhook, *, by: Member, because: str = "") -> None:
    """Stop telling this address; messages that wait are put down."""
    _may(by)
    _end(webhook, because or _("Ended by %(name)s.") % {"name": by.name})
    host = urlsplit(webhook.url).hostname
    _tell(webhook, by, "webhook.ended", _("Tells %(host)s nothing any more.") % {"host": host})


def tell(organization_id: UUID, kind: str, what: Mapping[str, Any]) -> None:
    """Put one message for each webhook of the organization that asked for this kind."""
    tell_all(organization_id, kind, [what])


def tell_all(organization_id: UUID, kind: str, whats: Sequence[Mapping[str, Any]]) -> None:
    """The same for several things of one kind, in their order; the webhooks are read once."""
    now = clock.now()
    wanted = Webhook.objects.filter(organization_id=organization_id, ended_at=None)
    asking = [webhook for webhook in wanted if kind in webhook.kinds]
    calls = [
        Call(
            webhook=webhook,
            kind=kind,
            body=json.loads(json.dumps(what, default=str)),
            made_at=now,
            next_at=now,
        )
        for what in whats
        for webhook in asking
    ]
    if calls:  # an empty write would still take SQLite's one write lock
        Call.objects.bulk_create(calls)


def send_due() -> int:
    """Send the messages whose time has come; returns how many were taken."""
    due = Call.objects.filter(
        next_at__lte=clock.now(), taken_at=None, given_up_at=None, webhook__ended_at=None
    )
    return sum(_send(call) for call in due.select_related("webhook").order_by("next_at")[:AT_ONCE])


def _send(call: Call) -> bool:
    """One try. The row's next time is moved before the call, so that a doubled trigger sends once."""
    wait = min(FIRST_WAIT * 2**call.tries, timedelta(hours=6))
    turn = Call.objects.filter(pk=call.pk, tries=call.tries, taken_at=None)
    if not turn.update(tries=call.tries + 1, next_at=clock.now() + wait):
        return False
    status, says = _post(call)
    is_taken = status is not None and 200 <= status < 300
    now = clock.now()
    is_over = not is_taken and now - call.made_at > GIVE_UP_AFTER
    Call.objects.filter(pk=call.pk).update(
        status=status,
        says=says[:300],
        taken_at=now if is_taken else None,
        given_up_at=now if is_over else None,
    )
    if is_over:
        _end(call.webhook, _("The address took nothing for two days."))
    return is_taken


def _post(call: Call) -> tuple[int | None, str]:
    body = json.dumps(
        {"id": str(call.pk), "kind": call.kind, "at": call.made_at.isoformat(), "what": call.body},
        separators=(",", ":"),
    ).encode()
    moment = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Bedside-Signature": f"t={moment},v1={signature(call.webhook.secret, moment, body)}",
    }
    http = Http(allow_loopback=settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS, timeout=10)
    try:
        answer = http.request("POST", call.webhook.url, content=body, headers=headers, max_bytes=10_000)
    except (NotSent, NoAnswer) as failed:
        return None, str(failed)
    return answer.status, ""


def signature(secret: str, moment: str, body: bytes) -> str:
    """The signature of a body sent at `moment` (seconds since 1970, as text)."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def _end(webhook: Webhook, because: str) -> None:
    webhook.ended_at, webhook.ended_because = clock.now(), because[:300]
    webhook.save(update_fields=["ended_at", "ended_because"])


def _may(by: Member) -> None:
    if not by.can(Power.MANAGE_ORGANIZATION):
        raise NotAllowed(Power.MANAGE_ORGANIZATION)


def _tell(webhook: Webhook, by: Member, verb: str, words: str, data: Mapping[str, Any] | None = None) -> None:
    on = ("webhook", webhook.pk, str(urlsplit(webhook.url).hostname))
    record(webhook.organization_id, by=by.actor, verb=verb, on=on, words=words, data=data)
