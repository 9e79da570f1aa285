"""Reads of the ledger: which deliveries, in pages that stay fast at any length, and one delivery with its story."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from bedside.people.gate import or_404
from bedside.people.models import Member
from bedside.publishing.models import Delivery

State = Delivery.State
PAGE = 50

# How the ledger is divided, and which states each part shows. What is coming is read forward, the rest backward.
SHOWS: dict[str, tuple[State, ...]] = {
    "out": (State.SENT, State.SENDING, State.UNSURE),
    "needs": (State.HELD, State.UNSURE, State.FAILED),
    "coming": (State.WAITING,),
    "cancelled": (State.CANCELLED,),
}


@dataclass(frozen=True)
class Wish:
    """What a reader of the ledger asked for; every field may be empty. `day` counts in the organization's zone."""

    show: str = "out"
    state: str = ""
    channel: UUID | None = None
    day: date | None = None
    words: str = ""
    after: str = ""


@dataclass(frozen=True)
class LedgerPage:
    """Some lines of the ledger, and the cursor of the next page ("" at the end)."""

    deliveries: list[Delivery] = field(default_factory=list)
    next: str = ""


def deliveries_for(member: Member) -> QuerySet[Delivery]:
    """All deliveries of the member's organization, without anybody's credentials."""
    return (
        Delivery.objects.filter(organization_id=member.organization_id)
        .select_related("channel", "receipt")
        .defer("channel__credentials", "progress", "leaving", "receipt__evidence")
    )


def deliveries_of(member: Member, subject_ids: Iterable[UUID]) -> QuerySet[Delivery]:
    """What became of these subjects (variants of a post, for example), the newest first."""
    return deliveries_for(member).filter(subject_id__in=list(subject_ids)).order_by("-pk")


def delivery_for(member: Member, delivery_id: UUID | str) -> Delivery:
    """One delivery with everything about it; another organization's is a 404."""
    whole = Delivery.objects.select_related("channel", "receipt", "scheduled_by__user", "organization")
    return or_404(whole.defer("channel__credentials"), member, delivery_id)


def ledger_page(member: Member, wish: Wish) -> LedgerPage:
    """One page of what was asked for. Keyset pagination: page 1,000 is as fast as page 1."""
    is_forward = wish.show == "coming"
    found = deliveries_for(member).filter(_wanted(member, wish))
    if (cursor := _read(wish.after)) is not None:
        found = found.filter(_beyond(cursor, is_forward))
    states = (wish.state,) if wish.state in State.values else SHOWS.get(wish.show, SHOWS["out"])
    rows = first_in(states, found, PAGE + 1, is_forward=is_forward)
    more = _write(rows[PAGE - 1]) if len(rows) > PAGE else ""
    return LedgerPage(rows[:PAGE], more)


def first_in(
    states: Iterable[str], found: QuerySet[Delivery], most: int, *, is_forward: bool = False
) -> list[Delivery]:
    """The newest of `found` in these states, or the earliest first when `is_forward`; `most` at most.

    Each state is read by itself, straight along its index. Asked for together, the database would walk through
    all deliveries in order of time, and past everything that still waits, until it has met enough.
    """
    order = ("due_at", "id") if is_forward else ("-due_at", "-id")
    rows = [row for state in states for row in found.filter(state=state).order_by(*order)[:most]]
    return sorted(rows, key=lambda row: (row.due_at, row.pk), reverse=not is_forward)[:most]


def counts_for(member: Member) -> dict[str, int]:
    """How many deliveries are in each state that asks for a person."""
    needs = Delivery.objects.filter(organization_id=member.organization_id, state__in=SHOWS["needs"])
    found = needs.values_list("state").annotate(n=Count("id")).order_by()
    return {str(state): n for state, n in found}


def _wanted(member: Member, wish: Wish) -> Q:
    wanted = Q()
    if wish.channel is not None:
        wanted &= Q(channel_id=wish.channel)
    if wish.day is not None:
        start = datetime.combine(wish.day, time(), ZoneInfo(member.organization.time_zone))
        end = datetime.combine(wish.day + timedelta(days=1), time(), start.tzinfo)
        wanted &= Q(due_at__gte=start.astimezone(UTC), due_at__lt=end.astimezone(UTC))
    if wish.words:
        wanted &= Q(excerpt__icontains=wish.words)
    return wanted


def _beyond(cursor: tuple[datetime, UUID], is_forward: bool) -> Q:
    at, last = cursor
    if is_forward:
        return Q(due_at__gte=at) & (Q(due_at__gt=at) | Q(id__gt=last))
    return Q(due_at__lte=at) & (Q(due_at__lt=at) | Q(id__lt=last))


def _write(row: Delivery) -> str:
    return base64.urlsafe_b64encode(f"{row.due_at.isoformat()} {row.pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, UUID] | None:
    """The place a cursor names; a cursor that somebody made up begins at the beginning."""
    try:
        at, last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ")
        return datetime.fromisoformat(at), UUID(last)
    except (ValueError, binascii.Error):
        return None
