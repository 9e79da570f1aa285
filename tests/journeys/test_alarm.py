"""Somebody may be in danger: whoever opens the conversation sees why it is urgent, whole, on every window."""

import pytest
from playwright.sync_api import Page, expect
from tests.fixtures.desk import Desk
from tests.journeys.conftest import Door

PASSWORD = "explore the demo clinic"
WINDOWS = [(1280, 800), (1440, 900), (360, 740)]


@pytest.mark.parametrize("window", WINDOWS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_covers_the_alarm(window: tuple[int, int], desk: Desk, door: Door) -> None:
    page = door.member(desk, "tom.brandvold@alderbend.example", PASSWORD)
    page.set_viewport_size({"width": window[0], "height": window[1]})
    page.goto(f"{desk.base_url}/inbox/")
    page.get_by_role("link", name="skylark").first.click()
    expect(page.get_by_role("heading", name="skylark").first).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("follow your plan")
    assert is_uncovered(page, ".inbox-alarm .callout")
    assert is_uncovered(page, ".inbox-deeds .pill")
    assert page.evaluate(WIDER, ".inbox-side") <= 0


WIDER = "place => { const e = document.querySelector(place); return e.scrollWidth - e.clientWidth; }"
TOPMOST = """place => {
  const element = document.querySelector(place);
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return [[left + 4, top + 4], [right - 4, top + 4], [(left + right) / 2, bottom - 4]]
    .every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
}"""


def is_uncovered(page: Page, place: str) -> bool:
    """Whether the corners of an element are in the window and nothing lies above them."""
    return bool(page.evaluate(TOPMOST, place))
