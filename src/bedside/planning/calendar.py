"""The calendar: what is planned for the days of a month or a week, with how far it got.

Read with few queries, whatever the number of posts: one scans the times of the days shown, one reads the
posts that have room on the page, one their channels, and one asks how far they got.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext

from bedside.foundation import clock
from bedside.people.models import Member
from bedside.planning import observances
from bedside.planning.entries import Entry, entries_of
from bedside.planning.filters import Filter
from bedside.planning.models import Campaign, Post

MOST_POSTS = 10_000  # of one page; beyond, the page asks to filter
Row = tuple[str, datetime | None]  # a post's id and its time
ROOM = {"month": 4, "week": 25}  # entries that one day has room for


@dataclass(frozen=True)
class Band:
    """A campaign on one day; its name is said where the band begins or a week does."""

    campaign: Campaign
    shows_name: bool
    begins: bool
    ends: bool


@dataclass
class Day:
    """One day of the calendar in the organization's time zone."""

    on: date
    is_outside: bool
    is_past: bool
    is_today: bool
    observance: str = ""
    bands: list[Band] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    more: int = 0

    @property
    def iso(self) -> str:
        return self.on.isoformat()

    @property
    def name(self) -> str:
        """The day with its weekday, for a phone and for screen readers."""
        return date_format(self.on, gettext("l, N j"))


@dataclass(frozen=True)
class Board:
    """The days shown, in weeks; `is_cut` when there was more than the page can hold."""

    view: str
    days: list[Day]
    first: date
    before: date
    after: date
    month_observance: str
    is_cut: bool

    @property
    def keep(self) -> dict[str, str]:
        """What the filters keep of the address."""
        return {"view": self.view, "on": self.first.isoformat()}

    @property
    def weekdays(self) -> list[date]:
        return [day.on for day in self.days[:7]]


def board_for(member: Member, *, view: str, on: date, chosen: Filter) -> Board:
    """The calendar of the member's organization around the day `on`."""
    zone = member.organization.time_zone
    start, length = _span(view, on)
    today = clock.today(zone)
    days = [
        Day(
            on=day,
            is_outside=view == "month" and day.month != on.month,
            is_past=day < today,
            is_today=day == today,
            observance=gettext(name) if (name := observances.days_of(day.year).get(day)) else "",
        )
        for day in (start + timedelta(days=n) for n in range(length))
    ]
    is_cut = _fill(days, member, chosen, view)
    _band(days, member)
    step = timedelta(days=7)
    devoted = observances.month_of(on.month) if view == "month" else ""
    return Board(
        view=view,
        days=days,
        first=on.replace(day=1) if view == "month" else start,
        before=(on.replace(day=1) - timedelta(days=1)).replace(day=1) if view == "month" else start - step,
        after=(on.replace(day=28) + timedelta(days=4)).replace(day=1) if view == "month" else start + step,
        month_observance=gettext(devoted) if devoted else "",
        is_cut=is_cut,
    )


def unplanned_for(member: Member, chosen: Filter, most: int = 12) -> list[Entry]:
    """Drafts and agreed posts that have no time yet, the newest first: they wait beside the calendar."""
    waiting = Post.objects.filter(organization_id=member.organization_id, planned_at=None)
    shown = waiting.filter(state__in=[Post.State.DRAFT, Post.State.SUBMITTED, Post.State.AGREED])
    ids = list(chosen.apply(shown).order_by("-edited_at").values_list("pk", flat=True)[:most])
    return list(entries_of(member, ids).values())


def _span(view: str, on: date) -> tuple[date, int]:
    """The first day shown and how many: whole weeks, beginning as the member's locale does."""
    first_weekday = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7  # Django counts Sunday as 0, date Monday
    first = on.replace(day=1) if view == "month" else on
    start = first - timedelta(days=(first.weekday() - first_weekday) % 7)
    if view == "week":
        return start, 7
    end = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start, -(-(end - start).days // 7) * 7


def _fill(days: list[Day], member: Member, chosen: Filter, view: str) -> bool:
    zone, room = member.organization.time_zone, ROOM[view]
    starts = [clock.local(day.on, 0, 0, zone) for day in days]
    end = clock.local(days[-1].on + timedelta(days=1), 0, 0, zone)
    posts = Post.objects.filter(
        organization_id=member.organization_id, planned_at__gte=starts[0], planned_at__lt=end
    )
    # As text, for most of these ids are only counted.
    found = chosen.apply(posts).order_by("planned_at").values_list(Cast("pk", CharField()), "planned_at")
    rows = list(found[: MOST_POSTS + 1])
    times = [at for _pk, at in rows[:MOST_POSTS] if at is not None]
    edges = [*(bisect_left(times, start) for start in starts), len(times)]
    shown = [[UUID(pk) for pk, _at in _room_for(rows[first:after], room)] for first, after in pairwise(edges)]
    entries = entries_of(member, [pk for pks in shown for pk in pks], with_networks=view == "week")
    for day, pks, (first, after) in zip(days, shown, pairwise(edges), strict=True):
        day.entries = [entries[pk] for pk in pks if pk in entries]
        day.more = after - first - len(day.entries)
    return len(rows) > MOST_POSTS


def _room_for(rows: list[Row], room: int) -> list[Row]:
    """One more than there is room for needs no "1 more" line: it takes the line itself."""
    return rows if len(rows) <= room + 1 else rows[:room]


def _band(days: list[Day], member: Member) -> None:
    campaigns = Campaign.objects.filter(
        organization_id=member.organization_id,
        archived_at=None,
        starts_on__lte=days[-1].on,
        ends_on__gte=days[0].on,
    ).order_by("starts_on")[:3]
    for campaign in campaigns:
        for number, day in enumerate(days):
            if campaign.starts_on <= day.on <= campaign.ends_on:
                begins, ends = day.on == campaign.starts_on, day.on == campaign.ends_on
                day.bands.append(Band(campaign, begins or number % 7 == 0, begins, ends))
