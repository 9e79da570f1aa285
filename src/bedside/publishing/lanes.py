"""Who serves which channel? Lanes are leased to workers, so that a channel's order holds over many of them.

All functions run inside a transaction of the worker's pen. Times are the database's.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from bedside.publishing.models import Delivery, Lane
from bedside.publishing.timing import MOST_IN_WINDOW, TENURE, WINDOW


@dataclass(frozen=True)
class Turn:
    """A lane we may serve now: its next deliveries in order, and how many its rate limit still allows."""

    channel_id: UUID
    delivery_ids: tuple[UUID, ...]


def due(now: datetime) -> QuerySet[Delivery]:
    """Everything that should leave now and whose channel was not asked to wait."""
    return Delivery.objects.filter(
        Q(not_before_at=None) | Q(not_before_at__lte=now),
        Q(channel__not_before_at=None) | Q(channel__not_before_at__lte=now),
        state=Delivery.State.WAITING,
        due_at__lte=now,
    )


def wanted(now: datetime, *, besides: Collection[UUID], most: int) -> list[UUID]:
    """Channels with something due, the longest waiting first; `besides` are served already. Reads only."""
    paused = Lane.objects.filter(Q(next_at__gt=now) | Q(lease_until_at__gt=now)).values("channel_id")
    rows = (
        due(now)
        .exclude(channel_id__in=paused)
        .values("channel_id")
        .annotate(first=Min("due_at"))
        .order_by("first")
        .values_list("channel_id", flat=True)
    )
    return [channel_id for channel_id in rows[: most + len(besides)] if channel_id not in besides][:most]


def claim(channel_ids: Iterable[UUID], *, worker: str, now: datetime, until: datetime) -> list[Turn]:
    """Lease what is free of these lanes, and read what they have to send."""
    channel_ids = list(channel_ids)
    Lane.objects.bulk_create([Lane(channel_id=each) for each in channel_ids], ignore_conflicts=True)
    free = Lane.objects.filter(
        Q(lease_until_at=None) | Q(lease_until_at__lte=now),
        Q(next_at=None) | Q(next_at__lte=now),
        channel_id__in=channel_ids,
    ).select_for_update(skip_locked=True, no_key=True)
    mine = list(free)
    ids = [lane.channel_id for lane in mine]
    Lane.objects.filter(channel_id__in=ids).update(claimed_by=worker, lease_until_at=until)
    over = Q(window_at=None) | Q(window_at__lte=now - WINDOW)
    Lane.objects.filter(over, channel_id__in=ids).update(window_at=now, window_count=0)
    turns = [_turn(lane, now) for lane in mine]
    release([turn.channel_id for turn in turns if not turn.delivery_ids], worker=worker)
    for lane in mine:
        if lane.window_at is not None and not _allowance(lane, now):
            Lane.objects.filter(pk=lane.pk).update(next_at=lane.window_at + WINDOW)
    return [turn for turn in turns if turn.delivery_ids]


def renew(channel_ids: Collection[UUID], flying: Collection[UUID], *, worker: str, until: datetime) -> None:
    """Keep our lanes, and the deliveries whose call is in the air."""
    Lane.objects.filter(channel_id__in=channel_ids, claimed_by=worker).update(lease_until_at=until)
    Delivery.objects.filter(pk__in=flying, claimed_by=worker).update(lease_until_at=until)


def release(channel_ids: Collection[UUID], *, worker: str, next_at: datetime | None = None) -> None:
    """Give lanes back; with `next_at` nobody serves them before that."""
    changes: dict[str, object] = {"claimed_by": "", "lease_until_at": None}
    if next_at is not None:
        changes["next_at"] = next_at
    if channel_ids:
        Lane.objects.filter(channel_id__in=channel_ids, claimed_by=worker).update(**changes)


def _turn(lane: Lane, now: datetime) -> Turn:
    most = min(TENURE, _allowance(lane, now))
    ids = (
        due(now)
        .filter(channel_id=lane.channel_id)
        .order_by("due_at", "id")
        .values_list("id", flat=True)[:most]
        if most
        else ()
    )
    return Turn(lane.channel_id, tuple(ids))


def _allowance(lane: Lane, now: datetime) -> int:
    """How many departures the channel's window still allows."""
    if lane.window_at is None or lane.window_at <= now - WINDOW:
        return MOST_IN_WINDOW
    return max(0, MOST_IN_WINDOW - lane.window_count)
