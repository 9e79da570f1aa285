"""What local times mean, above all on the two days of the year on which the clocks are changed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bedside.planning.times import moment, moved_by_days, occurrences, wall

ZONES = ["America/Chicago", "America/New_York", "America/Phoenix", "Pacific/Auckland", "Europe/Madrid", "UTC"]
walls = st.datetimes(
    min_value=datetime.fromisoformat("2024-01-01"), max_value=datetime.fromisoformat("2034-01-01")
).map(lambda w: w.replace(second=0, microsecond=0))


def test_a_skipped_time_moves_forward_and_says_so():
    understood = moment(datetime.fromisoformat("2027-03-14T02:30"), "America/Chicago")
    assert understood.at == datetime(2027, 3, 14, 8, 30, tzinfo=UTC)
    assert "02:30" in understood.note
    assert "03:30" in understood.note


def test_of_a_doubled_time_the_first_is_meant_and_it_says_so():
    understood = moment(datetime.fromisoformat("2026-11-01T01:30"), "America/Chicago")
    assert understood.at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert "CDT" in understood.note


def test_an_ordinary_time_has_no_note():
    assert moment(datetime.fromisoformat("2026-11-24T09:00"), "America/Chicago").note == ""


@given(walls, st.sampled_from(ZONES))
def test_a_time_without_a_note_is_shown_as_it_was_typed(typed, zone):
    understood = moment(typed, zone)
    assert understood.note or wall(understood.at, zone) == typed


@given(walls, st.sampled_from(ZONES))
def test_a_noted_time_is_either_skipped_or_shown_twice(typed, zone):
    understood = moment(typed, zone)
    if not understood.note:
        return
    place = ZoneInfo(zone)
    hour = timedelta(hours=1)
    is_doubled = (understood.at + hour).astimezone(place).replace(tzinfo=None) == typed
    is_skipped = wall(understood.at, zone) == typed + hour
    assert is_doubled or is_skipped


@given(walls, st.integers(-40, 40), st.sampled_from(ZONES))
def test_moving_by_days_keeps_the_time_of_day_unless_the_clocks_skip_it(typed, days, zone):
    start = moment(typed, zone).at
    moved = moved_by_days(start, days, zone)
    assert moved.note or wall(moved.at, zone) == wall(start, zone) + timedelta(days=days)


@given(walls, st.sampled_from(ZONES))
def test_slots_come_in_order_after_the_moment_and_at_their_local_time(typed, zone):
    after = typed.replace(tzinfo=UTC)
    slots = [(0, time(9)), (3, time(2, 30)), (6, time(17, 15))]
    found = []
    for at in occurrences(slots, after=after, zone=zone):
        found.append(at)
        if len(found) == 8:
            break
    assert found == sorted(found)
    assert found[0] > after
    for at in found:
        local = wall(at, zone)
        shown = {(w, t) for w, t in slots} | {(3, time(3, 30)), (6, time(3, 30))}
        assert (local.weekday(), local.time()) in shown
