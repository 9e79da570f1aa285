"""Something happened, and nothing may leave now. Does all stand still, is it said everywhere, and does it go on?"""

from playwright.sync_api import Page, expect
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of

TEXT = "Our pharmacy window opens at eight on weekdays from Monday on."
REASON = "A power failure at the clinic; we look first."


def test_a_hold_stops_everything_and_is_seen_on_every_page_until_it_is_lifted(
    lakeside: Desk, door: Door
) -> None:
    author = door.member(lakeside, email_of("author"))
    steps.write(author, TEXT)
    steps.send_for_approval(author)
    steps.sign(door.member(lakeside, email_of("brand_approver")), TEXT)

    jo = door.member(lakeside, email_of("administrator"))
    found = hold_everything(jo, lakeside)
    for place in ("/", "/planning/", "/approvals/", "/publishing/", "/library/"):
        author.goto(lakeside.base_url + place)
        expect(author.get_by_text(REASON).first).to_be_visible()
    found += faults_of(author)

    found += publish_now_in_vain(jo, lakeside)
    assert TEXT not in published(jo, lakeside)

    jo.goto(f"{lakeside.base_url}/crisis/")
    jo.get_by_role("button", name="Let sending go on").click()
    expect(jo.get_by_text("Nothing is stopped")).to_be_visible()
    found += faults_of(jo)
    steps.look_until(jo, lambda: TEXT in published(jo, lakeside), seconds=120)
    assert published(jo, lakeside).count(TEXT) == 1
    author.goto(lakeside.base_url)
    expect(author.get_by_text(REASON)).to_have_count(0)
    assert found == []


def hold_everything(page: Page, desk: Desk) -> list[str]:
    page.goto(f"{desk.base_url}/crisis/")
    page.get_by_label("What stops").select_option("organization")
    page.get_by_label("Why").fill(REASON)
    page.get_by_role("button", name="Stop sending").click()
    expect(page.get_by_role("button", name="Let sending go on")).to_be_visible()
    return faults_of(page)


def publish_now_in_vain(page: Page, desk: Desk) -> list[str]:
    """The post is due, and the ledger says in a sentence why it stays."""
    page.goto(f"{desk.base_url}/planning/posts?span=all")
    page.get_by_role("link", name=TEXT[:30]).first.click()
    page.get_by_role("button", name="Publish now").click()
    its_story = page.get_by_role("link", name="Its story")
    steps.look_until(page, its_story.is_visible, seconds=60)
    its_story.click()
    held = page.get_by_text(REASON).nth(1)
    steps.look_until(page, held.is_visible, seconds=90)
    return faults_of(page)


def published(page: Page, desk: Desk) -> str:
    """What the practice network accepted so far."""
    return page.request.get(f"{desk.practice_url}/_control/ledger").text()
