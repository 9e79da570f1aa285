"""A post about flu shots, from the first word to the answer below it and back: the whole main job of the desk."""

from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of

UNSAFE = (
    "Flu shots are here! Our patient Maria Lopez (MRN 4471892) got hers after her diabetes checkup. Walk in!"
)
SAFE = "Flu shots are here, for everybody from six months on. Walk in any weekday, 8 to 5, no appointment needed."
DESCRIBED = "A green poster. It says: Flu shots, weekdays 8 to 5."
ASKED = "Do you have parking for the flu shots?"
UNSAFE_ANSWER = "Thanks for visiting us, Maria. See you at your next checkup!"
SAFE_ANSWER = "Yes. The lot behind our building is free, and its first row is kept for short stops."


def test_a_post_about_flu_shots_goes_out_and_its_comment_is_answered(
    lakeside: Desk, door: Door, tmp_path: Path
) -> None:
    author = door.member(lakeside, email_of("author"))
    found = write_it_wrong(author)
    found += mend_it(author, poster(tmp_path / "poster.png"))
    objections, due = send_for_approval(author)
    found += objections
    found += sign_on_a_phone(door.on_a_phone(lakeside, email_of("brand_approver")))
    found += see_it_leave(author, due)

    stranger = door.stranger(lakeside.practice_url)
    found += comment_as_a_stranger(stranger)
    moderator = door.member(lakeside, email_of("moderator"))
    found += answer_from_the_inbox(moderator, lakeside)
    see_the_answer(stranger, lakeside)

    found += read_the_story_and_the_numbers(author, lakeside)
    held = lakeside.command("audit", "verify")
    assert held.returncode == 0, held.stdout + held.stderr
    assert found == []


def poster(path: Path) -> Path:
    """A picture without a person, with words on it."""
    picture = Image.new("RGB", (1200, 900), "#dfeee9")
    ImageDraw.Draw(picture).text((120, 380), "Flu shots\nweekdays 8 to 5", fill="#0f4c47", font_size=110)
    picture.save(path)
    return path


def write_it_wrong(page: Page) -> list[str]:
    """The guard stops a patient's name beside her diabetes."""
    page.get_by_role("link", name="Write a post").first.click()
    page.get_by_label("Text", exact=True).fill(UNSAFE)
    margin = page.get_by_role("region", name="Notes of the guard")
    expect(margin.get_by_text("Maria Lopez").first).to_be_visible()
    standing = page.locator("#standing")
    expect(standing.get_by_role("button", name="Send for approval")).to_have_count(0)
    return faults_of(page)


def mend_it(page: Page, picture: Path) -> list[str]:
    page.get_by_label("Text", exact=True).fill(SAFE)
    page.get_by_label("Add pictures").set_input_files(picture)
    alt_text = page.get_by_label("Alt text")
    expect(alt_text).to_be_visible()
    expect(
        page.get_by_role("region", name="Notes of the guard").get_by_text("Alt text").first
    ).to_be_visible()
    found = faults_of(page)
    alt_text.fill(DESCRIBED)
    return found


def send_for_approval(page: Page) -> tuple[list[str], datetime]:
    """Once the picture has been looked at for words, faces and codes, which takes a moment; when it is to leave."""
    expect(page.get_by_role("button", name="Send for approval")).to_be_visible(timeout=steps.LOOKED_AT)
    due = steps.plan(page, minutes=2)
    steps.send_for_approval(page)
    return faults_of(page), due


def sign_on_a_phone(page: Page) -> list[str]:
    steps.open_request(page, SAFE)
    expect(page.get_by_role("img", name=DESCRIBED)).to_be_visible()
    found = faults_of(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    return found + faults_of(page)


def see_it_leave(page: Page, due: datetime) -> list[str]:
    """When its minute has come, a person looks again now and then until it is out."""
    steps.do_something_else(page, due)
    live = page.get_by_role("link", name="See it live")
    steps.look_until(page, live.is_visible, seconds=200)
    return faults_of(page)


def comment_as_a_stranger(page: Page) -> list[str]:
    page.get_by_role("link", name="Lakeside").first.click()
    expect(page.get_by_text(SAFE).first).to_be_visible()
    expect(page.get_by_role("img", name=DESCRIBED).first).to_be_visible()
    found = faults_of(page)
    page.locator("a[href*='/p/']").first.click()
    page.get_by_label("Reply to Lakeside").fill(ASKED)
    page.get_by_label("Your name here").fill("Robin from Elm Street")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text(ASKED)).to_be_visible()
    return found + faults_of(page)


def answer_from_the_inbox(page: Page, desk: Desk) -> list[str]:
    page.goto(f"{desk.base_url}/inbox/")
    theirs = page.get_by_role("link", name="Robin from Elm Street")
    steps.look_until(page, theirs.is_visible, seconds=120)
    theirs.click()
    answer = page.get_by_label("Your answer, for everybody to read")
    expect(page.locator(".bubble-text").get_by_text(ASKED)).to_be_visible()
    answer.fill(UNSAFE_ANSWER)
    expect(page.locator("#answer-notes .finding").first).to_be_visible()
    found = faults_of(page)
    page.locator("button[value=send]").click()
    expect(page.locator("#answer-error")).to_be_visible()
    expect(answer).to_have_value(UNSAFE_ANSWER)
    answer.fill(SAFE_ANSWER)
    expect(page.locator("#answer-notes .finding")).to_have_count(0)
    page.locator("button[value=send]").click()
    ours = page.locator(".bubble[data-from=us]").get_by_text(SAFE_ANSWER)
    steps.look_until(page, ours.is_visible, seconds=120)
    return found + faults_of(page)


def see_the_answer(page: Page, desk: Desk) -> None:
    """On the network there is the safe answer, and never the unsafe one."""
    page.reload()
    expect(page.get_by_text(SAFE_ANSWER)).to_be_visible()
    ledger = page.request.get(f"{desk.practice_url}/_control/ledger").text()
    assert SAFE_ANSWER in ledger
    assert "Maria" not in ledger


def read_the_story_and_the_numbers(page: Page, desk: Desk) -> list[str]:
    numbers = page.get_by_role("region", name="Numbers")
    expect(numbers).to_be_visible()
    numbers.get_by_role("link", name="All numbers").click()
    expect(page.get_by_role("heading", name="Numbers of a post")).to_be_visible()
    found = faults_of(page)
    page.go_back()
    page.get_by_role("link", name="Its story").click()
    story = page.get_by_role("region", name="What happened")
    expect(story.get_by_role("listitem").nth(2)).to_be_visible()
    return found + faults_of(page)
