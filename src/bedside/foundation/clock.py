"""What time it is, in one place, so that a story can be told at any hour.

Everything that decides by time asks `now()`. Tests and the demonstration travel with `at(...)`;
nothing reads the system clock itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_travelled_to: ContextVar[datetime | None] = ContextVar("travelled_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return _travelled_to.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day it is now in the IANA time zone `zone` (for example "America/Chicago")."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live at `moment` (aware) inside the block, in this thread and task only."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone; give an aware datetime.")
    token = _travelled_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _travelled_to.reset(token)


def local(day: date, hour: int, minute: int, zone: str) -> datetime:
    """The UTC moment at which the clocks of `zone` show `hour:minute` on `day`.

    A time that the clocks skip in spring is moved forward by the skipped hour; of a time they show
    twice in autumn the first is meant (PEP 495, fold=0).
    """
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC)


def wall(moment: datetime, zone: str) -> str:
    """What the clocks of `zone` show at `moment`, for the record: "2026-11-26 09:00 (UTC-0600)".

    With the offset, because in autumn an hour is shown twice.
    """
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M (UTC%z)}"


def hours(count: float) -> timedelta:
    """A span of `count` hours."""
    return timedelta(hours=count)
