"""What does somebody see who has just started Bedside, and how do they get to a desk of their own, and back in the
next morning?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.fixtures.console import Watch
from tests.fixtures.desk import Desk, kept, start_desk
from tests.journeys.conftest import Door
from tests.journeys.lakeside import PASSWORD
from tests.journeys.second_factor import code_for
from tests.journeys.watching import faults_of

EMAIL = "jo@northside.example"
A_KEY_IN_THE_LAPTOP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def unopened() -> Iterator[Desk]:
    """A desk that nobody has set up yet, until the last story does."""
    yield from kept(start_desk())


def test_the_first_page_opens_without_a_complaint_of_the_browser(unopened: Desk, page: Page) -> None:
    watch = Watch()
    watch.follow(page)
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(unopened.base_url) else None,
    )

    answer = page.goto(unopened.base_url)

    assert answer is not None
    assert answer.status == 200
    assert "Bedside" in page.title()
    assert page.get_by_role("main").is_visible()
    assert watch.complaints == []
    assert elsewhere == []


def test_the_practice_network_shows_its_own_page(unopened: Desk, page: Page) -> None:
    answer = page.goto(unopened.practice_url)
    assert answer is not None
    assert answer.status == 200
    assert page.get_by_role("main").is_visible()


def test_from_the_first_page_to_a_desk_that_opens_only_with_a_second_factor(
    unopened: Desk, door: Door
) -> None:
    # Browsers give passkeys to names only, never to numbers, so this desk is opened by its name.
    address = unopened.base_url.replace("127.0.0.1", "localhost")
    page = door.stranger(address)
    found = faults_of(page)
    found += set_up(page)
    secret, more = add_a_second_factor(page)
    page.get_by_role("link", name="I have kept them, go on").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Connect a channel")).to_be_visible()
    found += more + faults_of(page)

    sign_out(page)
    found += say_who_one_is(page)
    page.fill("[name=code]", code_for(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    expect(page).to_have_title("Today · Northside Clinic · Bedside")

    found += lock_and_come_back(page)
    found += add_a_passkey(page, address)
    page.goto(address)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    assert found == []


def set_up(page: Page) -> list[str]:
    page.get_by_role("link", name="Set up my organization").click()
    page.get_by_label("Name of your organization").fill("Northside Clinic")
    page.get_by_label("Time zone").select_option("America/Chicago")
    page.get_by_label("Your name").fill("Jo Marsh")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Set up my organization").click()
    expect(page.locator("[aria-invalid=true]")).to_have_attribute("name", "password")
    expect(page.get_by_label("Name of your organization")).to_have_value("Northside Clinic")
    found = faults_of(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up my organization").click()
    page.wait_for_url("**/accounts/2fa/")
    return found + faults_of(page)


def add_a_second_factor(page: Page) -> tuple[str, list[str]]:
    page.get_by_role("link", name="Activate").click()
    secret = page.input_value("#authenticator_secret")
    page.emulate_media(color_scheme="dark")
    assert page.locator(".qr").evaluate("qr => getComputedStyle(qr).backgroundColor") == "rgb(255, 255, 255)"
    found = faults_of(page)
    page.get_by_label("Authenticator code").fill(code_for(secret))
    page.get_by_role("button", name="Activate").click()
    expect(page.get_by_role("heading", name="Recovery Codes")).to_be_visible()
    return secret, found + faults_of(page)


def sign_out(page: Page) -> None:
    page.locator(".member-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def say_who_one_is(page: Page) -> list[str]:
    found = faults_of(page)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").wait_for()
    return found + faults_of(page)


def lock_and_come_back(page: Page) -> list[str]:
    page.get_by_role("link", name="Calendar").first.click()
    expect(page.get_by_role("heading", name="Calendar", exact=True)).to_be_visible()
    page.locator(".member-menu summary").click()
    page.get_by_role("link", name="Lock the screen").click()
    page.wait_for_url("**/accounts/reauthenticate/**")
    found = faults_of(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Calendar", exact=True)).to_be_visible()
    return found


def add_a_passkey(page: Page, address: str) -> list[str]:
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": A_KEY_IN_THE_LAPTOP})
    page.goto(f"{address}/accounts/2fa/webauthn/add/")
    found = faults_of(page)
    page.get_by_label("Name").fill("The laptop at the front desk")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("You have added 1 security key.")).to_be_visible()
    return found
