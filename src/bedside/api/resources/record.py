"""The record: its lines, and whether the chain holds."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from bedside.api.door import PROBLEMS, member_of, needs
from bedside.audit.models import Record
from bedside.audit.queries import Question, before, find, first_broken_link, key_of, length_of
from bedside.people.powers import Power

router = Router(tags=["record"])


class LineOut(Schema):
    """One line of the record."""

    number: int
    at: datetime
    actor_kind: str
    actor_label: str
    verb: str
    object_kind: str
    object_id: str
    object_label: str
    words: str
    data: dict[str, Any]
    hash: str
    previous_hash: str


class Lines(Schema):
    """A page of lines, newest first; `next` is the `below` of the next page."""

    items: list[LineOut]
    next: int | None


class Asked(Schema):
    """What is to be found; empty fields ask for nothing."""

    words: str = Field("", max_length=200)
    verb: str = Field("", max_length=60)
    object_kind: str = Field("", max_length=40)
    object_id: str = Field("", max_length=60)
    below: int | None = Field(None, ge=1, le=2**53)


class ChainOut(Schema):
    """Whether the chain holds; otherwise the first broken link."""

    length: int
    holds: bool
    broken_at: int | None = None
    says: str = ""


@router.get("/record", response={200: Lines, **PROBLEMS})
@needs(Power.AUDIT)
def lines(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """The lines of the organization's record."""
    said = asked.dict()
    below = said.pop("below")
    page: list[Record]
    page, below = before(find(key_of(member_of(request).organization_id), Question(**said)), below)
    return {"items": page, "next": below}


@router.get("/record/chain", response={200: ChainOut, **PROBLEMS})
@needs(Power.AUDIT)
def chain(request: HttpRequest) -> dict[str, Any]:
    """Walk the whole chain."""
    key = key_of(member_of(request).organization_id)
    broken = first_broken_link(key)
    found = {"length": length_of(key), "holds": broken is None}
    return found | ({"broken_at": broken.number, "says": broken.says} if broken else {})
