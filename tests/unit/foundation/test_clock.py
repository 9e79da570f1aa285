"""Time is asked in one place, and zones are more than whole hours."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bedside.foundation import clock


def test_one_can_live_at_another_moment():
    moment = datetime(2027, 3, 14, 9, 0, tzinfo=UTC)
    with clock.at(moment):
        assert clock.now() == moment
    assert clock.now() - datetime.now(UTC) < timedelta(seconds=1)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2027, 1, 1)):  # noqa: DTZ001  # the fault that is tried
        pass


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", "2026-11-25T14:00:00+00:00"),
        ("Asia/Kolkata", "2026-11-25T03:30:00+00:00"),
        ("Asia/Kathmandu", "2026-11-25T03:15:00+00:00"),
    ],
)
def test_nine_o_clock_is_another_moment_in_each_zone(zone, expected):
    assert clock.local(date(2026, 11, 25), 9, 0, zone).isoformat() == expected


def test_a_time_the_clocks_skip_moves_forward():
    assert (
        clock.local(date(2027, 3, 14), 2, 30, "America/New_York").isoformat() == "2027-03-14T07:30:00+00:00"
    )


def test_of_a_time_shown_twice_the_first_is_meant():
    assert (
        clock.local(date(2026, 11, 1), 1, 30, "America/New_York").isoformat() == "2026-11-01T05:30:00+00:00"
    )


def test_a_moment_is_told_on_the_clocks_of_the_place_and_cannot_be_mistaken():
    first = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # that night Chicago's clocks show 1:30 twice
    assert clock.wall(first, "America/Chicago") == "2026-11-01 01:30 (UTC-0500)"
    assert clock.wall(first + timedelta(hours=1), "America/Chicago") == "2026-11-01 01:30 (UTC-0600)"
