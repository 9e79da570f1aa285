"""Who sits at which browser in the stories? Everybody has a profile of their own, and every console is listened to."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.fixtures.console import Watch
from tests.fixtures.desk import Desk, kept, start_desk
from tests.journeys import lakeside as practice
from tests.journeys.watching import PHONE

WAIT = 45_000  # milliseconds; generous, because the machine that runs the stories may be busy

STORY_SECONDS = 300  # a story of many pages, and the start of the desk that it is the first to need
HERE = Path(__file__).resolve().parent

expect.set_options(timeout=WAIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.timeout(STORY_SECONDS))


@dataclass
class Door:
    """How people come to a desk: each with a browser profile of their own."""

    browser: Browser
    watch: Watch
    open_profiles: ExitStack

    def stranger(self, address: str, **profile: Any) -> Page:
        """Somebody who only opens an address."""
        wanted = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"} | profile
        context = self.browser.new_context(**wanted)
        self.open_profiles.callback(context.close)
        context.set_default_timeout(WAIT)
        page = self.watch.follow(context.new_page())
        page.goto(address)
        return page

    def member(self, desk: Desk, email: str, password: str = practice.PASSWORD, **profile: Any) -> Page:
        """Somebody who signs in and lands on their first page."""
        page = self.stranger(f"{desk.base_url}/accounts/login/", **profile)
        page.fill("[name=login]", email)
        page.fill("[name=password]", password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{desk.base_url}/")
        return page

    def on_a_phone(self, desk: Desk, email: str, password: str = practice.PASSWORD) -> Page:
        """The same, on the narrowest phone that we serve."""
        return self.member(desk, email, password, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def door(browser: Browser) -> Iterator[Door]:
    """Lets people in; after the story, no console may have complained."""
    watch = Watch()
    with ExitStack() as open_profiles:
        yield Door(browser, watch, open_profiles)
    assert watch.complaints == []


@pytest.fixture(scope="session")
def lakeside() -> Iterator[Desk]:
    """A running Bedside in which Lakeside Family Practice works, with one channel; shared by the stories of a run.

    Its operator allows networks and sites of this machine: some stories bring one.
    """
    desk = start_desk(settings={"BEDSIDE_ALLOW_LOOPBACK_NETWORKS": "1"})
    furnish(desk)
    yield from kept(desk)


def furnish(desk: Desk) -> None:
    """Found Lakeside in a desk that nobody has set up."""
    variables = desk.environment | {"DJANGO_SETTINGS_MODULE": "bedside.config.settings"}
    command = [sys.executable, str(Path(practice.__file__)), desk.practice_url]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
