"""A whiteboard with a patient's name: cover it by one button, by mouse and by keyboard, and see that nothing is
left.
"""

import io

from PIL import Image
from playwright.sync_api import Page, expect
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of
from tests.unit.guard.pictures import ward

INK = (24, 28, 32)


def test_a_board_is_covered_in_every_way_and_the_copy_takes_its_place(lakeside: Desk, door: Door) -> None:
    author = door.member(lakeside, email_of("author"))
    open_cover_page(author, lakeside, "Hendricks")
    expect(author.locator(".cover-found[data-chosen]").first).to_be_visible()
    assert faults_of(author) == []
    draw_by_mouse(author)
    draw_by_keyboard(author)
    author.get_by_role("button", name="Make the covered copy").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("board.png, covered")
    assert faults_of(author) == []
    shown = author.locator(".asset-large img")
    address = f"{lakeside.base_url}{shown.get_attribute('src')}"
    copy = Image.open(io.BytesIO(author.request.get(address).body())).convert("RGB")
    for place in ((200, 50), (copy.width - 60, copy.height - 30), (copy.width // 2, copy.height // 2)):
        assert all(abs(one - other) < 16 for one, other in zip(copy.getpixel(place), INK, strict=True)), place
    author.get_by_role("link", name="the uncovered picture").click()
    expect(author.get_by_text("so it is out of reach")).to_be_visible()
    expect(author.locator(".asset-large img")).to_have_count(0)
    assert faults_of(author) == []


def test_one_button_covers_everything_that_was_found_without_script(lakeside: Desk, door: Door) -> None:
    author = door.member(lakeside, email_of("author"), java_script_enabled=False)
    author.goto(f"{lakeside.base_url}/library/")
    upload(author, "Oyelaran")
    author.get_by_role("button", name="Upload").click()
    author.get_by_role("link", name="board.png").first.click()
    wait_until_looked_at(author)
    author.get_by_role("link", name="Cover parts of it").click()
    author.get_by_role("button", name="Cover everything that was found").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("board.png, covered")


def open_cover_page(page: Page, desk: Desk, last: str) -> None:
    page.goto(f"{desk.base_url}/library/")
    upload(page, last)
    page.locator("#new-assets a").click()
    wait_until_looked_at(page)
    page.get_by_role("link", name="Cover parts of it").click()


def upload(page: Page, last: str) -> None:
    out = io.BytesIO()
    ward.whiteboard("Tessa", last).picture.save(out, "PNG")
    file = {"name": "board.png", "mimeType": "image/png", "buffer": out.getvalue()}
    page.locator("input[type=file]").set_input_files(file)


def wait_until_looked_at(page: Page) -> None:
    def is_there() -> bool:
        page.reload()
        return "Being looked at" not in page.content()

    steps.look_until(page, is_there, seconds=180)


def draw_by_mouse(page: Page) -> None:
    stage = page.locator(".cover-stage").bounding_box()
    assert stage is not None
    right, bottom = stage["x"] + stage["width"], stage["y"] + stage["height"]
    page.mouse.move(right - 90, bottom - 50)
    page.mouse.down()
    page.mouse.move(right - 20, bottom - 8, steps=4)
    page.mouse.up()
    expect(page.locator(".cover-box")).to_have_count(1)


def draw_by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="Add a box").press("Enter")
    box = page.locator(".cover-box").last
    expect(box).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(box).to_have_attribute(
        "aria-label", "Own box 2: Left 39 percent, top 40 percent, width 21 percent, height 20 percent."
    )
    page.get_by_role("button", name="Add a box").press("Enter")
    page.keyboard.press("Delete")
    expect(page.locator(".cover-box")).to_have_count(2)
    page.get_by_role("button", name="Add a box").press("Enter")
    page.get_by_role("button", name="Take the last box back").click()
    expect(page.locator(".cover-box")).to_have_count(2)
