"""Two people have the same post open. Who is told, and is a word of anybody lost?"""

from playwright.sync_api import Page, expect
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of

BEGUN = "Our walking group meets on Saturday at nine."
HERS = "Our walking group meets on Saturday at nine, at the north gate of the park."
HIS = "Our walking group meets on Saturday at nine. Bring a friend!"


def test_the_later_one_is_told_and_loses_nothing(lakeside: Desk, door: Door) -> None:
    his, hers = open_together(lakeside, door)
    hers.get_by_label("Text", exact=True).fill(HERS)
    expect(hers.locator("#save-state")).to_contain_text("Saved")
    expect_kept(hers, HERS)

    his.get_by_label("Text", exact=True).fill(HIS)
    told = his.get_by_role("region", name="Two people are writing")
    expect(told).to_contain_text("Ann Author")
    expect(told).to_contain_text("at the north gate of the park")
    expect(his.get_by_label("Text", exact=True)).to_have_value(HIS)
    found = faults_of(his)

    told.get_by_role("button", name="Save mine on top").click()
    expect_kept(his, HIS)
    found += both_are_kept(his)
    assert found == []


def test_the_later_one_may_take_what_the_other_wrote(lakeside: Desk, door: Door) -> None:
    his, hers = open_together(lakeside, door)
    hers.get_by_label("Text", exact=True).fill(HERS)
    expect_kept(hers, HERS)
    his.get_by_label("Text", exact=True).fill(HIS)
    his.on("dialog", lambda asked: asked.accept())
    his.get_by_role("region", name="Two people are writing").get_by_role("link", name="Take theirs").click()
    expect(his.get_by_label("Text", exact=True)).to_have_value(HERS)


def open_together(desk: Desk, door: Door) -> tuple[Page, Page]:
    his = door.member(desk, email_of("author"))
    steps.write(his, BEGUN)
    expect_kept(his, BEGUN)
    hers = door.member(desk, email_of("second_author"))
    hers.goto(his.url)
    expect(hers.get_by_label("Text", exact=True)).to_have_value(BEGUN)
    return his, hers


def expect_kept(page: Page, text: str) -> None:
    """What is saved is what another window shows."""
    second = page.context.new_page()
    for _ in range(30):
        second.goto(page.url)
        if second.get_by_label("Text", exact=True).input_value() == text:
            break
        second.wait_for_timeout(1000)
    expect(second.get_by_label("Text", exact=True)).to_have_value(text)
    second.close()


def both_are_kept(page: Page) -> list[str]:
    page.goto(f"{page.url}/versions")
    expect(page.get_by_role("heading", name="Ann Author").first).to_be_visible()
    expect(page.get_by_text("at the north gate").first).to_be_visible()
    return faults_of(page)
