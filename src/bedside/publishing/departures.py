"""The moment of leaving: from `waiting` to `sending` with an attempt token, or to `held`, in one transaction.

The gate's look was a moment ago. What may have been committed since is asked once more here: a hold (the barrier
of crisis makes it visible), a cancel or a new time (the row), a change of the words (the subject's mark), our lease.
Only when this is committed may the network be called.
"""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from bedside.audit.actions import Line
from bedside.audit.actor import SYSTEM
from bedside.crisis.barrier import before_departure
from bedside.crisis.queries import Stops, stops_now
from bedside.foundation.ids import uuid7
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import Progress
from bedside.publishing.gate import Looked, Reason, held_by
from bedside.publishing.leaving import as_json
from bedside.publishing.models import Attempt, Delivery, Lane
from bedside.publishing.news import DeliveryHeld
from bedside.publishing.rows import write_rows
from bedside.publishing.subjects import subject_of
from bedside.publishing.writing import Batch

State = Delivery.State


@dataclass(frozen=True)
class Departure:
    """A delivery on its way out: `token` is the attempt that may write to it, `progress` where it stands.

    `noted` is what the row says from the moment of leaving. When nothing has to be uploaded first, it says already that
    the network is being asked, which saves the most frequent write; a crash before the call is then looked up in vain.
    """

    looked: Looked
    token: UUID
    progress: Progress
    noted: Progress
    leaves_at: datetime
    decided_at: float = field(default_factory=time.monotonic)

    @property
    def delivery(self) -> Delivery:
        return self.looked.delivery


def prepared(looked: Looked, now: datetime) -> Departure:
    """Decide offline, before anything is written, under which keys the parts of a delivery will be known."""
    delivery, standing = looked.delivery, looked.standing
    if looked.reason is not None or standing is None:
        return Departure(looked, uuid7(), Progress(()), Progress(()), now)
    if delivery.progress:
        progress = Progress.from_json(delivery.progress)
    else:
        publish = connector_of(delivery.channel.network).publish
        progress = publish.begin(standing.outgoing, key=str(delivery.pk), at=now)
    asks_at_once = progress.is_prepared and progress.is_ready and not progress.is_stale(now)
    return Departure(looked, uuid7(), progress, progress.asking(now) if asks_at_once else progress, now)


def depart(
    batch: Batch, candidates: Sequence[Departure], *, worker: str, lease_until: datetime
) -> list[Departure]:
    """Mark as `sending` what may leave, hold what may not; the rest is left for the next look.

    Returns those that are `sending` when this commits. Repeating it after a lost answer of the database is harmless.
    """
    before_departure()
    present = _present(candidates, worker)
    leaving, marked = [], []
    for candidate in candidates:
        row = present.rows.get(candidate.delivery.pk)
        if row is not None and row.attempt_token == candidate.token:
            leaving.append(candidate)  # written before, only the answer was lost
        elif row is not None and present.may_decide(candidate, row):
            reason = present.reason(candidate)
            if reason is not None:
                hold_back(batch, candidate.delivery, reason, now=candidate.leaves_at)
            elif present.is_unchanged(candidate):
                leaving.append(candidate)
                marked.append(candidate)
    _mark(batch, marked, worker, lease_until)
    _count({candidate.delivery.channel_id for candidate in leaving})
    return leaving


def hold_back(batch: Batch, delivery: Delivery, reason: Reason, *, now: datetime) -> None:
    """Stop a waiting delivery with a reason, record it, tell the owner."""
    held = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING).update(
        state=State.HELD, reason_code=reason.code[:40], reason=reason.sentence[:500], not_before_at=None
    )
    if not held:
        return
    with override(delivery.channel.organization.language):
        words = _("Held back “%(what)s” for %(channel)s: %(why)s") % {
            "what": delivery.excerpt,
            "channel": delivery.channel.name,
            "why": reason.sentence,
        }
    batch.lines[delivery.organization_id].append(line(delivery, "delivery.held", words, code=reason.code))
    batch.news.append(
        DeliveryHeld(
            delivery.pk,
            delivery.organization_id,
            delivery.subject_kind,
            delivery.subject_id,
            reason.code,
            reason.sentence,
        )
    )


