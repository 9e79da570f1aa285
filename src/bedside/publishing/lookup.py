"""Is it public? Looking for a delivery whose answer we never got, without ever sending anything.

`find` asks the network in a thread of the crew; `conclude` writes what follows: sent, waiting again (only when it is
certain that nothing was published), or look again later, at last with a person.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from bedside.foundation import clock
from bedside.foundation.ids import uuid7
from bedside.networks import sessions
from bedside.networks.carry import settle
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import NotDone, Outgoing, Progress, TryLater, Unknown
from bedside.networks.words import translated
from bedside.publishing.departures import line
from bedside.publishing.landing import Landed, land, receipt_row
from bedside.publishing.leaving import from_json
from bedside.publishing.models import Attempt, Delivery, Receipt
from bedside.publishing.news import DeliveryUnsure
from bedside.publishing.timing import next_look_up
from bedside.publishing.writing import Batch

log = logging.getLogger(__name__)

State = Delivery.State


@dataclass(frozen=True)
class Search:
    """One look: for which delivery, under which attempt, and whose remote ids are known to be others'."""

    delivery: Delivery
    token: UUID
    taken: frozenset[str]

    @property
    def outgoing(self) -> Outgoing:
        return from_json(self.delivery.leaving)

    @property
    def progress(self) -> Progress:
        return Progress.from_json(self.delivery.progress)


@dataclass(frozen=True)
class Found:
    """What one look brought: a settled progress, or an `Unknown` with a sentence."""

    search: Search
    result: Progress | Unknown
    at: datetime


def due_look_ups(now: datetime) -> Q:
    """Which deliveries wait for a look."""
    free = Q(lease_until_at=None) | Q(lease_until_at__lte=now)
    return free & Q(state=State.UNSURE, not_before_at__lte=now)


def claim(batch: Batch, *, worker: str, now: datetime, until: datetime, most: int) -> list[Search]:
    """Take some of the unsure deliveries to look for; another worker leaves them to us until the lease ends."""
    ids = list(
        Delivery.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(due_look_ups(now))
        .order_by("not_before_at")
        .values_list("id", flat=True)[:most]
    )
    rows = Delivery.objects.filter(pk__in=ids).select_related("channel__organization")
    return [_begin(batch, row, worker, now, until) for row in rows]


def _begin(batch: Batch, row: Delivery, worker: str, now: datetime, until: datetime) -> Search:
    token = uuid7()
    Delivery.objects.filter(pk=row.pk).update(claimed_by=worker, lease_until_at=until, attempt_token=token)
    batch.attempts.append(
        Attempt(
            id=token,
            delivery_id=row.pk,
            kind=Attempt.Kind.LOOK_UP,
            number=row.look_ups + 1,
            worker=worker,
            started_at=now,
        )
    )
    return Search(row, token, _taken(row))


def _taken(row: Delivery) -> frozenset[str]:
    """Remote ids on this channel that are other deliveries', from shortly before this one was asked for."""
    since = row.due_at - timedelta(days=1)
    receipts = Receipt.objects.filter(delivery__channel_id=row.channel_id, accepted_at__gte=since)
    found = receipts.exclude(pk=row.pk).order_by("-accepted_at").values_list("remote_id", "parts")[:2000]
    return frozenset(
        remote_id for first, parts in found for remote_id in (first, *(part["remote_id"] for part in parts))
    )


def find(search: Search, now: Callable[[], datetime] = clock.now) -> Found:
    """Ask the network. Reads only; whatever goes wrong means that we still do not know.

    `now` is the clock by which it was asked before: whether a request can still be on its way is told by no other.
    """
    try:
        result = _asked(search, now)
    except TryLater as later:
        result = Unknown(later.sentence, at=later.at)
    except NotDone as ended:
        result = Unknown(ended.sentence)
    except Exception as unexpected:  # a fault of ours proves nothing about what is public
        log.exception("A delivery could not be looked up: %s", search.delivery.pk)
        result = Unknown(type(unexpected).__name__)
    return Found(search, result, now())


def _asked(search: Search, now: Callable[[], datetime]) -> Progress | Unknown:
    channel = search.delivery.channel
    publish = connector_of(channel.network).publish
    session = replace(sessions.session_for(channel), now=now)
    return settle(
        publish,
        session,
        search.outgoing,
        search.progress,
        save=lambda _progress: None,
        taken=search.taken,
    )


def conclude(batch: Batch, found: Found, *, spans: Sequence[float]) -> bool:
    """Write what a look brought; False when another has taken the matter over."""
    with override(found.search.delivery.channel.organization.language):
        if isinstance(found.result, Unknown):
            return _still_unknown(batch, found, found.result, spans)
        if found.result.is_complete:
            return _was_published(batch, found, found.result)
        return _goes_on(batch, found, found.result)


def _was_published(batch: Batch, found: Found, progress: Progress) -> bool:
    search = found.search
    landed = Landed(search.delivery, search.token, progress, progress.receipt, found.at, called="found")
    return land(batch, landed) is not None


def _goes_on(batch: Batch, found: Found, progress: Progress) -> bool:
    """The part is not public, or a thread still has parts to come: back to waiting, through the gate again."""
    delivery = found.search.delivery
    written = _mine(found).update(
        state=State.WAITING,
        reason_code="",
        reason="",
        progress=progress.as_json(),
        not_before_at=None,
        look_ups=0,
        attempt_token=None,
        lease_until_at=None,
    )
    is_absent = progress.index == found.search.progress.index
    batch.end(found.search.token, "absent" if is_absent else "found_part")
    if written:
        words = _("Looked for “%(what)s” on %(channel)s: it is not there, so it is sent again.")
        batch.lines[delivery.organization_id].append(
            line(
                delivery,
                "delivery.looked_up",
                words % {"what": delivery.excerpt, "channel": delivery.channel.name},
            )
        )
        if progress.receipts:
            batch.receipts.append(receipt_row(delivery, progress.receipt))
    return bool(written)


def _still_unknown(batch: Batch, found: Found, unknown: Unknown, spans: Sequence[float]) -> bool:
    delivery = found.search.delivery
    looks = delivery.look_ups + 1
    again_at = next_look_up(looks, found.at, spans)
    if again_at is not None and unknown.at is not None:
        again_at = max(unknown.at, found.at + timedelta(seconds=0.2))
    sentence = translated(unknown.sentence, _)
    written = _mine(found).update(
        not_before_at=again_at,
        look_ups=F("look_ups") + 1,
        reason_code="unsure" if again_at else "needs_person",
        reason=sentence[:500],
        attempt_token=None,
        lease_until_at=None,
    )
    batch.end(found.search.token, "unknown", sentence)
    if written and again_at is None:
        _hand_over(batch, delivery, sentence)
    return bool(written)


def _hand_over(batch: Batch, delivery: Delivery, sentence: str) -> None:
    words = _(
        "Looked for “%(what)s” on %(channel)s several times and still cannot tell. A person has to look."
    )
    names = {"what": delivery.excerpt, "channel": delivery.channel.name}
    batch.lines[delivery.organization_id].append(line(delivery, "delivery.needs_person", words % names))
    batch.news.append(
        DeliveryUnsure(
            delivery.pk, delivery.organization_id, delivery.subject_kind, delivery.subject_id, sentence
        )
    )


def _mine(found: Found) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        pk=found.search.delivery.pk, state=State.UNSURE, attempt_token=found.search.token
    )
