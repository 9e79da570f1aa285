"""Campaigns and tags: what posts are sorted by. They change nothing that is signed."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from bedside.api.door import PROBLEMS, Day, Given, member_of, needs
from bedside.api.resources.posts import PostOut
from bedside.people.powers import Power
from bedside.planning.actions import archive_campaign, create_campaign, edit_campaign, label_post
from bedside.planning.models import Campaign, Post, Tag
from bedside.planning.queries import campaign_for, post_for, tags_of

router = Router(tags=["campaigns"])


class CampaignOut(Schema):
    """A theme with a beginning and an end."""

    id: UUID
    name: str
    goal: str
    starts_on: date
    ends_on: date
    archived_at: datetime | None


class CampaignIn(Given):
    """A campaign's name, goal and days; the last one is not before the first."""

    name: str = Field(min_length=1, max_length=120)
    goal: str = Field("", max_length=300)
    starts_on: Day
    ends_on: Day


class TagOut(Schema):
    """A word to find posts by; posts are asked for with its id."""

    id: UUID
    name: str


class Labels(Given):
    """The campaign that a post belongs to, if any, and exactly its tags."""

    campaign: UUID | None = None
    tags: list[Annotated[str, Field(min_length=1, max_length=40)]] = Field(
        default_factory=list, max_length=20
    )


@router.get("/campaigns", response={200: list[CampaignOut], **PROBLEMS})
@needs(Power.VIEW)
def campaigns(request: HttpRequest) -> QuerySet[Campaign]:
    """Every campaign, the newest first."""
    return Campaign.objects.filter(organization_id=member_of(request).organization_id)


@router.get("/campaigns/{campaign_id}", response={200: CampaignOut, **PROBLEMS})
@needs(Power.VIEW)
def one(request: HttpRequest, campaign_id: UUID) -> Campaign:
    """One campaign."""
    return campaign_for(member_of(request), campaign_id)


@router.get("/tags", response={200: list[TagOut], **PROBLEMS})
@needs(Power.VIEW)
def tags(request: HttpRequest) -> list[Tag]:
    """Every tag, by name. A new one is made when a post is labelled with it."""
    return tags_of(member_of(request))


@router.post("/campaigns", response={201: CampaignOut, **PROBLEMS})
@needs(Power.WRITE)
def begin(request: HttpRequest, campaign: CampaignIn) -> Any:
    """Begin a campaign."""
    return Status(201, create_campaign(by=member_of(request), **campaign.model_dump()))


@router.put("/campaigns/{campaign_id}", response={200: CampaignOut, **PROBLEMS})
@needs(Power.WRITE)
def change(request: HttpRequest, campaign_id: UUID, campaign: CampaignIn) -> Campaign:
    """Change a campaign's name, goal or days."""
    by = member_of(request)
    return edit_campaign(campaign_for(by, campaign_id), by=by, **campaign.model_dump())


@router.post("/campaigns/{campaign_id}/archive", response={200: CampaignOut, **PROBLEMS})
@needs(Power.WRITE)
def put_away(request: HttpRequest, campaign_id: UUID) -> Campaign:
    """Put a campaign away; its posts stay as they are."""
    by = member_of(request)
    return archive_campaign(campaign_for(by, campaign_id), by=by)


@router.put("/posts/{post_id}/labels", response={200: PostOut, **PROBLEMS})
@needs(Power.WRITE)
def label(request: HttpRequest, post_id: UUID, labels: Labels) -> Post:
    """Put a post into a campaign (or none) and give it exactly these tags."""
    by = member_of(request)
    campaign = campaign_for(by, labels.campaign) if labels.campaign else None
    label_post(post_for(by, post_id), by=by, campaign=campaign, tags=labels.tags)
    return post_for(by, post_id)
