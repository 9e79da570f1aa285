"""The record: its lines, and whether the chain holds."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Field, Query, Router, Schema

from bedside.api.door import PROBLEMS, Day, member_of, needs
from bedside.api.files import LINES, TABLE, described, file_of
from bedside.audit.export import Form, take_along
from bedside.audit.queries import Question, before, find, first_broken_link, key_of, length_of
from bedside.foundation.text import kept
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


class Sought(Schema):
    """What is to be found; empty fields ask for nothing. Days are in UTC, `until` included."""

    words: str = Field("", max_length=200)
    verb: str = Field("", max_length=60, description="A verb, or how it begins: post, post.submitted")
    actor: str = Field("", max_length=200, description="Who did it, as the record names them")
    object_kind: str = Field("", max_length=40)
    object_id: str = Field("", max_length=60)
    since: Day | None = None
    until: Day | None = Field(None, le=date(9999, 12, 30))

    def question(self) -> Question:
        """The same as the room of the record understands it."""
        words = ("words", "verb", "actor", "object_kind", "object_id")
        return Question(
            **{name: kept(getattr(self, name)) for name in words}, since=self.since, until=self.until
        )


class Asked(Sought):
    """The same with where the page begins."""

    below: int | None = Field(None, ge=1, le=2**53)


class Exported(Sought):
    """The same with the form of the file."""

    form: Form = "jsonl"


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
    found = find(key_of(member_of(request).organization_id), asked.question())
    page, below = before(found, asked.below)
    return {"items": page, "next": below}


@router.get(
    "/record/export",
    response=PROBLEMS,
    openapi_extra=described("The lines as a file, oldest first", LINES, TABLE),
)
@needs(Power.AUDIT)
def export(request: HttpRequest, asked: Query[Exported]) -> StreamingHttpResponse:
    """Take the lines along: whole with their hashes (`jsonl`), or as a table (`csv`). That it was done is recorded."""
    by = member_of(request)
    lines = take_along(by.organization_id, asked.question(), form=asked.form, by=by.actor)
    return file_of(lines, mime=TABLE if asked.form == "csv" else LINES, name=f"record.{asked.form}")


@router.get("/record/chain", response={200: ChainOut, **PROBLEMS})
@needs(Power.AUDIT)
def chain(request: HttpRequest) -> dict[str, Any]:
    """Walk the whole chain."""
    key = key_of(member_of(request).organization_id)
    broken = first_broken_link(key)
    found = {"length": length_of(key), "holds": broken is None}
    return found | ({"broken_at": broken.number, "says": broken.says} if broken else {})
