"""Deliveries: what leaves, where it stands, and stopping it."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import StrictBool

from bedside.api.door import PROBLEMS, Given, PointInTime, member_of, needs
from bedside.api.pages import Paging, page_of
from bedside.people.gate import or_404
from bedside.people.powers import Power
from bedside.publishing.actions import (
    cancel_delivery,
    hold_delivery,
    release_delivery,
    reschedule,
    resolve_unsure,
    send_now,
)
from bedside.publishing.models import Delivery
from bedside.publishing.story import Step, headline, story_of
from bedside.publishing.taking_down import delete_everywhere, delete_live

router = Router(tags=["deliveries"])


class AttemptOut(Schema):
    """One try at sending, looking up or deleting."""

    kind: str
    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    says: str


class ReceiptOut(Schema):
    """The network's word that it has the post."""

    remote_id: str
    url: str
    accepted_at: datetime
    seen_live_at: datetime | None
    deleted_at: datetime | None


class DeliveryOut(Schema):
    """One thing on its way to one channel."""

    id: UUID
    channel: UUID = Field(alias="channel_id")
    subject_kind: str
    subject_id: UUID
    excerpt: str
    fingerprint: str
    state: str
    due_at: datetime
    reason_code: str
    reason: str
    tries: int
    finished_at: datetime | None


class StoryStepOut(Schema):
    """One line of a delivery's story; `is_ahead` when it is still to come."""

    at: datetime | None
    sentence: str
    detail: str
    is_ahead: bool


class DeliveryWhole(DeliveryOut):
    """The same with how it stands in one sentence, its attempts and its receipt."""

    headline: str
    attempts: list[AttemptOut]
    receipt: ReceiptOut | None = None

    @staticmethod
    def resolve_headline(delivery: Any) -> str:
        return headline(delivery)

    @staticmethod
    def resolve_receipt(delivery: Any) -> Any:
        return getattr(delivery, "receipt", None)


class Deliveries(Schema):
    """A page of deliveries, the newest first."""

    items: list[DeliveryOut]
    next: str | None


class Which(Paging):
    """Which deliveries."""

    state: Literal["", "waiting", "held", "sending", "sent", "unsure", "failed", "cancelled"] = ""
    channel: UUID | None = None
    subject_id: UUID | None = None


class Because(Given):
    """Why, in words."""

    because: str = Field("", max_length=300)


class Deletion(Given):
    """Why it is deleted, and whether from every channel that the same post went to."""

    because: str = Field(min_length=1, max_length=300)
    everywhere: StrictBool = False


class Moment(Given):
    """A time with its zone."""

    at: PointInTime


class Looked(Given):
    """What a person saw on the network."""

    is_live: StrictBool
    url: str = Field("", max_length=1000)


@router.get("/deliveries", response={200: Deliveries, **PROBLEMS})
@needs(Power.VIEW)
def deliveries(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    """The organization's deliveries."""
    found = Delivery.objects.filter(organization_id=member_of(request).organization_id)
    for name in ("state", "channel", "subject_id"):
        if value := getattr(which, name):
            found = found.filter(**{name: value})
    return page_of(found, which)


@router.get("/deliveries/{delivery_id}", response={200: DeliveryWhole, **PROBLEMS})
@needs(Power.VIEW)
def one(request: HttpRequest, delivery_id: UUID) -> Delivery:
    """One delivery with everything that was tried."""
    return _found(request, delivery_id)


@router.get("/deliveries/{delivery_id}/story", response={200: list[StoryStepOut], **PROBLEMS})
@needs(Power.VIEW)
def story(request: HttpRequest, delivery_id: UUID) -> list[Step]:
    """What happened to it, told in plain sentences, oldest first; the last may still lie ahead."""
    return story_of(_found(request, delivery_id))


@router.post("/deliveries/{delivery_id}/hold", response={200: DeliveryWhole, **PROBLEMS})
@needs(Power.PUBLISH, Power.HOLD, Power.ANSWER)
def hold(request: HttpRequest, delivery_id: UUID, why: Because) -> Delivery:
    """Stop a delivery that waits."""
    hold_delivery(_found(request, delivery_id), by=member_of(request), because=why.because)
    return _found(request, delivery_id)


@router.post("/deliveries/{delivery_id}/release", response={200: DeliveryWhole, **PROBLEMS})
@needs(Power.PUBLISH, Power.HOLD, Power.ANSWER)
def release(request: HttpRequest, delivery_id: UUID) -> Delivery:
    """Let a held or failed delivery leave; the gate looks again."""
    release_delivery(_found(request, delivery_id), by=member_of(request))
    return _found(request, delivery_id)


@router.post("/deliveries/{delivery_id}/cancel", response={200: DeliveryWhole, **PROBLEMS})
@needs(Power.PUBLISH, Power.ANSWER)
def cancel(request: HttpRequest, delivery_id: UUID, why: Because) -> Delivery:
    """Take a delivery out of the queue for good."""
    cancel_delivery(_found(request, delivery_id), by=member_of(request), because=why.because)
    return _found(request, delivery_id)


@router.post("/deliveries/{delivery_id}/move", response={200: DeliveryWhole, **PROBLEMS})
@needs(Power.PUBLISH, Power.ANSWER)
def move(request: HttpRequest, delivery_id: UUID, when: Moment) -> Delivery:
    """Give a delivery another time."""
    reschedule(_found(request, delivery_id), at=when.at, by=member_of(request))
    return _found(request, delivery_id)


@router.post("/deliveries/{delivery_id}/send", response={200: DeliveryWhole, **PROBLEMS})
@needs(Power.PUBLISH, Power.ANSWER)
def send(request: HttpRequest, delivery_id: UUID) -> Delivery:
    """Let it leave now; the gate still decides."""
    send_now(_found(request, delivery_id), by=member_of(request))
    return _found(request, delivery_id)


@router.post("/deliveries/{delivery_id}/resolve", response={200: DeliveryWhole, **PROBLEMS})
@needs(Power.PUBLISH, Power.ANSWER)
def resolve(request: HttpRequest, delivery_id: UUID, looked: Looked) -> Delivery:
    """Settle an uncertain delivery by a person's look."""
    by = member_of(request)
    if looked.is_live:
        resolve_unsure(_found(request, delivery_id), by=by, says="it is live", remote_url=looked.url)
    else:
        resolve_unsure(_found(request, delivery_id), by=by, says="it is not live")
    return _found(request, delivery_id)


@router.post("/deliveries/{delivery_id}/delete", response={200: DeliveryWhole, **PROBLEMS})
@needs(Power.PUBLISH, Power.ANSWER)
def delete(request: HttpRequest, delivery_id: UUID, why: Deletion) -> Delivery:
    """Have what is public deleted; the evidence is kept before the network is asked, and the attempts tell the end."""
    verb = delete_everywhere if why.everywhere else delete_live
    verb(_found(request, delivery_id), by=member_of(request), because=why.because)
    return _found(request, delivery_id)


def _found(request: HttpRequest, delivery_id: UUID) -> Delivery:
    whole = Delivery.objects.select_related("channel", "receipt").prefetch_related("attempts")
    return or_404(whole, member_of(request), delivery_id)
