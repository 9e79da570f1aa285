"""Reads of this room that more than one page needs. The calendar's are in `calendar.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.dates import WEEKDAYS_ABBR

from bedside.foundation import clock
from bedside.library.models import Asset
from bedside.networks.models import Channel
from bedside.people.gate import or_404
from bedside.people.models import Member
from bedside.planning.models import Campaign, Post, PostMedia, PostVersion, QueueSlot, Tag, Variant
from bedside.planning.times import occurrences

SLOTS_AT_ONCE = 14  # of a channel's weekly slots, looked up together


def variants_with_material() -> QuerySet[Variant]:
    """The same with their channels."""
    return variants_with_posts().select_related("channel").defer("channel__credentials")


def variants_with_posts() -> QuerySet[Variant]:
    """Variants with everything that their material is made of: three queries for any number of them.

    Organizations are fetched by themselves, because ten thousand variants belong to a few of them.
    """
    media = PostMedia.objects.select_related("asset")
    return Variant.objects.select_related("post").prefetch_related(
        "post__organization", Prefetch("post__media", media)
    )


def post_for(member: Member, post_id: UUID | str) -> Post:
    """One post with its pictures, variants, tags and campaign; another organization's is a 404."""
    return or_404(whole_posts(), member, post_id)


def whole_posts() -> QuerySet[Post]:
    """Posts with all that a page shows of them."""
    told = posts_with_material().select_related("created_by__user", "edited_by__user")
    return told.prefetch_related("tags")


def posts_with_material() -> QuerySet[Post]:
    """Posts with everything that will be public of them, on each of their channels."""
    variants = Variant.objects.select_related("channel").order_by("channel__name", "channel__network")
    return Post.objects.select_related("organization", "campaign").prefetch_related(
        Prefetch("media", PostMedia.objects.select_related("asset")), Prefetch("variants", variants)
    )


def channels_of(member: Member) -> list[Channel]:
    """The channels one can write for, by name."""
    connected = Channel.objects.filter(organization_id=member.organization_id)
    return list(connected.exclude(health=Channel.Health.DISCONNECTED).defer("credentials", "read_cursor"))


def campaigns_of(member: Member) -> list[Campaign]:
    """The campaigns that are not archived, the newest first."""
    return list(Campaign.objects.filter(organization_id=member.organization_id, archived_at=None))


def campaign_for(member: Member, campaign_id: UUID | str) -> Campaign:
    """One campaign of the member's organization."""
    return or_404(Campaign.objects.all(), member, campaign_id)


def tags_of(member: Member) -> list[Tag]:
    """Every tag, by name."""
    return list(Tag.objects.filter(organization_id=member.organization_id))


def version_for(post: Post, version_id: UUID) -> PostVersion:
    """One version of a post; another post's is a 404."""
    return get_object_or_404(post.versions, pk=version_id)


def versions_of(post: Post) -> list[PostVersion]:
    """How the post read after each session of editing, the newest first."""
    return list(post.versions.select_related("saved_by__user"))


def assets_by_id(member: Member, ids: Iterable[UUID]) -> dict[UUID, Asset]:
    """Those of these assets that belong to the member's organization."""
    found = Asset.objects.filter(organization_id=member.organization_id, pk__in=list(ids))
    return {asset.pk: asset for asset in found}


def open_channel_for(member: Member, channel_id: UUID | str) -> Channel:
    """One channel that one can write for; a disconnected one, and another organization's, is a 404."""
    connected = Channel.objects.exclude(health=Channel.Health.DISCONNECTED)
    return or_404(connected.defer("credentials", "read_cursor"), member, channel_id)


def slot_for(member: Member, slot_id: UUID) -> QueueSlot:
    """One weekly time of the member's organization; anything else is a 404."""
    mine = QueueSlot.objects.filter(channel__organization_id=member.organization_id)
    return get_object_or_404(mine.select_related("channel"), pk=slot_id)


def slots_of(channel: Channel) -> list[QueueSlot]:
    """The weekly times of a channel, Monday first."""
    return list(QueueSlot.objects.filter(channel=channel))


@dataclass(frozen=True)
class ChannelWeek:
    """A channel's queue: its times by weekday (Monday first, with its short name), and the next free one."""

    channel: Channel
    days: list[tuple[str, list[QueueSlot]]]
    next_free: datetime | None


def queue_of(member: Member) -> list[ChannelWeek]:
    """The queue of every channel."""
    weeks = []
    for channel in channels_of(member):
        slots = slots_of(channel)
        days = [(str(WEEKDAYS_ABBR[day]), [s for s in slots if s.weekday == day]) for day in range(7)]
        free = next_free_slot(channel, zone=member.organization.time_zone)
        weeks.append(ChannelWeek(channel, days, free))
    return weeks


def leaving_between(channel_id: UUID, start: datetime, end: datetime) -> QuerySet[Variant]:
    """Variants of posts that are not withdrawn and are planned on a channel from `start` until before `end`."""
    planned = Variant.objects.filter(channel_id=channel_id, leaves_at__gte=start, leaves_at__lt=end)
    return planned.exclude(post__state=Post.State.WITHDRAWN)


def planned_for(variant: Variant) -> datetime | None:
    """When a variant is to leave: its own time, else its post's."""
    return variant.planned_at or variant.post.planned_at


def next_free_slot(channel: Channel, *, after: datetime | None = None, zone: str) -> datetime | None:
    """The next weekly slot of the channel at which nothing is planned there; None when it has no free slot."""
    start = after or clock.now()
    slots = [(slot.weekday, slot.time) for slot in slots_of(channel)]
    coming = occurrences(slots, after=start, zone=zone) if slots else iter(())
    while batch := list(islice(coming, SLOTS_AT_ONCE)):
        planned = leaving_between(channel.pk, batch[0], batch[-1] + clock.hours(1))
        taken = set(planned.values_list("leaves_at", flat=True))
        if free := next((at for at in batch if at not in taken), None):
            return free
    return None
