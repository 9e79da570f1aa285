"""Writing down how a call ended, if the attempt may still speak for its delivery.

What follows from which outcome is `ending`. An attempt whose token is no longer the delivery's came too late:
somebody else has taken the matter over, and nothing is written.
"""

import random
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from bedside.networks import contract
from bedside.networks.actions import mark_needs_sign_in
from bedside.networks.contract import Progress
from bedside.networks.models import Channel
from bedside.publishing.departures import line
from bedside.publishing.ending import Ending, Outcome, ending_of
from bedside.publishing.models import Delivery, Receipt
from bedside.publishing.news import DeliveryFailed, DeliveryHeld, DeliverySent
from bedside.publishing.writing import Batch

State = Delivery.State
_DICE = random.SystemRandom()


@dataclass(frozen=True)
class Landed:
    """How one call ended: the attempt, how far the delivery got, and the outcome."""

    delivery: Delivery
    token: UUID
    progress: Progress
    outcome: Outcome
    ended_at: datetime


def save_progress(delivery_id: UUID, token: UUID, progress: Progress) -> bool:
    """Store how far it got; False when another attempt has taken over, and then nothing may be asked."""
    return bool(
        Delivery.objects.filter(pk=delivery_id, attempt_token=token, state=State.SENDING).update(
            progress=progress.as_json()
        )
    )


def land(batch: Batch, landed: Landed, *, dice: random.Random = _DICE, outcome: str = "") -> Ending | None:
    """Write the end of an attempt (as `outcome` when it was a look-up); None when it came too late to speak."""
    delivery = landed.delivery
    with override(delivery.channel.organization.language):
        ending = ending_of(
            landed.outcome,
            tries=delivery.tries,
            is_partly_out=bool(landed.progress.receipts),
            now=landed.ended_at,
            dice=dice,
        )
        if not _write(batch, landed, ending, outcome):
            return None
        _tell(batch, landed, ending)
    if ending.needs_sign_in:
        mark_needs_sign_in(delivery.channel, sentence=ending.says)
    if ending.channel_until is not None:
        Channel.objects.filter(pk=delivery.channel_id).exclude(not_before_at__gt=ending.channel_until).update(
            not_before_at=ending.channel_until
        )
    return ending


def _write(batch: Batch, landed: Landed, ending: Ending, outcome: str) -> bool:
    is_over = ending.state in (State.SENT, State.FAILED)
    written = Delivery.objects.filter(
        pk=landed.delivery.pk, attempt_token=landed.token, state__in=[State.SENDING, State.UNSURE]
    ).update(
        state=ending.state,
        reason_code=ending.code,
        reason=ending.says[:500],
        progress=landed.progress.as_json(),
        not_before_at=ending.not_before_at,
        tries=F("tries") + 1 if ending.counts_as_try else F("tries"),
        look_ups=0,
        attempt_token=None,
        lease_until_at=None,
        finished_at=landed.ended_at if is_over else None,
    )
    batch.end(landed.token, outcome or ending.outcome, ending.says)
    if written and landed.progress.receipts:
        batch.receipts.append(receipt_row(landed.delivery, landed.progress.receipt))
    return bool(written)


def receipt_row(delivery: Delivery, receipt: contract.Receipt) -> Receipt:
    """The network's word as we keep it; it also stands for a thread of which only some parts are public."""
    return Receipt(
        delivery_id=delivery.pk,
        remote_id=receipt.remote_id,
        url=receipt.url,
        parts=[part.as_json() for part in receipt.parts],
        extra=dict(receipt.extra),
        accepted_at=receipt.at,
    )


def _tell(batch: Batch, landed: Landed, ending: Ending) -> None:
    delivery = landed.delivery
    about = (delivery.pk, delivery.organization_id, delivery.subject_kind, delivery.subject_id)
    names = {"what": delivery.excerpt, "channel": delivery.channel.name, "why": ending.says}
    lines = batch.lines[delivery.organization_id]
    if ending.state == State.SENT:
        receipt = landed.progress.receipt
        words = _("Published “%(what)s” on %(channel)s.") % names
        lines.append(line(delivery, "delivery.sent", words, remote_id=receipt.remote_id, url=receipt.url))
        batch.news.append(DeliverySent(*about))
    elif ending.state == State.FAILED:
        words = _("The network did not take “%(what)s” for %(channel)s: %(why)s") % names
        lines.append(line(delivery, "delivery.failed", words, code=ending.code))
        batch.news.append(DeliveryFailed(*about, ending.code, ending.says))
    elif ending.state == State.HELD:
        words = _("Held back “%(what)s” for %(channel)s: %(why)s") % names
        lines.append(line(delivery, "delivery.held", words, code=ending.code))
        batch.news.append(DeliveryHeld(*about, ending.code, ending.says))
    elif ending.state == State.UNSURE:
        words = (
            _("Asked the network to publish “%(what)s” on %(channel)s and do not know its answer.") % names
        )
        lines.append(line(delivery, "delivery.unsure", words))
