"""Reads of the numbers: sums for the overview, the table of posts, and one post's own.

Sums come from `Result` (one row for each post on a channel) and `Day` (one for each channel and day), never from
single readings, so that a year of a busy organization is a matter of milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum

from bedside.insights.models import Day, Measurement, RawMetric, Result
from bedside.insights.wanted import ORDERS, Wanted
from bedside.networks.models import Channel
from bedside.people.gate import or_404
from bedside.people.models import Member
from bedside.planning.models import Campaign, Post


@dataclass(frozen=True)
class Totals:
    """What was published in a span of days and what it has brought by its latest readings."""

    posts: int
    deliveries: int
    measured: int  # deliveries of which reactions are known
    reactions: int
    read_at: datetime | None


@dataclass(frozen=True)
class Heard:
    """What was said to us in a span of days, and how quickly it was answered."""

    received: int
    settled: int
    answered: int
    counted_at: datetime | None


@dataclass(frozen=True)
class Following:
    """How many follow the channels at the end of a span of days; None where nobody ever told us."""

    followers: int | None
    channels: int  # whose followers are known
    at: datetime | None


def results_for(member: Member, wanted: Wanted) -> QuerySet[Result]:
    """The published posts that are asked about, one row for each channel."""
    return _results(member, wanted).order_by(*ORDERS[wanted.order])


def with_words(results: QuerySet[Result]) -> QuerySet[Result]:
    """The same with what a line of the table shows."""
    return results.select_related("channel", "delivery__receipt").defer(
        "channel__credentials", "channel__read_cursor", "latest", "delivery__leaving", "delivery__progress"
    )


def lines_of(ids: Sequence[UUID]) -> list[Result]:
    """What a page of the table shows of these deliveries, in their order: sorted first, fetched then."""
    found = with_words(Result.objects.all()).in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]


def totals_of(member: Member, wanted: Wanted) -> Totals:
    """The sums of the span. One query, answered from an index."""
    found = _results(member, wanted).aggregate(
        posts=Count("post", distinct=True),
        deliveries=Count("*"),
        measured=Count("reactions"),
        reactions=Sum("reactions"),
    )
    latest = Result.objects.filter(organization_id=member.organization_id, sent_on=wanted.until)
    return Totals(
        found["posts"], found["deliveries"], found["measured"], found["reactions"] or 0, _read_at(latest)
    )


def posts_by_day(member: Member, wanted: Wanted) -> dict[date, int]:
    """How many deliveries were published on each day; days without any are absent."""
    rows = _results(member, wanted).values("sent_on").annotate(n=Count("*"))
    return dict(rows.values_list("sent_on", "n"))


def gained_by_day(member: Member, wanted: Wanted) -> dict[date, int]:
    """How many reactions more the readings of each day found."""
    rows = _days(member, wanted).values("on").annotate(n=Sum("gained"))
    return dict(rows.values_list("on", "n"))


def heard(member: Member, wanted: Wanted) -> Heard:
    """What people wrote in the span, added up from the days' counts."""
    found = _days(member, wanted).aggregate(
        received=Sum("received"), settled=Sum("settled"), answered=Sum("answered"), at=Max("counted_at")
    )
    return Heard(found["received"] or 0, found["settled"] or 0, found["answered"] or 0, found["at"])


def following(member: Member, wanted: Wanted) -> Following:
    """The latest number of followers of each channel up to the last day of the span, together."""
    known = Day.objects.filter(channel=OuterRef("pk"), on__lte=wanted.until, followers__isnull=False)
    latest = known.order_by("-on")
    channels = Channel.objects.filter(organization_id=member.organization_id)
    if wanted.channel:
        channels = channels.filter(pk=wanted.channel)
    rows = channels.annotate(
        now=Subquery(latest.values("followers")[:1]), told_at=Subquery(latest.values("followers_at")[:1])
    ).values_list("now", "told_at")
    told = [(count, at) for count, at in rows if count is not None]
    if not told:
        return Following(None, 0, None)
    return Following(sum(count for count, _ in told), len(told), max(at for _, at in told if at))


def results_of_post(member: Member, post_id: UUID | str) -> tuple[Post, list[Result]]:
    """A post and what it brought on each of its channels; another organization's is a 404."""
    post = or_404(Post.objects.only("text", "organization_id"), member, post_id)
    results = Result.objects.filter(post=post).select_related("channel", "delivery__receipt")
    return post, list(results.defer("channel__credentials", "channel__read_cursor").order_by("sent_at"))


def metrics_named(ids: set[int]) -> dict[int, RawMetric]:
    """The raw metrics with these ids."""
    return RawMetric.objects.in_bulk(ids)


def readings_of(results: list[Result], means: str) -> list[tuple[UUID, datetime, float]]:
    """Every kept reading of one kind of number of these deliveries, oldest first."""
    read = Measurement.objects.filter(delivery_id__in=[r.pk for r in results], metric__means=means)
    rows = read.order_by("at").values_list("delivery_id", "at", "value")
    return [(delivery, at, value) for delivery, at, value in rows if delivery is not None]


def has_history(member: Member, wanted: Wanted) -> bool:
    """Whether anything was published before the span, so that a comparison says something."""
    earlier = Wanted(wanted.before.until, 3650, wanted.channel, wanted.campaign)
    return _results(member, earlier).exists()


def choices_for(member: Member) -> tuple[list[Channel], list[Campaign]]:
    """What one can filter by."""
    channels = Channel.objects.filter(organization_id=member.organization_id).only("name", "network")
    campaigns = Campaign.objects.filter(organization_id=member.organization_id, archived_at=None)
    return list(channels), list(campaigns[:200])


def _results(member: Member, wanted: Wanted) -> QuerySet[Result]:
    found = Result.objects.filter(
        organization_id=member.organization_id, sent_on__gte=wanted.since, sent_on__lte=wanted.until
    )
    if wanted.channel:
        found = found.filter(channel_id=wanted.channel)
    if wanted.campaign:
        found = found.filter(post__in=Post.objects.filter(campaign=wanted.campaign).values("pk"))
    return found


def _days(member: Member, wanted: Wanted) -> QuerySet[Day]:
    found = Day.objects.filter(
        organization_id=member.organization_id, on__gte=wanted.since, on__lte=wanted.until
    )
    return found.filter(channel_id=wanted.channel) if wanted.channel else found


def _read_at(results: QuerySet[Result]) -> Any:
    return results.aggregate(at=Max("read_at"))["at"]
