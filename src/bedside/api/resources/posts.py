"""Posts: write, change, submit, plan, withdraw. Everything passes through the same actions as the composer."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from bedside.api.door import PROBLEMS, Given, PointInTime, member_of, needs
from bedside.api.pages import Paging, page_of
from bedside.foundation.text import kept
from bedside.people.powers import Power
from bedside.planning.actions import (
    create_post,
    duplicate_post,
    plan_post,
    reopen_post,
    save_post,
    submit_post,
    withdraw_post,
)
from bedside.planning.content import Content, Picture, Wording
from bedside.planning.filters import Filter
from bedside.planning.links import MOST_DESCRIPTION, MOST_TITLE, LinkPreview
from bedside.planning.models import Post
from bedside.planning.queries import post_for, whole_posts

router = Router(tags=["posts"])

TEXT = 20_000


class PictureIn(Given):
    """A picture of the library and what it tells to people who cannot see it."""

    asset: UUID
    alt_text: str = Field("", max_length=1500)


class WordingIn(Given):
    """One channel; null takes the post's own wording, an empty text says nothing there."""

    channel: UUID
    text: str | None = Field(None, max_length=TEXT)
    first_comment: str | None = Field(None, max_length=TEXT)
    thread: list[str] | None = Field(None, max_length=25)


class LinkIn(Given):
    """What a link in the words shows below the post, where a network makes a card of it."""

    url: str = Field(min_length=1, max_length=2000)
    title: str = Field("", max_length=MOST_TITLE)
    description: str = Field("", max_length=MOST_DESCRIPTION)


class PostIn(Given):
    """The whole content of a post; what is absent is empty."""

    text: str = Field("", max_length=TEXT)
    first_comment: str = Field("", max_length=TEXT)
    thread: list[str] = Field(default_factory=list, max_length=25)
    sources: list[str] = Field(default_factory=list, max_length=50)
    language: str = Field("en", min_length=2, max_length=10)
    pictures: list[PictureIn] = Field(default_factory=list, max_length=20)
    links: list[LinkIn] = Field(default_factory=list, max_length=25)
    channels: list[WordingIn] = Field(default_factory=list, max_length=200)

    def content(self) -> Content:
        """The same as the planning room understands it."""
        return Content(
            text=self.text,
            first_comment=self.first_comment,
            thread=tuple(self.thread),
            sources=tuple(self.sources),
            language=self.language,
            pictures=tuple(Picture(p.asset, p.alt_text) for p in self.pictures),
            previews=tuple(LinkPreview(link.url, link.title, link.description) for link in self.links),
            wordings={
                w.channel: Wording(w.text, w.first_comment, tuple(w.thread) if w.thread is not None else None)
                for w in self.channels
            },
        )


class PostChange(PostIn):
    """A changed post; `revision` is the one it was read with, so that nobody's edit is overwritten."""

    revision: int = Field(ge=1, le=2**31 - 1)


class PostOut(Schema):
    """A post as it stands."""

    id: UUID
    state: str
    text: str
    first_comment: str
    thread: list[str]
    sources: list[str]
    language: str
    campaign: UUID | None = Field(None, alias="campaign_id")
    tags: list[str]
    planned_at: datetime | None
    revision: int
    created_at: datetime
    edited_at: datetime
    pictures: list[PictureIn]
    links: list[LinkIn]
    channels: list[WordingIn]

    @staticmethod
    def resolve_tags(post: Any) -> list[str]:
        return [tag.name for tag in post.tags.all()]

    @staticmethod
    def resolve_links(post: Any) -> list[dict[str, str]]:
        return list(post.previews)

    @staticmethod
    def resolve_pictures(post: Any) -> list[dict[str, Any]]:
        return [{"asset": m.asset_id, "alt_text": m.alt_text} for m in post.media.all()]

    @staticmethod
    def resolve_channels(post: Any) -> list[dict[str, Any]]:
        return [
            {"channel": v.channel_id, "text": v.text, "first_comment": v.first_comment, "thread": v.thread}
            for v in post.variants.all()
        ]


class Posts(Schema):
    """A page of posts, the newest first."""

    items: list[PostOut]
    next: str | None


