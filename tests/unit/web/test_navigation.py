"""Navigation: rooms by power, only where they resolve, with what waits in them."""

from django.test import RequestFactory
from tests.unit.web.sitter import request_by

from bedside.web.navigation import Entry, Registry, compose_for


def entries(*given: Entry) -> Registry:
    registry = Registry()
    for entry in given:
        registry.register(entry)
    return registry


def test_nobody_sees_rooms_before_sign_in():
    registry = entries(Entry("today", "Today", "web:today", "today"))
    assert registry.shown_to(RequestFactory().get("/")) == []


def test_a_room_is_shown_to_a_member_with_any_one_of_its_powers():
    registry = entries(Entry("search", "Search", "web:search", "search", "audit hold"))
    assert registry.shown_to(request_by("hold"))
    assert registry.shown_to(request_by("write")) == []


def test_a_room_without_pages_is_left_out():
    registry = entries(Entry("attic", "Attic", "attic:boxes", "folder"))
    assert registry.shown_to(request_by()) == []


def test_the_room_that_one_stands_in_is_marked_and_today_is_not_everywhere():
    registry = entries(
        Entry("today", "Today", "web:today", "today"), Entry("search", "Search", "web:search", "search")
    )
    shown = {room.key: room.is_current for room in registry.shown_to(request_by(path="/search/palette/"))}
    assert shown == {"today": False, "search": True}


def test_what_waits_is_counted_for_the_member_who_looks():
    registry = entries(Entry("today", "Today", "web:today", "today"))
    registry.count_with("today", lambda member: len(member.name))
    assert registry.shown_to(request_by())[0].count == len("Dana Whitfield")


def test_rooms_stand_in_their_order_and_daily_ones_first():
    registry = entries(
        Entry("b", "B", "web:search", "search", order=2),
        Entry("h", "H", "web:search", "search", order=0, group="house"),
        Entry("a", "A", "web:today", "today", order=1),
    )
    assert [room.key for room in registry.shown_to(request_by())] == ["a", "b", "h"]


def test_only_who_may_write_is_offered_to_write():
    assert compose_for(request_by("view")) is None
    assert compose_for(RequestFactory().get("/")) is None
