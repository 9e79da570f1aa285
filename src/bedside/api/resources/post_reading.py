"""One post looked at: what the guard and the networks say of it, its deliveries, its versions, and what people say."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from bedside.api.door import PROBLEMS, member_of, needs
from bedside.api.resources.approvals import RemarkIn, RemarkOut
from bedside.api.resources.deliveries import DeliveryOut
from bedside.api.resources.guard import FindingOut
from bedside.api.resources.posts import PostOut
from bedside.approvals.models import Comment
from bedside.approvals.queries import comments_on
from bedside.approvals.remarks import REMARKING, comment
from bedside.people.powers import Power
from bedside.planning.actions import restore_version
from bedside.planning.actions.telling import label_of
from bedside.planning.clearance import KIND
from bedside.planning.models import Post
from bedside.planning.post_check import PostCheck, check_of
from bedside.planning.queries import post_for, version_for
from bedside.planning.reading import VersionLine, version_lines
from bedside.publishing.models import Delivery
from bedside.publishing.queries import deliveries_of

router = Router(tags=["posts"])


class LengthOut(Schema):
    """How long one part is as its network counts it."""

    used: int
    limit: int
    unit: str


class ChannelCheckOut(Schema):
    """One channel: the guard's decision, its findings, what the network would refuse, and the length of each part."""

    channel: UUID
    decision: Literal["block", "warn", "allow"]
    findings: list[FindingOut]
    problems: list[str]
    parts: list[LengthOut]
    fingerprint: str


class CautionOut(Schema):
    """Another post that says nearly the same, or leaves at nearly the same minute."""

    kind: Literal["duplicate", "clash"]
    post: UUID = Field(alias="post_id")
    at: datetime


class PostCheckOut(Schema):
    """What submitting would come upon. `needs` are the kinds of signature; `is_ready` is false while pictures are
    still looked at. `shared` are the findings of a post that has no channel yet.
    """

    needs: list[str]
    is_ready: bool
    channels: list[ChannelCheckOut]
    shared: list[FindingOut]
    cautions: list[CautionOut]


class PieceOut(Schema):
    """A stretch of text that both versions have, or only the newer (`added`), or only the older (`gone`)."""

    kind: Literal["same", "added", "gone"]
    text: str


class ChangeOut(Schema):
    """One field that reads differently than in the version before."""

    field: str
    label: str
    pieces: list[PieceOut]


class VersionOut(Schema):
    """How the post read after one session of editing, and what that changed."""

    id: UUID = Field(alias="version.id")
    revision: int = Field(alias="version.revision")
    saved_at: datetime = Field(alias="version.saved_at")
    saved_by: str = Field(alias="version.saved_by.name")
    was_submitted: bool = Field(alias="version.was_submitted")
    changes: list[ChangeOut]


@router.get("/posts/{post_id}/check", response={200: PostCheckOut, **PROBLEMS})
@needs(Power.VIEW)
def check(request: HttpRequest, post_id: UUID) -> PostCheck:
    """What the guard and the networks say of the post as it is saved. Nothing is changed by it."""
    return check_of(post_for(member_of(request), post_id))


@router.get("/posts/{post_id}/deliveries", response={200: list[DeliveryOut], **PROBLEMS})
@needs(Power.VIEW)
def deliveries(request: HttpRequest, post_id: UUID) -> QuerySet[Delivery]:
    """What became of the post on each of its channels, the newest delivery first."""
    by = member_of(request)
    variants = [variant.pk for variant in post_for(by, post_id).variants.all()]
    return deliveries_of(by, variants)


@router.get("/posts/{post_id}/versions", response={200: list[VersionOut], **PROBLEMS})
@needs(Power.VIEW)
def versions(request: HttpRequest, post_id: UUID) -> list[VersionLine]:
    """Every version, the newest first, each compared with the one before it."""
    return version_lines(post_for(member_of(request), post_id))


@router.post("/posts/{post_id}/versions/{version_id}/restore", response={200: PostOut, **PROBLEMS})
@needs(Power.WRITE)
def restore(request: HttpRequest, post_id: UUID, version_id: UUID) -> Post:
    """Make the post read as it did then, as a new save. The version before it stays in the list."""
    by = member_of(request)
    found = post_for(by, post_id)
    restore_version(found, version=version_for(found, version_id), by=by)
    return post_for(by, post_id)


@router.get("/posts/{post_id}/remarks", response={200: list[RemarkOut], **PROBLEMS})
@needs(Power.VIEW)
def remarks(request: HttpRequest, post_id: UUID) -> list[Comment]:
    """What people said about the post, oldest first, over all its requests for signatures."""
    return comments_on(KIND, post_for(member_of(request), post_id).pk)


@router.post("/posts/{post_id}/remarks", response={201: RemarkOut, **PROBLEMS})
@needs(*REMARKING)
def remark(request: HttpRequest, post_id: UUID, said: RemarkIn) -> Any:
    """Leave a remark for the others who work on this post."""
    by = member_of(request)
    found = post_for(by, post_id)
    made = comment(
        organization=found.organization,
        subject_kind=KIND,
        subject_id=found.pk,
        text=said.text,
        by=by,
        label=label_of(found),
    )
    return Status(201, made)
