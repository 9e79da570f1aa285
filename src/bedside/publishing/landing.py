"""Writing down how a call ended, if the attempt may still speak for its delivery.

What follows from which outcome is `ending`. An attempt whose token is no longer the delivery's came too late:
somebody else has taken the matter over, and nothing is written.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

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
from bedside.publishing.rows import write_rows
from bedside.publishing.writing import Batch

State = Delivery.State
_DICE = random.SystemRandom()


@dataclass(frozen=True)
class Landed:
    """How one call ended: the attempt, how far the delivery got, and the outcome.

    `called` names the end of an attempt that was a look-up; for others the ending has its own name.
    """

    delivery: Delivery
    token: UUID
    progress: Progress
    outcome: Outcome
    ended_at: datetime
    called: str = ""


def save_progress(delivery_id: UUID, token: UUID, progress: Progress) -> bool:
    """Store how far it got; False when another attempt has taken over, and then nothing may be asked."""
    return bool(
        Delivery.objects.filter(pk=delivery_id, attempt_token=token, state=State.SENDING).update(
            progress=progress.as_json()
        )
    )


def land(batch: Batch, landed: Landed) -> Ending | None:
    """Write the end of one attempt; None when it came too late to speak."""
    return land_all(batch, [landed])[0]


def land_all(batch: Batch, landings: Sequence[Landed], *, dice: random.Random = _DICE) -> list[Ending | None]:
    """Write the ends of attempts, those of one commit together; None for each that came too late to speak."""
    rows = _locked(landings)
    written: list[tuple[object, Sequence[object]]] = []
    endings: list[Ending | None] = []
    for landed in landings:
        row = rows.get(landed.delivery.pk)
        may_speak = row is not None and row["attempt_token"] == landed.token and row["state"] in SPEAKING
        with override(landed.delivery.channel.organization.language):
            ending = _ending(landed, dice)
            batch.end(landed.token, landed.called or ending.outcome, ending.says)
            if row is not None and may_speak:
                written.append((landed.delivery.pk, _values(landed, ending, row["tries"])))
                _tell(batch, landed, ending)
        endings.append(ending if may_speak else None)
    write_rows(Delivery, CHANGES, written)
    for landed, spoken in zip(landings, endings, strict=True):
        _follow(batch, landed, spoken)
    return endings


SPEAKING = (State.SENDING, State.UNSURE)  # in these an attempt may say how it ended
CHANGES = (
    "state",
    "reason_code",
    "reason",
    "progress",
    "not_before_at",
    "tries",
    "look_ups",
    "attempt_token",
    "lease_until_at",
    "finished_at",
)


def _locked(landings: Sequence[Landed]) -> Mapping[UUID, Mapping[str, Any]]:
    """The rows as they stand, ours until the commit, so that no other attempt can take one over meanwhile."""
    ids = [landed.delivery.pk for landed in landings]
    rows = Delivery.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("id")
    return {row["pk"]: row for row in rows.values("pk", "attempt_token", "state", "tries")}


def _ending(landed: Landed, dice: random.Random) -> Ending:
    return ending_of(
        landed.outcome,
        tries=landed.delivery.tries,
        is_partly_out=bool(landed.progress.receipts),
        now=landed.ended_at,
        dice=dice,
    )


def _values(landed: Landed, ending: Ending, tries: int) -> tuple[object, ...]:
    """What is written, in the order of CHANGES."""
    is_over = ending.state in (State.SENT, State.FAILED)
    return (
        ending.state,
        ending.code,
        ending.says[:500],
        landed.progress.as_json(),
        ending.not_before_at,
        tries + ending.counts_as_try,
        0,
        None,
        None,
        landed.ended_at if is_over else None,
    )


def _follow(batch: Batch, landed: Landed, ending: Ending | None) -> None:
    """What else an ending that counts brings: its receipt, and what the channel has to wait for."""
    if ending is None:
        return
    channel = landed.delivery.channel
    if landed.progress.receipts:
        batch.receipts.append(receipt_row(landed.delivery, landed.progress.receipt))
    if ending.needs_sign_in:
        mark_needs_sign_in(channel, sentence=ending.says)
    if ending.channel_until is not None:
        Channel.objects.filter(pk=channel.pk).exclude(not_before_at__gt=ending.channel_until).update(
            not_before_at=ending.channel_until
        )


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
