"""Numbers: what posts brought, as the networks count it. The same sums as on the page, unrounded."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Field, Query, Router, Schema

from bedside.api.door import PROBLEMS, member_of, needs
from bedside.api.files import TABLE, described, file_of
from bedside.api.pages import Paging, page_of
from bedside.foundation import clock
from bedside.insights.export import as_csv
from bedside.insights.figures import figures_of, sums_for
from bedside.insights.models import Result
from bedside.insights.post import Numbers, numbers_of
from bedside.insights.queries import gained_by_day, posts_by_day, results_for, with_words
from bedside.insights.wanted import USUAL, Wanted
from bedside.people.models import Member
from bedside.people.powers import Power

router = Router(tags=["numbers"])

MOST_DAYS = 366


class Span(Schema):
    """Which posts: a span of days that ends today in the organization's time zone, a channel, a campaign."""

    days: int = Field(USUAL, ge=1, le=MOST_DAYS)
    channel: UUID | None = None
    campaign: UUID | None = None


class SpanOfPosts(Paging):
    """Which posts, and which page of them."""

    days: int = Field(USUAL, ge=1, le=MOST_DAYS)
    channel: UUID | None = None
    campaign: UUID | None = None


class FigureOut(Schema):
    """One number; `value` is null where there is too little to say something."""

    key: str
    name: str
    value: float | None
    unit: str
    meaning: str
    base: str
    source: str
    as_of: datetime | None
    change: str


class OverviewOut(Schema):
    """The few numbers of a span."""

    since: date
    until: date
    figures: list[FigureOut]


class ResultOut(Schema):
    """What one post brought on one channel by its latest reading; null is unknown."""

    delivery: UUID
    post: UUID | None
    channel: UUID
    sent_at: datetime
    read_at: datetime | None
    url: str
    reactions: int | None
    views: int | None
    likes: int | None
    shares: int | None
    replies: int | None
    quotes: int | None
    saves: int | None

    @staticmethod
    def resolve_delivery(result: Result) -> UUID:
        return result.delivery.pk

    @staticmethod
    def resolve_post(result: Result) -> UUID | None:
        return result.post_id

    @staticmethod
    def resolve_channel(result: Result) -> UUID:
        return result.channel_id

    @staticmethod
    def resolve_url(result: Result) -> str:
        return result.delivery.receipt.url


class Results(Schema):
    """A page of results, the newest first."""

    items: list[ResultOut]
    next: str | None


class DayOut(Schema):
    """One day: deliveries published, and reactions more than the day before (null: not known by campaign)."""

    on: date
    published: int
    reactions_gained: int | None


class SpanOfTable(Span):
    """Which posts, and in which order they stand."""

    order: Literal["reactions", "newest", "replies", "shares", "views"] = "newest"


class NumberOut(Schema):
    """One number under the network's own name; `means` is Bedside's word for it, or empty."""

    raw: str
    means: str
    name: str
    value: float
    definition: str
    source: str


class OnChannelOut(Schema):
    """The numbers of a post on one channel."""

    channel: UUID
    sent_at: datetime
    read_at: datetime | None
    next_at: datetime | None
    url: str
    numbers: list[NumberOut]


class PostNumbers(Schema):
    """The numbers of a post."""

    post: UUID
    channels: list[OnChannelOut]


@router.get("/numbers", response={200: OverviewOut, **PROBLEMS})
@needs(Power.MEASURE)
def overview(request: HttpRequest, span: Query[Span]) -> dict[str, Any]:
    """The few numbers of a span, with what they are a share of and how the days before were."""
    member = member_of(request)
    wanted = _wanted(member, span)
    found = figures_of(wanted, sums_for(member, wanted))
    figures = [{**vars(figure), "value": figure.exact} for figure in found]
    return {"since": wanted.since, "until": wanted.until, "figures": figures}


@router.get("/numbers/posts", response={200: Results, **PROBLEMS})
@needs(Power.MEASURE)
def results(request: HttpRequest, span: Query[SpanOfPosts]) -> dict[str, Any]:
    """What each post of the span brought, by channel."""
    member = member_of(request)
    return page_of(with_words(results_for(member, _wanted(member, span))), span)


@router.get("/numbers/days", response={200: list[DayOut], **PROBLEMS})
@needs(Power.MEASURE)
def days(request: HttpRequest, span: Query[Span]) -> list[dict[str, Any]]:
    """What each day of the span brought, the first day first: what the two charts of the page show."""
    member = member_of(request)
    wanted = _wanted(member, span)
    published = posts_by_day(member, wanted)
    gained = gained_by_day(member, wanted) if wanted.campaign is None else None
    shown = [wanted.since + timedelta(days=n) for n in range(wanted.days)]
    return [
        {
            "on": day,
            "published": published.get(day, 0),
            "reactions_gained": (gained.get(day) or 0) if gained is not None else None,
        }
        for day in shown
    ]


@router.get(
    "/numbers/posts.csv",
    response=PROBLEMS,
    openapi_extra=described("What each post brought, as a table", TABLE),
)
@needs(Power.MEASURE)
def table(request: HttpRequest, span: Query[SpanOfTable]) -> StreamingHttpResponse:
    """The table of the page as a file for a spreadsheet, with every row of the span."""
    member = member_of(request)
    wanted = replace(_wanted(member, span), order=span.order)
    name = f"posts-{wanted.since:%Y-%m-%d}-{wanted.until:%Y-%m-%d}.csv"
    return file_of(as_csv(member, wanted), mime=TABLE, name=name)


@router.get("/posts/{post_id}/numbers", response={200: PostNumbers, **PROBLEMS})
@needs(Power.VIEW, Power.MEASURE)
def of_post(request: HttpRequest, post_id: UUID) -> dict[str, Any]:
    """One post's numbers on each of its channels."""
    found: Numbers = numbers_of(member_of(request), post_id)
    channels = [{**vars(each), "channel": each.channel.pk} for each in found.channels]
    return {"post": found.post.pk, "channels": channels}


def _wanted(member: Member, span: Span | SpanOfPosts) -> Wanted:
    until = clock.today(member.organization.time_zone)
    return Wanted(until=until, days=span.days, channel=span.channel, campaign=span.campaign, order="newest")
