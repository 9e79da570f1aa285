"""Has every room one word for all its doors: package, label, address, template folder, test folder, page,
database table?
"""

import re

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from tests.house.source import BESIDE_THE_HOUSE, PACKAGE, ROOT, rooms, shown, templates

from bedside.people.powers import Power
from bedside.web.navigation import navigation

NO_PAGES = {"foundation", "config", "cli", "guard", "api", "web", "demo"}
"""Rooms without a place in the addresses of their own: the floor, the roof, the shell, and the guard that
only judges.
"""
LIBRARY_FOLDERS = {"account", "allauth", "mfa", "socialaccount", "django"}
"""Folders in which libraries look for what we draw ourselves: the sign-in's pages and the forms' fields."""


def rooms_with_pages() -> list[str]:
    return [room for room in rooms() if room not in NO_PAGES | BESIDE_THE_HOUSE]


def test_every_room_is_an_application_under_its_own_word() -> None:
    labels = {config.name: config.label for config in apps.get_app_configs()}
    expected = {f"bedside.{room}": room for room in rooms_with_pages()}
    assert {name: labels.get(name) for name in expected} == expected


def test_every_room_answers_under_its_own_word() -> None:
    prefixes = {str(pattern.pattern).strip("/") for pattern in get_resolver().url_patterns}
    assert set(rooms_with_pages()) - prefixes == set()


def test_the_navigation_leads_to_rooms_and_asks_for_powers_that_exist() -> None:
    places = {entry.url_name.partition(":")[0] for entry in navigation.entries.values()}
    powers = {power for entry in navigation.entries.values() for power in entry.power.split()}
    assert places - set(rooms()) == set()
    assert powers - {str(power) for power in Power} == set()


def test_every_room_keeps_its_templates_in_a_folder_of_its_name() -> None:
    folders = {
        (path.parent.parent.name, path.name) for path in PACKAGE.glob("*/templates/*") if path.is_dir()
    }
    assert {(room, name) for room, name in folders if room != name and name not in LIBRARY_FOLDERS} == set()


def test_every_room_has_a_page_in_the_documentation() -> None:
    pages = {path.stem for path in (ROOT / "docs/rooms").glob("*.md")}
    assert set(rooms()) - {"config"} - pages == set()


def test_every_room_with_verbs_has_a_folder_of_tests() -> None:
    verbs = {path.parent.name for path in PACKAGE.glob("*/actions.py")} | {
        path.parent.parent.name for path in PACKAGE.glob("*/actions/__init__.py")
    }
    folders = {path.name for path in (ROOT / "tests/rooms").iterdir() if path.is_dir()}
    folders |= {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert verbs - folders == set()


def test_the_house_lists_the_rooms_that_stand() -> None:
    listed = {name.removeprefix("bedside.") for name in settings.ROOMS}
    with_models = {path.parent.name for path in PACKAGE.glob("*/models.py")}
    assert with_models - listed == set()


def test_every_commit_prefix_in_the_contributing_page_is_a_room() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    named = set(re.findall(r"^ +([a-z]+): [A-Z]", text, re.MULTILINE))
    assert named
    assert named - set(rooms()) - {"house", "docs"} == set()


ASKED_FOR = re.compile(r"url_or_none [\"']([\w:]+)[\"']")


def test_every_page_to_which_a_template_would_lead_is_there() -> None:
    """`url_or_none` leaves a link out without a word where the name is wrong."""
    asked = {
        (name, shown(path))
        for path in templates()
        for name in ASKED_FOR.findall(path.read_text(encoding="utf-8"))
    }
    asked |= {(entry.url_name, "the navigation") for entry in navigation.entries.values()}
    known = names_in(get_resolver().url_patterns)
    assert len(asked) > len(navigation.entries)
    assert sorted((name, place) for name, place in asked if name not in known) == []


def names_in(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    """Every name by which a page can be found."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= names_in(pattern.url_patterns, inner)
        elif pattern.name:
            found.add(f"{prefix}{pattern.name}")
    return found
