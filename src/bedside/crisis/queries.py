"""Which holds are in force, and what do they stop?"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.crisis.models import Hold
from bedside.people.models import Member


@dataclass(frozen=True)
class Stops:
    """All holds in force at one moment, read once and asked about many channels."""

    holds: tuple[Hold, ...]

    def stopping(self, organization_id: object, channel_id: object) -> Hold | None:
        """The first hold that stops this channel, the widest first; None when it may send."""
        reach = (hold for hold in self.holds if _reaches(hold, organization_id, channel_id))
        return next(reach, None)


def stops_now(organization_ids: Iterable[object]) -> Stops:
    """Every hold in force that concerns these organizations, the installation's included. One query."""
    found = Hold.objects.in_force().filter(
        Q(organization_id=None) | Q(organization_id__in=set(organization_ids))
    )
    return Stops(tuple(sorted(found, key=lambda hold: (_width(hold), hold.placed_at))))


def holds_seen_by(member: Member) -> QuerySet[Hold]:
    """The holds in force that the member's organization feels, newest first, with who placed them."""
    return (
        Hold.objects.in_force()
        .filter(Q(organization_id=None) | Q(organization_id=member.organization_id))
        .select_related("placed_by__user")
        .order_by("-placed_at")
    )


def past_holds(member: Member, limit: int = 50) -> list[Hold]:
    """The latest holds of the member's organization that were lifted, newest first."""
    return list(
        Hold.objects.filter(organization_id=member.organization_id, lifted_at__isnull=False)
        .select_related("placed_by__user", "lifted_by__user")
        .order_by("-lifted_at")[:limit]
    )


def hold_for(member: Member, hold_id: UUID) -> Hold | None:
    """A hold of the member's organization by id, lifted or not; another organization's is None."""
    return Hold.objects.filter(pk=hold_id, organization_id=member.organization_id).first()


def _width(hold: Hold) -> int:
    return 0 if hold.organization_id is None else 1 if hold.channel_id is None else 2


def _reaches(hold: Hold, organization_id: object, channel_id: object) -> bool:
    if hold.organization_id is None:
        return True
    return hold.organization_id == organization_id and hold.channel_id in (None, channel_id)
