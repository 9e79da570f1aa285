"""How many people wrote to us on a day, and how many had an answer within a day? Counted once, not on every page.

The last days are counted anew each time, because messages arrive late and answers take a while; older days stand.
A channel that was never counted is counted from its first message on.
"""

import time
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from bedside.foundation import clock
from bedside.inbox.models import Message
from bedside.insights.models import Day
from bedside.insights.timing import ANSWER_WITHIN, COUNTED_AGAIN, FIRST_COUNT, PACE
from bedside.networks.models import Channel
from bedside.people.models import Organization


def count_messages(organization: Organization) -> int:
    """Count the messages of the days that may have changed; how many days were counted."""
    today = clock.today(organization.time_zone)
    first = _first_day(organization, today)
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    channels = list(Channel.objects.filter(organization=organization).values_list("pk", flat=True))
    for day in days:
        _count_day(organization, channels, day)
        time.sleep(PACE)
    return len(days)


def _first_day(organization: Organization, today: date) -> date:
    """The first day to count: some days back, or as far back as nobody ever counted."""
    recent = today - timedelta(days=COUNTED_AGAIN - 1)
    counted = Day.objects.filter(organization=organization, counted_at__isnull=False)
    last = counted.order_by("-on").values_list("on", flat=True).first()
    if last is not None:
        return min(recent, last - timedelta(days=COUNTED_AGAIN - 1))
    said = Message.objects.filter(organization=organization).order_by("at")
    began_at = said.values_list("at", flat=True).first()
    if began_at is None:
        return recent
    return min(recent, max(began_at.date() - timedelta(days=1), today - timedelta(days=FIRST_COUNT)))


def _count_day(organization: Organization, channels: list[UUID], day: date) -> None:
    now = clock.now()
    start = clock.local(day, 0, 0, organization.time_zone)
    end = clock.local(day + timedelta(days=1), 0, 0, organization.time_zone)
    rows = _said_between(organization, start, end, now)
    known = Day.objects.filter(organization=organization, on=day).values_list("channel_id", flat=True)
    wanted = set(rows) | set(known) | (set(channels) if _is_last(day, organization) else set())
    fields = ["received", "settled", "answered", "counted_at"]
    counted = []
    for channel in wanted:
        received, settled, answered = rows.get(channel, (0, 0, 0))
        made = Day(organization=organization, channel_id=channel, on=day, counted_at=now)
        made.received, made.settled, made.answered = received, settled, answered
        counted.append(made)
    Day.objects.bulk_create(
        counted,
        update_conflicts=True,
        unique_fields=["channel", "on"],
        update_fields=fields,
    )


def _is_last(day: date, organization: Organization) -> bool:
    """The present day has a row for every channel, so that it is known up to when was counted."""
    return day == clock.today(organization.time_zone)


def _said_between(
    organization: Organization, start: datetime, end: datetime, now: datetime
) -> dict[UUID, tuple[int, int, int]]:
    answer = Message.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Message.Direction.OUT,
        at__gte=OuterRef("at"),
        at__lte=OuterRef("at") + ANSWER_WITHIN,
    )
    theirs = Message.objects.filter(
        organization=organization, direction=Message.Direction.IN, at__gte=start, at__lt=end
    )
    answered = Count("pk", filter=Q(in_time=True))
    settled = Count("pk", filter=Q(in_time=True) | Q(at__lte=now - ANSWER_WITHIN))
    rows = (
        theirs.annotate(in_time=Exists(answer))
        .values("channel_id")
        .annotate(received=Count("pk"), settled=settled, answered=answered)
        .values_list("channel_id", "received", "settled", "answered")
    )
    return {channel: (received, settled, answered) for channel, received, settled, answered in rows}
