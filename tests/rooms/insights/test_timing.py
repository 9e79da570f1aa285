"""When a post is read: often on its first day, ever more rarely later, and one day no more."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bedside.insights.timing import next_reading

SENT = datetime(2026, 11, 1, 15, 0, tzinfo=UTC)


def readings() -> list[timedelta]:
    """The ages at which a post is read when no reading is missed."""
    found, at = [], SENT
    while (at := next_reading(SENT, at)) is not None:
        found.append(at - SENT)
    return found


def test_the_first_day_is_read_early_and_then_ever_more_rarely():
    minutes = [age // timedelta(minutes=1) for age in readings() if age <= timedelta(days=1)]
    assert minutes == [1, 5, 15, 60, 360, 1440]


def test_then_it_is_read_daily_for_a_month_and_weekly_until_the_ninetieth_day():
    days = [age // timedelta(days=1) for age in readings() if age >= timedelta(days=1)]
    assert days == [*range(1, 31), 37, 44, 51, 58, 65, 72, 79, 86]


@given(st.integers(0, 100 * 86_400))
def test_a_missed_reading_is_not_made_up_for_and_no_time_stands_still(seconds):
    now = SENT + timedelta(seconds=seconds)
    following = next_reading(SENT, now)
    if following is None:
        assert now >= SENT + timedelta(days=86)
    else:
        assert now < following <= now + timedelta(days=7)
        assert following - SENT in readings()
