"""Today: items by section, the heavier first, among equals the earlier."""

from datetime import UTC, datetime

from bedside.web import today
from bedside.web.today import TodayItem


def item(title, *, kind="needs_me", weight=0, at=None):
    return TodayItem(kind, title, "", "/", at, weight)


def titles(section, member=None):
    return [found.title for found in today.items_for(member)[section]]


def test_the_heavier_stands_first_and_among_equals_the_earlier():
    early, late = datetime(2026, 11, 2, 8, tzinfo=UTC), datetime(2026, 11, 2, 9, tzinfo=UTC)
    given = [
        item("timeless"),
        item("late", at=late),
        item("early", at=early),
        item("heavy", weight=5, at=late),
    ]
    today.register(lambda member: given)
    assert titles("needs_me") == ["heavy", "early", "late", "timeless"]


def test_every_section_is_there_even_when_nothing_is_in_it():
    assert set(today.items_for(None)) == {"needs_me", "goes_out", "came_in"}


def test_a_source_sees_the_member_and_counts_once():
    def source(member):
        return [item(member, kind="came_in")]

    today.register(source)
    today.register(source)
    assert titles("came_in", "Dana") == ["Dana"]
