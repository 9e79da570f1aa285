"""Four pictures chosen at once stand in the post in the order in which they were chosen."""

import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Request
from tests.fixtures.desk import Desk
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of

NAMES = ["one.png", "two.png", "three.png", "four.png"]


def test_pictures_stand_in_the_order_in_which_they_were_chosen(
    lakeside: Desk, door: Door, tmp_path: Path
) -> None:
    page = door.member(lakeside, email_of("author"))
    page.get_by_role("link", name="Write a post").first.click()
    page.get_by_label("Text", exact=True).fill("Four rooms of our new wing.")
    with page.expect_response(lambda answer: answer.url.endswith("/save") and has_all(answer.request)):
        page.get_by_label("Add pictures").set_input_files(pictures(tmp_path))
    assert shown(page) == NAMES
    page.reload()
    assert shown(page) == NAMES
    assert faults_of(page) == []


def has_all(saved: Request) -> bool:
    sent = (saved.post_data_buffer or b"").decode(errors="replace")
    return sent.count("picture=") + sent.count('name="picture"') == len(NAMES)


def shown(page: Page) -> list[str]:
    return [str(picture.get_attribute("alt")) for picture in page.locator(".picture-thumb img").all()]


def pictures(folder: Path) -> list[Path]:
    """The first one takes far longer to send than the others."""
    for number, name in enumerate(NAMES):
        size = (2400, 1800) if number == 0 else (600 + number, 450)
        pixels = os.urandom(3 * size[0] * size[1]) if number == 0 else bytes(3 * size[0] * size[1])
        Image.frombytes("RGB", size, pixels).save(folder / name)
    return [folder / name for name in NAMES]
