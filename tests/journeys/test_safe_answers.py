"""A moderator opens the safe answers, sees why her own words are stopped, and sends a safe one instead."""

from playwright.sync_api import expect
from tests.fixtures.desk import Desk
from tests.journeys.conftest import Door
from tests.journeys.test_every_page import PASSWORD, ROLES
from tests.journeys.watching import faults_of

UNSAFE = "Thank you for coming to see us. How is your knee after the surgery?"


def test_a_safe_answer_takes_the_place_of_one_that_is_stopped(desk: Desk, door: Door) -> None:
    page = door.member(desk, f"{ROLES['moderator']}@alderbend.example", PASSWORD)
    page.goto(f"{desk.base_url}/inbox/")
    page.locator(".split-item a[data-item]").filter(has_text="Brooke E.").click()
    expect(page.locator("#conversation-title")).to_contain_text("Brooke E.")
    answer = page.get_by_label("Your answer, for everybody to read")
    answer.fill(UNSAFE)
    expect(page.locator("#answer-notes .finding").first).to_be_visible()
    page.locator("button[value=send]").click()
    expect(page.locator("#answer-error")).to_be_visible()
    expect(page.get_by_text("The guard stops this answer")).to_have_count(1)

    answer.fill("")
    expect(page.locator("#answer-error")).to_have_count(0)
    kept = page.locator("saved-answers")
    kept.get_by_text("Safe answers", exact=True).click()
    thanks = kept.get_by_role("button", name="Thanks")
    expect(thanks).to_be_visible()
    found = faults_of(page)
    thanks.click()
    expect(answer).to_have_value("Thank you for your kind words. We will share them with our team.")
    expect(page.locator("#answer-notes")).to_contain_text("It can be sent at once")
    assert found + faults_of(page) == []
