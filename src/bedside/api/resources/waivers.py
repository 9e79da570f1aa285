"""Waivers: findings that were let pass in exactly one material, or asked about.

A program asks and takes back. It decides nothing and puts no advice aside: that says that a person has read.
"""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.api.pages import Paging, page_of
from bedside.api.resources.rules import PLAIN
from bedside.inbox.noting import ask_about_answer
from bedside.inbox.queries import conversation_for
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.planning.post_check import ask_about_post
from bedside.planning.queries import post_for
from bedside.rules.actions import withdraw_waiver
from bedside.rules.models import Waiver
from bedside.rules.queries import waiver_for, waivers_for

router = Router(tags=["rules"])

SEEING = (Power.WRITE, Power.ANSWER, Power.AUDIT, *SIGNING_POWERS.values())


class WaiverIn(Given):
    """Which rule's findings are to be let pass, and why; the reason goes into the record."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"rule": "name-with-care", "reason": "The mayor, who told it to the press herself."}]
        }
    )

    rule: str = Field(min_length=1, max_length=80, pattern=PLAIN)
    reason: str = Field(min_length=1, max_length=400, pattern=PLAIN)


class WaiverOut(Schema):
    """A finding that was let pass, or asked about. It is decided on its page, by somebody who has read it."""

    id: UUID
    rule: str
    title: str
    fingerprint: str
    subject_kind: str
    subject_id: UUID
    level: str
    weight: str
    state: Literal["asked", "begun", "given", "refused", "withdrawn"]
    asked_at: datetime
    first_at: datetime | None
    second_at: datetime | None
    ended_at: datetime | None


class WaiverPage(Schema):
    """One page of waivers."""

    items: list[WaiverOut]
    next: str | None


@router.get("/waivers", response={200: WaiverPage, **PROBLEMS})
@needs(*SEEING)
def waivers(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Findings that were let pass or asked about, newest first; advice that authors put aside is left out."""
    return page_of(waivers_for(member_of(request)), paging)


@router.get("/waivers/{waiver_id}", response={200: WaiverOut, **PROBLEMS})
@needs(*SEEING)
def one(request: HttpRequest, waiver_id: UUID) -> Waiver:
    """One of them."""
    return waiver_for(member_of(request), waiver_id)


@router.post("/waivers/{waiver_id}/withdraw", response={200: WaiverOut, **PROBLEMS})
@needs(*SEEING)
def withdraw(request: HttpRequest, waiver_id: UUID) -> Waiver:
    """Take it back: the finding counts again, at the last gate too."""
    by = member_of(request)
    return withdraw_waiver(waiver_for(by, waiver_id), by=by)


@router.post("/posts/{post_id}/waivers", response={201: WaiverOut, **PROBLEMS})
@needs(Power.WRITE, *SIGNING_POWERS.values())
def ask_for_post(request: HttpRequest, post_id: UUID, asked: WaiverIn) -> Any:
    """Ask that what a rule finds in the saved post be let pass; those who may decide are told."""
    by = member_of(request)
    return Status(201, ask_about_post(post_for(by, post_id), rule=asked.rule, reason=asked.reason, by=by))


@router.post("/conversations/{conversation_id}/waivers", response={201: WaiverOut, **PROBLEMS})
@needs(Power.ANSWER)
def ask_for_answer(request: HttpRequest, conversation_id: UUID, asked: WaiverIn) -> Any:
    """The same for the open answer of a conversation, as it is saved."""
    by = member_of(request)
    found = conversation_for(by, conversation_id)
    return Status(201, ask_about_answer(found, rule=asked.rule, reason=asked.reason, by=by))
