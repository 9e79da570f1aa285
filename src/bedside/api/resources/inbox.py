"""The inbox: what was said to us, and answering it through the guard, the signers and the one gate."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Field, Query, Router, Schema
from pydantic import StrictBool

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.api.pages import Paging, page_of
from bedside.api.resources.guard import FindingOut
from bedside.foundation.refusal import Refusal
from bedside.inbox.actions import (
    assign_conversation,
    close_conversation,
    hide_message,
    open_conversation,
    reopen_conversation,
    send_reply,
    take_back_reply,
    unhide_message,
    withdraw_reply,
    write_reply,
)
from bedside.inbox.actions.writing import LONGEST
from bedside.inbox.models import Conversation, Message, Reply
from bedside.inbox.noting import judged_words
from bedside.inbox.queries import conversation_for, message_for, messages_of, open_reply_of, reply_for
from bedside.networks.words import translated
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


class AnswerIn(Given):
    """The words of an answer; `revision` is the one they were read with, null when there was none."""

    text: str = Field(max_length=LONGEST)
    revision: int | None = Field(None, ge=1, le=2**31 - 1)


class WordsIn(Given):
    """Words that would answer a conversation."""

    text: str = Field(max_length=LONGEST)


class AnswerCheckOut(Schema):
    """What the guard and the network say of an answer, and how long it is there."""

    decision: Literal["block", "warn", "allow"]
    findings: list[FindingOut]
    problems: list[str]
    used: int
    limit: int
    unit: str


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


@router.post("/conversations/{conversation_id}/check", response={200: AnswerCheckOut, **PROBLEMS})
@needs(Power.ANSWER)
def check(request: HttpRequest, conversation_id: UUID, said: WordsIn) -> dict[str, Any]:
    """What the guard and the network say of these words as an answer. Nothing is saved."""
    judged = judged_words(conversation_for(member_of(request), conversation_id), said.text)
    return {
        "decision": judged.verdict.decision,
        "findings": list(judged.verdict.findings),
        "problems": [translated(problem.sentence, gettext) for problem in judged.problems],
        "used": judged.count.used,
        "limit": judged.count.allowed,
        "unit": judged.count.unit,
    }


@router.put("/conversations/{conversation_id}/answer", response={200: ReplyOut, **PROBLEMS})
@needs(Power.ANSWER)
def write(request: HttpRequest, conversation_id: UUID, said: AnswerIn) -> Reply:
    """Save an answer to what they said last; nothing leaves by that."""
    by = member_of(request)
    found = conversation_for(by, conversation_id)
    return write_reply(found, text=said.text, revision=said.revision, by=by)


@router.post("/conversations/{conversation_id}/answer/send", response={200: ReplyOut, **PROBLEMS})
@needs(Power.ANSWER)
def send(request: HttpRequest, conversation_id: UUID) -> Reply:
    """Send the open answer off: to those who have to sign it, else to the gate."""
    by = member_of(request)
    reply = open_reply_of(conversation_for(by, conversation_id))
    if reply is None:
        raise Refusal("no_answer", "There is no open answer in this conversation. Write one first.")
    return send_reply(reply, by=by)


@router.post("/answers/{reply_id}/take-back", response={200: ReplyOut, **PROBLEMS})
@needs(Power.ANSWER)
def take_back(request: HttpRequest, reply_id: UUID) -> Reply:
    """Make an answer that has not left a draft again."""
    by = member_of(request)
    return take_back_reply(reply_for(by, reply_id), by=by)


@router.post("/answers/{reply_id}/withdraw", response={200: ReplyOut, **PROBLEMS})
@needs(Power.ANSWER)
def withdraw(request: HttpRequest, reply_id: UUID) -> Reply:
    """Throw an answer away that has not left."""
    by = member_of(request)
    return withdraw_reply(reply_for(by, reply_id), by=by)


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
