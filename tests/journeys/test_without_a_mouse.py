"""Can everything be done by keyboard alone, and can one read, sign and stop where no script runs?"""

import re

from playwright.sync_api import Locator, Page, expect
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of

MOST_STEPS = 120
BY_KEYS = "The front desk now opens at half past seven, so that you can come before work."
BY_FORMS = "Our waiting room has a new corner with books for children, given by the library."
# What tells sighted people where the keyboard is: an outline or a ring of some width.
SHOWS_WHERE_IT_IS = """() => {
  const look = getComputedStyle(document.activeElement);
  return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none';
}"""


def test_a_post_is_written_sent_signed_and_moved_by_keyboard_alone(lakeside: Desk, door: Door) -> None:
    author = door.member(lakeside, email_of("author"))
    author.keyboard.press("Tab")
    expect(author.get_by_role("link", name="Skip to the page")).to_be_focused()
    go_to(author, author.get_by_role("link", name="Write a post").first)
    author.keyboard.press("Enter")
    expect(author.get_by_label("Text", exact=True)).to_be_focused()
    author.keyboard.type(BY_KEYS)
    send = author.get_by_role("button", name="Send for approval")
    expect(send).to_be_visible()
    go_to(author, send, back=True)
    author.keyboard.press("Enter")
    expect(author.get_by_role("link", name="See who signs")).to_be_visible()

    sign_by_keyboard(door.member(lakeside, email_of("brand_approver")))
    move_by_keyboard(door.member(lakeside, email_of("administrator")), lakeside, author.url)


def sign_by_keyboard(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("Appr")
    expect(page.locator("#palette-results a").first).to_contain_text("Approvals")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/approvals/")
    card = page.get_by_role("article").filter(has_text=BY_KEYS[:40])
    go_to(page, card.get_by_role("link", name="Read and decide"))
    page.keyboard.press("Enter")
    sign = page.get_by_role("button", name="Sign", exact=True)
    expect(sign).to_be_visible()
    go_to(page, sign)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def move_by_keyboard(page: Page, desk: Desk, post: str) -> None:
    """Give the post a day three weeks from now, then move its chip to the day after with M."""
    first, second = steps.day(21), steps.day(22)
    page.goto(post)
    page.get_by_label("Day", exact=True).fill(first)
    page.get_by_label("Time", exact=True).fill("09:00")
    page.get_by_role("button", name=re.compile("^Schedule")).press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Move"))).to_be_visible()
    page.goto(f"{desk.base_url}/planning/?view=week&on={first}")
    chip = page.locator(f"[data-day='{first}'] [data-move]").filter(has_text=BY_KEYS[:20])
    go_to(page, chip)
    page.keyboard.press("m")
    day = page.get_by_label("New day")
    expect(day).to_be_visible()
    day.fill(second)
    page.keyboard.press("Enter")
    page.goto(f"{desk.base_url}/planning/?view=week&on={second}")
    moved = page.locator(f"[data-day='{second}'] [data-move]").filter(has_text=BY_KEYS[:20])
    steps.look_until(page, moved.is_visible, seconds=30)


def go_to(page: Page, target: Locator, *, back: bool = False) -> None:
    """Walk with the tabulator until the target has the keyboard; every stop on the way has to show itself."""
    target.wait_for()
    hidden = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if not page.evaluate(SHOWS_WHERE_IT_IS):
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        if target.evaluate("element => element === document.activeElement"):
            break
    expect(target).to_be_focused()
    assert hidden == []


def test_where_no_script_runs_one_can_read_sign_and_stop(lakeside: Desk, door: Door) -> None:
    author = door.member(lakeside, email_of("author"))
    steps.write(author, BY_FORMS)
    steps.send_for_approval(author)

    bea = door.member(lakeside, email_of("brand_approver"), java_script_enabled=False)
    expect(bea.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    steps.sign(bea, BY_FORMS)
    bea.goto(author.url)
    expect(bea.get_by_text(BY_FORMS).first).to_be_visible()

    jo = door.member(lakeside, email_of("administrator"), java_script_enabled=False)
    jo.goto(f"{lakeside.base_url}/crisis/")
    jo.get_by_label("What stops").select_option("organization")
    jo.get_by_label("Why").fill("A drill.")
    jo.get_by_role("button", name="Stop sending").click()
    expect(jo.get_by_role("button", name="Let sending go on")).to_be_visible()
    jo.goto(f"{lakeside.base_url}/publishing/")
    expect(jo.get_by_text("A drill.").first).to_be_visible()
    jo.goto(f"{lakeside.base_url}/crisis/")
    jo.get_by_role("button", name="Let sending go on").click()
    expect(jo.get_by_text("Nothing is stopped")).to_be_visible()
