"""Requests for signatures: to be read and commented on. Signing needs a person at the desk."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.api.pages import Paging, page_of
from bedside.approvals.models import Comment, Request
from bedside.approvals.outside import VOUCHING, withdraw_signer
from bedside.approvals.queries import comments_on, request_for, signer_for
from bedside.approvals.remarks import REMARKING, comment
from bedside.approvals.settling import label_of
from bedside.people.powers import Power

router = Router(tags=["approvals"])


class DecisionOut(Schema):
    """What one signer said."""

    says: str
    words: str
    decided_at: datetime
    undone_at: datetime | None
    who: str

    @staticmethod
    def resolve_who(decision: Any) -> str:
        return str(decision.by or decision.by_outside)


class StepOut(Schema):
    """One step: which signing power, one or all, and what was said."""

    order: int
    signing: str
    rule: str
    done_at: datetime | None
    decisions: list[DecisionOut]


class RequestOut(Schema):
    """A request for signatures."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    title: str
    fingerprint: str
    needs: list[str]
    state: str
    asked_at: datetime
    expires_at: datetime
    closed_at: datetime | None


class RequestWhole(RequestOut):
    """The same with its steps and the card that signers see."""

    steps: list[StepOut]
    card: dict[str, Any]


class Requests(Schema):
    """A page of requests, newest first."""

    items: list[RequestOut]
    next: str | None


class Which(Paging):
    """Which requests."""

    state: Literal["", "open", "agreed", "changes_wanted", "refused", "void", "expired"] = ""


class OutsideSignerOut(Schema):
    """Somebody who is no member and signs this one request by a personal link, which is shown nowhere."""

    id: UUID
    name: str
    email: str
    signing: str
    invited_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None


class RemarkIn(Given):
    """A remark for the authors and the other signers."""

    text: str = Field(min_length=1, max_length=5_000)


class RemarkOut(Schema):
    """A remark on what is to be signed."""

    id: UUID
    text: str
    written_at: datetime
    who: str

    @staticmethod
    def resolve_who(remark: Any) -> str:
        return str(remark.by or remark.by_outside)


@router.get("/requests", response={200: Requests, **PROBLEMS})
@needs(Power.VIEW)
def requests(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    """The organization's requests for signatures."""
    found = Request.objects.filter(organization_id=member_of(request).organization_id)
    return page_of(found.filter(state=which.state) if which.state else found, which)


@router.get("/requests/{request_id}", response={200: RequestWhole, **PROBLEMS})
@needs(Power.VIEW)
def one(request: HttpRequest, request_id: UUID) -> Request:
    """One request with its steps and decisions."""
    return request_for(member_of(request), request_id)


@router.get("/requests/{request_id}/remarks", response={200: list[RemarkOut], **PROBLEMS})
@needs(Power.VIEW)
def remarks(request: HttpRequest, request_id: UUID) -> list[Comment]:
    """What people said about what is to be signed, oldest first, over all requests about it."""
    found = request_for(member_of(request), request_id)
    return comments_on(found.subject_kind, found.subject_id)


@router.post("/requests/{request_id}/remarks", response={201: RemarkOut, **PROBLEMS})
@needs(*REMARKING)
def remark(request: HttpRequest, request_id: UUID, said: RemarkIn) -> Any:
    """Leave a remark; signing needs a person who has read."""
    by = member_of(request)
    found = request_for(by, request_id)
    made = comment(
        organization=found.organization,
        subject_kind=found.subject_kind,
        subject_id=found.subject_id,
        text=said.text,
        by=by,
        label=label_of(found),
    )
    return Status(201, made)


@router.get("/requests/{request_id}/outside-signers", response={200: list[OutsideSignerOut], **PROBLEMS})
@needs(*VOUCHING)
def outside_signers(request: HttpRequest, request_id: UUID) -> Any:
    """Who was asked to sign from outside. Choosing them needs a person who vouches for them."""
    return request_for(member_of(request), request_id).outside_signers.all()


@router.delete("/outside-signers/{signer_id}", response={204: None, **PROBLEMS})
@needs(*VOUCHING)
def withdraw(request: HttpRequest, signer_id: UUID) -> Any:
    """Make a personal link useless."""
    by = member_of(request)
    withdraw_signer(signer_for(by, signer_id), by=by)
    return Status(204, None)
