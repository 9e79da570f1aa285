"""Holds: stopping and releasing all sending of a channel or the organization.

Everything on the installation is stopped by who runs it, with `bedside hold`.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.crisis.actions import lift_hold, place_hold
from bedside.crisis.models import Hold
from bedside.crisis.places import places_for
from bedside.crisis.queries import hold_for, holds_seen_by, past_holds
from bedside.networks.queries import channel_for
from bedside.people.models import Member
from bedside.people.powers import Power

router = Router(tags=["holds"])


class HoldIn(Given):
    """What to stop, and why; without a channel, the whole organization."""

    reason: str = Field(min_length=1, max_length=300)
    channel: UUID | None = None


class HoldOut(Schema):
    """A hold. Without an organization it stops everything on this installation."""

    id: UUID
    organization: UUID | None = Field(None, alias="organization_id")
    channel: UUID | None = Field(None, alias="channel_id")
    reason: str
    placed_at: datetime
    placed_by: str | None
    lifted_at: datetime | None
    lifted_by: str | None

    @staticmethod
    def resolve_placed_by(hold: Any) -> str | None:
        return str(hold.placed_by) if hold.placed_by else None

    @staticmethod
    def resolve_lifted_by(hold: Any) -> str | None:
        return str(hold.lifted_by) if hold.lifted_by else None


@router.get("/holds", response={200: list[HoldOut], **PROBLEMS})
@needs(Power.VIEW, Power.HOLD)
def holds(request: HttpRequest) -> QuerySet[Hold]:
    """The holds in force."""
    return holds_seen_by(member_of(request))


@router.get("/holds/past", response={200: list[HoldOut], **PROBLEMS})
@needs(Power.VIEW, Power.HOLD)
def past(request: HttpRequest) -> list[Hold]:
    """The latest holds that were lifted, newest first."""
    return past_holds(member_of(request))


@router.post("/holds", response={201: HoldOut, **PROBLEMS})
@needs(Power.HOLD)
def place(request: HttpRequest, hold: HoldIn) -> Any:
    """Stop sending at once."""
    by = member_of(request)
    channel = channel_for(by, hold.channel) if hold.channel else None
    made = place_hold(
        organization_id=by.organization_id,
        channel_id=channel.pk if channel else None,
        channel_name=channel.name if channel else "",
        reason=hold.reason,
        by=by,
    )
    return Status(201, made)


@router.post("/holds/{hold_id}/lift", response={200: HoldOut, **PROBLEMS})
@needs(Power.HOLD)
def lift(request: HttpRequest, hold_id: UUID) -> Hold:
    """Let sending go on."""
    by = member_of(request)
    found = hold_for(by, hold_id)
    if found is None:
        raise Http404
    return lift_hold(found, by=by, channel_name=_name_of(found, by))


def _name_of(hold: Hold, by: Member) -> str:
    return places_for(by).get(hold.channel_id, "") if hold.channel_id else ""
