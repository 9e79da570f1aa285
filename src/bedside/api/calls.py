"""Messages on their way to other programs: put down for each webhook that asked, sent signed until they are taken.

Every message is signed: `Bedside-Signature: t=<seconds>,v1=<HMAC-SHA-256 of "t.body", hexadecimal>`, with
the secret that was shown when the webhook was made. Its `id` stays the same over all tries, so that the receiver
can count it once. The body names ids and states; the receiver asks the API for more with a key of its own.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bedside.api.kinds import TRIAL
from bedside.api.models import Call, Webhook
from bedside.audit.actions import record
from bedside.audit.actor import SYSTEM
from bedside.foundation import clock
from bedside.foundation.http import Http, NoAnswer, NotSent

FIRST_WAIT = timedelta(seconds=10)
GIVE_UP_AFTER = timedelta(days=2)
AT_ONCE = 20


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
    is_trial = call.kind == TRIAL  # tried once: whoever asked for it is looking
    is_over = not is_taken and (is_trial or now - call.made_at > GIVE_UP_AFTER)
    Call.objects.filter(pk=call.pk).update(
        status=status,
        says=says[:300],
        taken_at=now if is_taken else None,
        given_up_at=now if is_over else None,
    )
    if is_over and not is_trial:
        _give_up(call.webhook)
    return is_taken


def _give_up(webhook: Webhook) -> None:
    because, host = _("The address took nothing for two days."), str(urlsplit(webhook.url).hostname)
    with transaction.atomic():
        end(webhook, because)
        words = _("Tells %(host)s nothing any more. %(because)s") % {"host": host, "because": because}
        on = ("webhook", webhook.pk, host)
        record(webhook.organization_id, by=SYSTEM, verb="webhook.ended", on=on, words=words)


def end(webhook: Webhook, because: str) -> None:
    """Note that nothing is told to this address any more; the verbs around this record it."""
    webhook.ended_at, webhook.ended_because = clock.now(), because[:300]
    webhook.save(update_fields=["ended_at", "ended_because"])


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
