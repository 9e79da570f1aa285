"""The house around the page: reached by keys, by thumb, and without any script."""

import re

from playwright.sync_api import expect


def test_the_first_tab_skips_to_the_page(stage, member_page):
    member_page.goto(stage.url)
    member_page.keyboard.press("Tab")
    expect(member_page.get_by_text("Skip to the page")).to_be_focused()
    member_page.keyboard.press("Enter")
    expect(member_page.locator("#content")).to_be_focused()


def test_slash_and_control_k_reach_any_room_by_keys_alone(stage, member_page):
    for opening in ("/", "Control+k"):
        member_page.goto(f"{stage.url}/components/actions/")
        member_page.keyboard.press(opening)
        member_page.keyboard.type("toda")
        expect(member_page.locator(".palette-results a")).to_have_count(1)
        member_page.keyboard.press("Enter")
        member_page.wait_for_url(f"{stage.url}/")


def test_arrows_move_through_the_answers_and_back_to_the_words(stage, member_page):
    member_page.goto(stage.url)
    member_page.keyboard.press("/")
    member_page.wait_for_selector(".palette-results a")
    member_page.keyboard.press("ArrowDown")
    expect(member_page.locator(".palette-results a").first).to_be_focused()
    member_page.keyboard.press("ArrowUp")
    expect(member_page.locator("command-palette input")).to_be_focused()


def test_question_mark_lists_the_keys_of_the_page_and_a_key_does_its_work(stage, member_page):
    member_page.goto(f"{stage.url}/components/actions/")
    member_page.keyboard.press("?")
    expect(member_page.locator("key-help dialog")).to_contain_text("Sign")
    member_page.keyboard.press("Escape")
    member_page.evaluate(
        "document.querySelector('[data-key=s]').onclick = () => document.body.dataset.signed = 'yes'"
    )
    member_page.keyboard.press("s")
    assert member_page.evaluate("document.body.dataset.signed") == "yes"


def test_single_keys_can_be_switched_off(stage, member_page):
    member_page.goto(stage.url)
    member_page.keyboard.press("?")
    member_page.get_by_role("switch", name="Use single keys").uncheck()
    member_page.keyboard.press("Escape")
    member_page.reload()
    member_page.keyboard.press("/")
    member_page.keyboard.press("?")
    assert member_page.locator("dialog[open]").count() == 0
    member_page.keyboard.press("Control+k")
    expect(member_page.locator("command-palette dialog")).to_be_visible()


def test_letters_typed_into_a_field_stay_letters(stage, member_page):
    member_page.goto(f"{stage.url}/components/forms/")
    member_page.locator("#id_fresh-title").click()
    member_page.keyboard.type("a/b?")
    expect(member_page.locator("#id_fresh-title")).to_have_value("a/b?")
    assert member_page.locator("dialog[open]").count() == 0


def test_a_chosen_theme_holds_on_the_next_page_before_anything_is_painted(stage, member_page):
    member_page.emulate_media(color_scheme="light")
    member_page.goto(stage.url)
    member_page.get_by_role("button", name="Dark").click()
    member_page.add_init_script("""document.addEventListener('readystatechange', () => {
        window.early ??= document.documentElement.dataset.theme })""")
    member_page.goto(f"{stage.url}/search/")
    assert member_page.evaluate("window.early") == "dark"
    expect(member_page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    member_page.get_by_role("button", name="Auto").click()
    assert member_page.evaluate("document.documentElement.dataset.theme") is None


def test_on_a_phone_all_rooms_open_without_any_script(stage, browser):
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    context.add_cookies([{"name": "bedside_session", "value": stage.session, "url": stage.url}])
    page = context.new_page()
    page.goto(stage.url)
    expect(page.locator("#rooms")).to_be_hidden()
    page.get_by_role("button", name="All rooms").click()
    expect(page.locator("#rooms")).to_be_visible()
    expect(page.locator("#rooms").get_by_role("link", name="Today")).to_be_visible()
    context.close()


def test_search_works_without_any_script(stage, browser):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "bedside_session", "value": stage.session, "url": stage.url}])
    page = context.new_page()
    page.goto(stage.url)
    page.get_by_role("link", name=re.compile("Search or go to")).click()
    page.get_by_role("searchbox").fill("toda")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".palette-results a")).to_have_count(1)
    context.close()


def test_a_menu_closes_on_escape_and_gives_the_focus_back(stage, member_page):
    member_page.goto(stage.url)
    summary = member_page.locator(".member-menu summary")
    summary.click()
    member_page.locator(".member-menu .menu-list a").first.focus()
    member_page.keyboard.press("Escape")
    expect(member_page.locator(".member-menu")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_a_search_that_a_newer_one_replaces_is_no_complaint(stage, member_page):
    """On a busy machine or a slow line the first answer is still on its way when more is typed."""
    slow = []
    member_page.route("**/search/palette/**", lambda route: route.continue_() if slow else slow.append(route))
    member_page.goto(f"{stage.url}/components/actions/")
    member_page.keyboard.press("/")
    member_page.wait_for_function("() => document.querySelector('command-palette dialog').open")
    for _ in range(50):
        if slow:
            break
        member_page.wait_for_timeout(50)
    member_page.keyboard.type("toda")
    expect(member_page.locator(".palette-results a")).to_have_count(1)