class Which(Paging):
    """Which posts; what is left out lets everything through. Planned from a moment on, and until before another."""

    state: Literal["", "draft", "submitted", "agreed", "withdrawn"] = ""
    channel: UUID | None = None
    campaign: UUID | None = None
    tag: UUID | None = None
    words: str = Field("", max_length=100)
    planned_from: PointInTime | None = None
    planned_until: PointInTime | None = None


class Plan(Given):
    """When it is to leave (with a time zone), or null for no time."""

    at: PointInTime | None


class Because(Given):
    """Why, in words."""

    because: str = Field("", max_length=300)


@router.get("/posts", response={200: Posts, **PROBLEMS})
@needs(Power.VIEW)
def posts(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    """The organization's posts, the newest first."""
    narrow = Filter(which.channel, which.campaign, tag=which.tag, words=kept(which.words))
    found = narrow.narrowed(whole_posts().filter(organization_id=member_of(request).organization_id))
    asked = {
        "state": which.state,
        "planned_at__gte": which.planned_from,
        "planned_at__lt": which.planned_until,
    }
    return page_of(found.filter(**{name: value for name, value in asked.items() if value}), which)


@router.post("/posts", response={201: PostOut, **PROBLEMS})
@needs(Power.WRITE)
def create(request: HttpRequest, post: PostIn) -> Any:
    """Write a draft."""
    by = member_of(request)
    return Status(201, post_for(by, create_post(by=by, content=post.content()).pk))


@router.get("/posts/{post_id}", response={200: PostOut, **PROBLEMS})
@needs(Power.VIEW)
def one(request: HttpRequest, post_id: UUID) -> Post:
    """One post."""
    return post_for(member_of(request), post_id)


@router.put("/posts/{post_id}", response={200: PostOut, **PROBLEMS})
@needs(Power.WRITE)
def change(request: HttpRequest, post_id: UUID, post: PostChange) -> Post:
    """Change a post. Signatures lapse with any change; a stale revision is refused and nothing is lost."""
    by = member_of(request)
    save_post(post_for(by, post_id), by=by, content=post.content(), revision=post.revision)
    return post_for(by, post_id)


@router.post("/posts/{post_id}/plan", response={200: PostOut, **PROBLEMS})
@needs(Power.WRITE, Power.PUBLISH)
def plan(request: HttpRequest, post_id: UUID, when: Plan) -> Post:
    """Say when the post is to leave."""
    by = member_of(request)
    plan_post(post_for(by, post_id), at=when.at, by=by)
    return post_for(by, post_id)


@router.post("/posts/{post_id}/submit", response={200: PostOut, **PROBLEMS})
@needs(Power.WRITE)
def submit(request: HttpRequest, post_id: UUID) -> Post:
    """Send the post for the signatures it needs. Clearing one's own post alone needs a person at the desk."""
    by = member_of(request)
    submit_post(post_for(by, post_id), by=by)
    return post_for(by, post_id)


@router.post("/posts/{post_id}/duplicate", response={201: PostOut, **PROBLEMS})
@needs(Power.WRITE)
def duplicate(request: HttpRequest, post_id: UUID) -> Any:
    """Copy the post into a new draft."""
    by = member_of(request)
    return Status(201, post_for(by, duplicate_post(post_for(by, post_id), by=by).pk))


@router.post("/posts/{post_id}/reopen", response={200: PostOut, **PROBLEMS})
@needs(Power.WRITE)
def reopen(request: HttpRequest, post_id: UUID) -> Post:
    """Make the post a draft again, to change it; its signatures lapse."""
    by = member_of(request)
    reopen_post(post_for(by, post_id), by=by)
    return post_for(by, post_id)


@router.post("/posts/{post_id}/withdraw", response={200: PostOut, **PROBLEMS})
@needs(Power.WRITE, Power.PUBLISH)
def withdraw(request: HttpRequest, post_id: UUID, why: Because) -> Post:
    """Withdraw the post: it will not leave."""
    by = member_of(request)
    withdraw_post(post_for(by, post_id), by=by, because=why.because)
    return post_for(by, post_id)
