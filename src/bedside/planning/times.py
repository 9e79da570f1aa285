"""When is a post to leave? Wall-clock times of the organization, and what daylight saving does to them.

People plan in the organization's time zone; the database keeps UTC. On two days of the year the clocks
make that ambiguous, and the person is told what was understood.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from bedside.foundation import clock

USUAL = time(9, 0)  # when a post without a time is put on a day


@dataclass(frozen=True)
class Moment:
    """A moment in UTC and what the person should know about how their local time was understood."""

    at: datetime
    note: str = ""


def moment(wall: datetime, zone: str) -> Moment:
    """The moment at which the clocks of `zone` show `wall` (naive).

    A time that the clocks skip is moved forward by the skipped span; of a time that they show twice the
    first is taken (PEP 495). Both are told in the note.
    """
    place = ZoneInfo(zone)
    first = wall.replace(tzinfo=place, fold=0)
    second = wall.replace(tzinfo=place, fold=1)
    at = first.astimezone(UTC)
    shown = at.astimezone(place)
    if shown.replace(tzinfo=None) != wall:
        return Moment(
            at,
            _("The clocks skip %(asked)s on that day. Planned for %(got)s instead.")
            % {"asked": f"{wall:%H:%M}", "got": f"{shown:%H:%M}"},
        )
    if first.utcoffset() != second.utcoffset():
        return Moment(
            at,
            _("The clocks show %(asked)s twice on that day. The first one is meant (%(name)s).")
            % {"asked": f"{wall:%H:%M}", "name": first.tzname()},
        )
    return Moment(at)


def wall(at: datetime, zone: str) -> datetime:
    """What the clocks of `zone` show at the moment `at`, as a naive time."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def moved_by_days(at: datetime, days: int, zone: str) -> Moment:
    """The same time of day, `days` later on the calendar of `zone` (not 24 hours times `days`)."""
    return moment(wall(at, zone) + timedelta(days=days), zone)


def day_in(text: str) -> date | None:
    """The day that an address names as 2026-11-30, within what a calendar can show."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def occurrences(slots: Iterable[tuple[int, time]], *, after: datetime, zone: str) -> Iterator[datetime]:
    """The moments of weekly slots (weekday with Monday 0, local time) later than `after`, for one year."""
    weekly = sorted(set(slots))
    first_day = after.astimezone(ZoneInfo(zone)).date()
    for offset in range(371):
        day = first_day + timedelta(days=offset)
        for weekday, at_time in weekly:
            if weekday != day.weekday():
                continue
            at = clock.local(day, at_time.hour, at_time.minute, zone)
            if at > after:
                yield at
