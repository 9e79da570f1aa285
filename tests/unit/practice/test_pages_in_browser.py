"""Can a stranger use the pages without JavaScript, on a phone, in a real browser?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.fixtures.practice import PracticeChannel, PracticeServer


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow browser that runs no script."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_a_stranger_picks_a_name_likes_comments_and_reviews(
    network: PracticeServer, clinic: PracticeChannel, phone: Page
) -> None:
    headers = clinic.headers
    post = network.http.post("/api/posts", json={"text": "Flu shots on Saturday"}, headers=headers).json()
    phone.goto(f"{network.base_url}/p/{post['id']}")
    phone.get_by_role("button", name="Like 0").click()
    phone.get_by_label("The name others see").fill("Sam Lee")
    phone.get_by_role("button", name="Use this name").click()
    phone.get_by_role("button", name="Like 0").click()
    assert phone.get_by_role("button", name="Liked 1").is_visible()
    phone.get_by_label("Reply to Riverbend Family Clinic").fill("Do I need an appointment?")
    phone.get_by_role("button", name="Reply").click()
    assert phone.locator("article:target").inner_text().startswith("SL\nSam Lee")
    phone.goto(f"{network.base_url}/c/riverbend")
    phone.get_by_label("4 ★").check()
    phone.get_by_label("What was it like?").fill("Quick visit.")
    phone.get_by_role("button", name="Send the review").click()
    assert "4 of 5 stars" in phone.locator("article:target").inner_text()
    told = network.http.get("/api/notifications", headers=headers).json()["notifications"]
    assert [(notice["kind"], notice["actor"]["name"]) for notice in told] == [
        ("like", "Sam Lee"),
        ("reply", "Sam Lee"),
        ("review", "Sam Lee"),
    ]


def test_a_person_connects_a_channel_by_clicking(network: PracticeServer, phone: Page) -> None:
    back = f"{network.base_url}/about"
    phone.goto(f"{network.base_url}/authorize?redirect_uri={back}&state=s1&channel_name=Sunny+Dental")
    phone.get_by_role("button", name="Allow").click()
    assert phone.url.startswith(f"{back}?code=")
    assert phone.url.endswith("&state=s1")
    code = phone.url.partition("code=")[2].partition("&")[0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    tokens = network.http.post("/oauth/token", data=form).json()
    assert tokens["channel"]["name"].startswith("Sunny Dental")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/", "/c/riverbend", "/p/long", "/me", "/about", "/nowhere"])
def test_no_page_is_wider_than_the_screen(
    network: PracticeServer, clinic: PracticeChannel, browser: Browser, width: int, path: str
) -> None:
    lines = [{"type": "post", "id": "long", "channel": "riverbend", "text": "W" * 400, "at": "2026-07-01"}]
    answers = [
        {
            "type": "comment",
            "id": f"c{depth}",
            "in_reply_to": f"c{depth - 1}" if depth else "long",
            "by": "W" * 60,
            "text": "https://example.org/" + "w" * 200,
            "at": "2026-07-02",
        }
        for depth in range(7)
    ]
    network.import_lines([*lines, *answers])
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(network.base_url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
