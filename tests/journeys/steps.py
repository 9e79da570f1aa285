"""What people do at Lakeside again and again: write, send for approval, sign, wait and look again."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

LOOKED_AT = 150_000  # milliseconds until a picture has been looked at on a busy machine
CLOCK = ZoneInfo("America/Chicago")


def write(page: Page, text: str) -> Locator:
    """Open the composer from wherever one is, and write; the field that holds the words."""
    page.get_by_role("link", name="Write a post").first.click()
    words = page.get_by_label("Text", exact=True)
    words.fill(text)
    expect(page.get_by_role("region", name="How it will look").get_by_text(text).first).to_be_visible()
    return words


def plan(page: Page, *, minutes: int) -> datetime:
    """Say when the open post leaves; the minute that was said."""
    when = datetime.now(CLOCK) + timedelta(minutes=minutes)
    page.get_by_label("Day", exact=True).fill(f"{when:%Y-%m-%d}")
    page.get_by_label("Time", exact=True).fill(f"{when:%H:%M}")
    return when.replace(second=0, microsecond=0)


def send_for_approval(page: Page) -> None:
    """Press what the guard allows by now."""
    send = page.get_by_role("button", name="Send for approval")
    expect(send).to_be_visible(timeout=LOOKED_AT)
    send.click()
    expect(page.get_by_role("link", name="See who signs")).to_be_visible()


def open_request(page: Page, text: str) -> None:
    """Open the request for a post from the queue of what waits for one."""
    page.get_by_role("link", name="Approvals").filter(visible=True).first.click()
    card = page.get_by_role("article").filter(has_text=text[:40])
    card.get_by_role("link", name="Read and decide").click()
    expect(page.get_by_text(text).first).to_be_visible()


def sign(page: Page, text: str) -> None:
    """Sign a post that waits for one."""
    open_request(page, text)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def do_something_else(page: Page, until: datetime) -> None:
    """Nobody looks at a page again and again before the time has come."""
    page.wait_for_timeout(max(0.0, (until - datetime.now(CLOCK)).total_seconds() * 1000))


def look_until(page: Page, is_there: Callable[[], bool], *, seconds: float) -> None:
    """Look again every two seconds, as a waiting person does."""
    deadline = time.monotonic() + seconds
    while not is_there():
        assert time.monotonic() < deadline, f"Not there: {page.url}\n{page.inner_text('main')}"
        page.wait_for_timeout(2000)
        page.reload()


def day(days_ahead: int) -> str:
    """A day to come, as date fields want it."""
    return f"{datetime.now(CLOCK) + timedelta(days=days_ahead):%Y-%m-%d}"
