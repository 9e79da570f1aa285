"""Several posts at once, on a screen as wide as it comes and on the narrowest phone."""

from playwright.sync_api import Locator, Page, expect
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of

FIRST, SECOND = "The parking lot is repaved next week.", "Our new lab hours begin next week."


def test_two_drafts_are_tagged_planned_and_withdrawn_together(lakeside: Desk, door: Door) -> None:
    page = door.member(lakeside, email_of("author"))
    for text in (FIRST, SECOND):
        steps.write(page, text)
        expect(page.locator("#save-state").get_by_text("Saved", exact=True)).to_be_visible()
    choose(page, lakeside)
    found = faults_of(page)
    page.get_by_label("Tag", exact=True).fill("next week")
    page.get_by_role("button", name="Add tag").click()
    expect(row(page, FIRST).get_by_text("next week", exact=True)).to_be_visible()
    choose(page, lakeside)
    page.get_by_label("Day", exact=True).fill(steps.day(3))
    page.get_by_label("Time", exact=True).fill("09:00")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(row(page, SECOND).get_by_text("9 a.m.")).to_be_visible()
    found += faults_of(page)
    choose(page, lakeside)
    page.get_by_role("button", name="Withdraw").click()
    page.goto(f"{lakeside.base_url}/planning/posts?span=all&state=withdrawn")
    expect(row(page, FIRST)).to_be_visible()
    expect(row(page, SECOND)).to_be_visible()
    assert found == []


def choose(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.base_url}/planning/posts?span=all")
    for text in (FIRST, SECOND):
        row(page, text).get_by_role("checkbox").check()


def row(page: Page, text: str) -> Locator:
    return page.get_by_role("row").filter(has_text=text)
