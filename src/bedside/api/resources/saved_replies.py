"""Saved replies: safe answers that are used again. Each is judged anew whenever it is used."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.library.models import SavedReply
from bedside.library.saved_replies import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    add_starter_set,
    archive_saved_reply,
    keep_saved_reply,
    saved_replies_for,
    saved_reply_for,
)
from bedside.people.powers import Power

router = Router(tags=["inbox"])


class SavedReplyIn(Given):
    """A text, under which title it is found, and where it stands in the list (1 first; a new one last)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"title": "Thanks", "text": "Thank you for your kind words.", "language": "en"}]
        }
    )

    title: str = Field(min_length=1, max_length=TITLE_LENGTH)
    text: str = Field(min_length=1, max_length=TEXT_LENGTH)
    language: Literal["en", "es"] = "en"
    place: int | None = Field(None, ge=1, le=999, strict=True)


class SavedReplyOut(Schema):
    """A text that is kept for use again."""

    id: UUID
    title: str
    text: str
    language: str
    place: int


@router.get("/saved-replies", response={200: list[SavedReplyOut], **PROBLEMS})
@needs(Power.ANSWER)
def saved_replies(request: HttpRequest) -> list[SavedReply]:
    """The saved replies in their order."""
    return saved_replies_for(member_of(request))


@router.post("/saved-replies", response={201: SavedReplyOut, **PROBLEMS})
@needs(Power.ANSWER)
def keep(request: HttpRequest, reply: SavedReplyIn) -> Any:
    """Keep a text for use again."""
    by = member_of(request)
    return Status(201, keep_saved_reply(by.organization, by=by, **reply.model_dump()))


@router.post("/saved-replies/starter-set", response={201: list[SavedReplyOut], **PROBLEMS})
@needs(Power.ANSWER)
def starter_set(request: HttpRequest) -> Any:
    """Take over the first set of safe answers; the answer holds those that were not there yet."""
    by = member_of(request)
    return Status(201, add_starter_set(by.organization, by=by))


@router.put("/saved-replies/{saved_id}", response={200: SavedReplyOut, **PROBLEMS})
@needs(Power.ANSWER)
def change(request: HttpRequest, saved_id: UUID, reply: SavedReplyIn) -> SavedReply:
    """Change a text; without a place it stays where it stands."""
    by = member_of(request)
    found = saved_reply_for(by, saved_id)
    return keep_saved_reply(by.organization, by=by, reply=found, **reply.model_dump())


@router.post("/saved-replies/{saved_id}/archive", response={204: None, **PROBLEMS})
@needs(Power.ANSWER)
def put_away(request: HttpRequest, saved_id: UUID) -> Any:
    """Offer a text no more."""
    by = member_of(request)
    archive_saved_reply(saved_reply_for(by, saved_id), by=by)
    return Status(204, None)
