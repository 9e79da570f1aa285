"""The queue: the weekly times at which each channel likes to speak, and planning a post for the next free ones."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.api.resources.posts import PostOut
from bedside.people.powers import Power
from bedside.planning.actions import add_slot, queue_post, remove_slot
from bedside.planning.models import Post
from bedside.planning.queries import ChannelWeek, open_channel_for, post_for, queue_of, slot_for

router = Router(tags=["queue"])


class SlotIn(Given):
    """A weekly time in the organization's time zone. Monday is 0."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"weekday": 0, "time": "09:30"}]})

    weekday: int = Field(ge=0, le=6, strict=True)
    time: str = Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="Hours and minutes, like 09:30")


class SlotOut(Schema):
    """A weekly time of a channel."""

    id: UUID
    channel: UUID = Field(alias="channel_id")
    weekday: int
    time: str

    @staticmethod
    def resolve_time(slot: Any) -> str:
        return f"{slot.time:%H:%M}"


class ChannelQueueOut(Schema):
    """A channel's queue; `next_free_at` is its next time at which nothing is planned, null when it has none."""

    channel: UUID
    times: list[SlotOut]
    next_free_at: datetime | None

    @staticmethod
    def resolve_channel(week: ChannelWeek) -> UUID:
        return week.channel.pk

    @staticmethod
    def resolve_times(week: ChannelWeek) -> list[Any]:
        return [slot for _name, slots in week.days for slot in slots]

    @staticmethod
    def resolve_next_free_at(week: ChannelWeek) -> datetime | None:
        return week.next_free


@router.get("/queue", response={200: list[ChannelQueueOut], **PROBLEMS})
@needs(Power.VIEW)
def queue(request: HttpRequest) -> list[ChannelWeek]:
    """Every channel with its queue times and the next free one."""
    return queue_of(member_of(request))


@router.post("/channels/{channel_id}/queue-times", response={201: SlotOut, **PROBLEMS})
@needs(Power.PUBLISH)
def add(request: HttpRequest, channel_id: UUID, slot: SlotIn) -> Any:
    """Let the channel speak at this time every week."""
    by = member_of(request)
    channel, at = open_channel_for(by, channel_id), time.fromisoformat(slot.time)
    return Status(201, add_slot(channel, weekday=slot.weekday, at=at, by=by))


@router.delete("/queue-times/{slot_id}", response={204: None, **PROBLEMS})
@needs(Power.PUBLISH)
def remove(request: HttpRequest, slot_id: UUID) -> Any:
    """Use this time no more; what is planned for it stays planned."""
    by = member_of(request)
    remove_slot(slot_for(by, slot_id), by=by)
    return Status(204, None)


@router.post("/posts/{post_id}/queue", response={200: PostOut, **PROBLEMS})
@needs(Power.WRITE, Power.PUBLISH)
def put(request: HttpRequest, post_id: UUID) -> Post:
    """Plan each channel of the post for its next free queue time."""
    by = member_of(request)
    queue_post(post_for(by, post_id), by=by)
    return post_for(by, post_id)
