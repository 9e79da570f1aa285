"""What does somebody see who has just started Bedside? A page, at once, and nothing red behind it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from tests.fixtures.console import Watch
from tests.fixtures.desk import Desk, kept, start_desk


@pytest.fixture(scope="module")
def started() -> Iterator[Desk]:
    """A Bedside that nobody has set up yet, for both looks."""
    yield from kept(start_desk())


def test_the_first_page_opens_without_a_complaint_of_the_browser(started: Desk, page: Page) -> None:
    watch = Watch()
    watch.follow(page)
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(started.base_url) else None,
    )

    answer = page.goto(started.base_url)

    assert answer is not None
    assert answer.status == 200
    assert "Bedside" in page.title()
    assert page.get_by_role("main").is_visible()
    assert watch.complaints == []
    assert elsewhere == []


def test_the_practice_network_shows_its_own_page(started: Desk, page: Page) -> None:
    answer = page.goto(started.practice_url)
    assert answer is not None
    assert answer.status == 200
    assert page.get_by_role("main").is_visible()
