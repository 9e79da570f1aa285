"""The inbox: what was said to us, and looking after it. Answering is in `answers`."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import StrictBool

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.api.pages import Paging, page_of
from bedside.inbox.actions import (
    assign_conversation,
    close_conversation,
    hide_message,
    open_conversation,
    reopen_conversation,
    unhide_message,
)
from bedside.inbox.models import Conversation, Message, Reply
from bedside.inbox.queries import conversation_for, message_for, messages_of, open_reply_of
from bedside.people.gate import or_404
from bedside.people.models import Member
from bedside.people.powers import Power

router = Router(tags=["inbox"])


class ConversationOut(Schema):
    """What one person says to one channel; `reason` says why it stands where it stands in the list."""

    id: UUID
    channel: UUID = Field(alias="channel_id")
    kind: str
    state: str
    contact: str
    reason: str
    rating: int | None
    is_unread: bool
    assigned_to: UUID | None = Field(None, alias="assigned_to_id")
    message_count: int
    last_message_at: datetime

    @staticmethod
    def resolve_contact(conversation: Any) -> str:
        return str(conversation.contact)


class MessageOut(Schema):
    """One thing that was said: theirs (`in`) or ours (`out`)."""

    id: UUID
    direction: str
    kind: str
    text: str
    at: datetime
    url: str
    deleted_at: datetime | None
    hidden_at: datetime | None


class ReplyOut(Schema):
    """An answer on its way from a draft to the public."""

    id: UUID
    answers: UUID = Field(alias="answers_id")
    text: str
    state: str
    revision: int
    returned_because: str


class ConversationWhole(ConversationOut):
    """The same with its newest messages, oldest first, and the answer that is open."""

    messages: list[MessageOut]
    answer: ReplyOut | None

    @staticmethod
    def resolve_messages(conversation: Any) -> list[Message]:
        return messages_of(conversation)

    @staticmethod
    def resolve_answer(conversation: Any) -> Reply | None:
        return open_reply_of(conversation)


class Conversations(Schema):
    """A page of conversations, the newest first."""

    items: list[ConversationOut]
    next: str | None


class Which(Paging):
    """Which conversations."""

    state: Literal["", "open", "answered", "closed"] = ""
    kind: Literal["", "reply", "mention", "quote", "direct", "review"] = ""
    channel: UUID | None = None
    assigned_to: UUID | None = None
    is_unread: bool | None = None


class Assignee(Given):
    """Who looks after it; null for nobody."""

    member: UUID | None


class Visibility(Given):
    """Whether a comment of theirs is hidden below our post."""

    is_hidden: StrictBool


@router.get("/conversations", response={200: Conversations, **PROBLEMS})
@needs(Power.ANSWER)
def conversations(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    """What was said to the organization. Reading it here marks nothing as read."""
    found = Conversation.objects.filter(organization_id=member_of(request).organization_id)
    for name in ("state", "kind", "channel", "assigned_to", "is_unread"):
        if (value := getattr(which, name)) not in (None, ""):
            found = found.filter(**{name: value})
    return page_of(found.select_related("contact"), which)


@router.get("/conversations/{conversation_id}", response={200: ConversationWhole, **PROBLEMS})
@needs(Power.ANSWER)
def one(request: HttpRequest, conversation_id: UUID) -> Conversation:
    """One conversation with its newest messages and its open answer."""
    return conversation_for(member_of(request), conversation_id)


@router.post("/conversations/{conversation_id}/read", response={200: ConversationWhole, **PROBLEMS})
@needs(Power.ANSWER)
def read(request: HttpRequest, conversation_id: UUID) -> Conversation:
    """Note that somebody has read it."""
    by = member_of(request)
    open_conversation(conversation_for(by, conversation_id), by=by)
    return conversation_for(by, conversation_id)


@router.post("/conversations/{conversation_id}/close", response={200: ConversationWhole, **PROBLEMS})
@needs(Power.ANSWER)
def close(request: HttpRequest, conversation_id: UUID) -> Conversation:
    """Nothing more is to be said; a new message opens it again."""
    by = member_of(request)
    close_conversation(conversation_for(by, conversation_id), by=by)
    return conversation_for(by, conversation_id)


@router.post("/conversations/{conversation_id}/reopen", response={200: ConversationWhole, **PROBLEMS})
@needs(Power.ANSWER)
def reopen(request: HttpRequest, conversation_id: UUID) -> Conversation:
    """Take it up again."""
    by = member_of(request)
    reopen_conversation(conversation_for(by, conversation_id), by=by)
    return conversation_for(by, conversation_id)


@router.put("/conversations/{conversation_id}/assignee", response={200: ConversationWhole, **PROBLEMS})
@needs(Power.ANSWER)
def assign(request: HttpRequest, conversation_id: UUID, wanted: Assignee) -> Conversation:
    """Give it to somebody who may answer, or to nobody."""
    by = member_of(request)
    members = Member.objects.active().select_related("role", "user")
    to = or_404(members, by, wanted.member) if wanted.member else None
    assign_conversation(conversation_for(by, conversation_id), to=to, by=by)
    return conversation_for(by, conversation_id)


@router.put("/messages/{message_id}/visibility", response={200: MessageOut, **PROBLEMS})
@needs(Power.ANSWER)
def show_or_hide(request: HttpRequest, message_id: UUID, wanted: Visibility) -> Message:
    """Hide a comment below our post on the network, or show it again."""
    by = member_of(request)
    verb = hide_message if wanted.is_hidden else unhide_message
    return verb(message_for(by, message_id), by=by)