def line(delivery: Delivery, verb: str, words: str, **data: object) -> Line:
    """A line of the record about a delivery, written by the house."""
    return Line(SYSTEM, verb, "delivery", str(delivery.pk), delivery.excerpt, words, data)


@dataclass(frozen=True)
class _Present:
    """What the transaction of a departure sees."""

    rows: Mapping[UUID, Delivery]
    lanes: frozenset[UUID]
    stops: Stops
    marks: Mapping[tuple[str, UUID], str]

    def may_decide(self, candidate: Departure, row: Delivery) -> bool:
        """Whether the row still waits for us: not cancelled, held, moved, or another worker's by now."""
        return (
            row.state == State.WAITING
            and row.due_at <= candidate.leaves_at
            and row.channel_id in self.lanes
            and row.progress == candidate.delivery.progress
        )

    def reason(self, candidate: Departure) -> Reason | None:
        delivery = candidate.delivery
        hold = self.stops.stopping(delivery.organization_id, delivery.channel_id)
        return held_by(hold) if hold else candidate.looked.reason

    def is_unchanged(self, candidate: Departure) -> bool:
        """Whether the subject is as the gate saw it; if not, the gate looks again."""
        delivery, standing = candidate.delivery, candidate.looked.standing
        mark = self.marks.get((delivery.subject_kind, delivery.subject_id))
        return standing is not None and mark == standing.mark


def _present(candidates: Sequence[Departure], worker: str) -> _Present:
    deliveries = [candidate.delivery for candidate in candidates]
    channel_ids = {delivery.channel_id for delivery in deliveries}
    lanes = Lane.objects.select_for_update(no_key=True).filter(channel_id__in=channel_ids, claimed_by=worker)
    kinds: dict[str, list[UUID]] = defaultdict(list)
    for delivery in deliveries:
        kinds[delivery.subject_kind].append(delivery.subject_id)
    rows = (
        Delivery.objects.select_for_update(no_key=True)
        .filter(pk__in=[delivery.pk for delivery in deliveries])
        .only("state", "due_at", "channel_id", "attempt_token", "progress")
        .order_by("id")
    )
    return _Present(
        rows={row.pk: row for row in rows},
        lanes=frozenset(lanes.values_list("channel_id", flat=True)),
        stops=stops_now(delivery.organization_id for delivery in deliveries),
        marks={(kind, id_): mark for kind in kinds for id_, mark in _marks(kind, kinds[kind])},
    )


def _marks(kind: str, ids: Sequence[UUID]) -> list[tuple[UUID, str]]:
    return list(subject_of(kind).marks(ids).items())


def _mark(batch: Batch, departures: Sequence[Departure], worker: str, lease_until: datetime) -> None:
    """From here on they are `sending`; the attempt whose token stands in the row is the only one that may write."""
    write_rows(
        Delivery,
        (
            "state",
            "attempt_token",
            "claimed_by",
            "lease_until_at",
            "not_before_at",
            "progress",
            "leaving",
        ),
        [(each.delivery.pk, _values(each, worker, lease_until)) for each in departures],
    )
    batch.attempts += [
        Attempt(
            id=each.token,
            delivery_id=each.delivery.pk,
            kind=Attempt.Kind.SEND,
            number=each.delivery.tries + 1,
            worker=worker,
            started_at=each.leaves_at,
        )
        for each in departures
    ]


def _values(departure: Departure, worker: str, lease_until: datetime) -> tuple[object, ...]:
    standing = departure.looked.standing
    leaving = as_json(standing.outgoing) if standing else {}
    noted = departure.noted.as_json()
    return State.SENDING, departure.token, worker, lease_until, None, noted, leaving


def _count(channel_ids: set[UUID]) -> None:
    if channel_ids:
        Lane.objects.filter(channel_id__in=channel_ids).update(window_count=F("window_count") + 1)
