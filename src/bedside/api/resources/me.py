"""The key itself: whom it acts for and with which powers, its member's other keys, and what they should know.

Keys are made by a person, under Your account; a key can be ended here.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from bedside.api.door import PROBLEMS, member_of, needs
from bedside.api.pages import Paging, page_of
from bedside.people.gate import or_404
from bedside.people.models import ApiToken, Member, Notice
from bedside.people.notices import notice_for, notices_of
from bedside.people.powers import Power
from bedside.people.tokens import revoke_token, tokens_of

router = Router(tags=["me"])


class KeyOut(Schema):
    """A key, without its secret, which was shown once. `granted_powers` is what it was given."""

    id: UUID
    name: str
    granted_powers: list[str]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class MeOut(Schema):
    """The member a key acts for, and what it may do: what it was given and its member still has."""

    id: UUID
    name: str
    email: str = Field(alias="user.email")
    organization: UUID = Field(alias="organization_id")
    role: str = Field(alias="role.name")
    powers: list[str]
    key: KeyOut

    @staticmethod
    def resolve_powers(member: Any) -> list[str]:
        return sorted(member.powers)


class NoticeOut(Schema):
    """Something that the member should know; `url` is a path of this installation."""

    id: UUID
    kind: str
    sentence: str
    url: str
    created_at: datetime
    read_at: datetime | None


class Notices(Schema):
    """A page of notices, the newest first."""

    items: list[NoticeOut]
    next: str | None


@router.get("/me", response={200: MeOut, **PROBLEMS})
@needs(*Power)
def me(request: HttpRequest) -> Member:
    """Whom this key acts for, and with which powers."""
    return member_of(request)


@router.get("/keys", response={200: list[KeyOut], **PROBLEMS})
@needs(*Power)
def keys(request: HttpRequest) -> QuerySet[ApiToken]:
    """The member's keys that still open something."""
    return tokens_of(member_of(request))


@router.delete("/keys/{token_id}", response={204: None, **PROBLEMS})
@needs(*Power)
def end_key(request: HttpRequest, token_id: UUID) -> Any:
    """End a key at once: this one itself, and any other of the organization with the power to manage people."""
    by = member_of(request)
    revoke_token(or_404(ApiToken.objects.filter(revoked_at=None), by, token_id), by=by)
    return Status(204, None)


@router.get("/notices", response={200: Notices, **PROBLEMS})
@needs(Power.VIEW)
def notices(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """What the member should know, read and unread."""
    return page_of(notices_of(member_of(request)), paging)


@router.post("/notices/{notice_id}/read", response={200: NoticeOut, **PROBLEMS})
@needs(Power.VIEW)
def read(request: HttpRequest, notice_id: UUID) -> Notice:
    """Put a notice down: the member has seen it."""
    found = notice_for(member_of(request), notice_id)
    found.mark_read()
    return found
