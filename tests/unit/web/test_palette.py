"""The palette: places by name, and what the rooms find for this member."""

from django.test import RequestFactory
from tests.unit.web.sitter import request_by

from bedside.web import palette
from bedside.web.palette import Hit


def test_places_are_found_by_part_of_their_name():
    groups = palette.find(request_by("view"), "toda")
    assert [hit.label for hits in groups.values() for hit in hits] == ["Today"]


def test_rooms_are_asked_from_the_second_letter_on():
    asked = []
    palette.register("posts", lambda member, words: asked.append(words) or [])
    palette.find(request_by(), "f")
    palette.find(request_by(), " fl ")
    assert asked == ["fl"]


def test_nobody_finds_anything_before_sign_in():
    palette.register("posts", lambda member, words: [Hit("Secret", "/")])
    assert palette.find(RequestFactory().get("/"), "secret") == {}


def test_a_heading_holds_few_hits():
    many = [Hit(f"Flu {number}", "/", group="Posts") for number in range(40)]
    palette.register("posts", lambda member, words: many)
    assert len(palette.find(request_by(), "flu")["Posts"]) == palette.PER_GROUP
