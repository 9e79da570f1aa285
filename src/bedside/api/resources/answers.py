"""Answering what was said to us, through the guard, the signers and the one gate."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Field, Router, Schema

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.api.resources.guard import FindingOut
from bedside.api.resources.inbox import ReplyOut
from bedside.foundation.refusal import Refusal
from bedside.inbox.actions import send_reply, take_back_reply, withdraw_reply, write_reply
from bedside.inbox.actions.writing import LONGEST
from bedside.inbox.models import Reply
from bedside.inbox.noting import judged_words
from bedside.inbox.queries import conversation_for, open_reply_of, reply_for
from bedside.networks.words import translated
from bedside.people.powers import Power

router = Router(tags=["inbox"])


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
