"""The custom elements one by one, each on a stage of its own with a server that remembers what it was asked."""

import json

from playwright.sync_api import expect
from tests.unit.web.props import put_on_stage

FORM = """<auto-save data-url="/answer/save">
<form><label>Text <textarea class="textarea" name="text"></textarea></label></form>
{% include "web/components/save_state.html" %}<div data-save-answer></div></auto-save>"""


def test_writing_is_saved_by_itself_and_said_to_be_saved(stage, watched):
    prop = put_on_stage(watched, stage, FORM, lambda asked: (200, "<p>version 2</p>"))
    watched.get_by_label("Text").fill("Flu shots are in.")
    expect(watched.get_by_text("Saved", exact=True)).to_be_visible()
    expect(watched.get_by_text("version 2")).to_be_visible()
    assert [asked.body for asked in prop.asked] == ["text=Flu%20shots%20are%20in."]
    assert prop.asked[0].headers["x-csrftoken"] == "proof"


def test_a_lost_connection_is_said_and_the_words_are_saved_later(stage, page):
    tries = []

    def answer(asked):
        tries.append(asked)
        if len(tries) == 1:
            raise ConnectionError
        return 200, "<p>ok</p>"

    put_on_stage(page, stage, FORM, answer)
    page.get_by_label("Text").fill("Flu shots")
    expect(page.get_by_text("no connection")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value("Flu shots")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible(timeout=9000)
    assert page.locator("#notices > *").count() == 0
    assert "x-bedside-background" not in tries[0].headers
    assert tries[1].headers["x-bedside-background"] == "1", "trying again is no sign that somebody sits there"


def test_a_conflict_and_a_refusal_are_told_apart(stage, page):
    for status, words in ((409, "somebody else"), (422, "see the notes"), (500, "something went wrong")):
        put_on_stage(page, stage, FORM, lambda asked, status=status: (status, "<p>no</p>"))
        page.get_by_label("Text").fill("Flu shots")
        expect(page.get_by_text(words)).to_be_visible()
        page.unroute_all()
        page.on("dialog", lambda dialog: dialog.accept())


def test_a_form_sent_while_it_is_being_saved_starts_from_what_was_saved(stage, page):
    body = FORM.replace(
        "<form>",
        '<form method="post" action="/answer/send"><input type="hidden" name="revision" id="revision" value="1">'
        '<button name="then" value="sign">Send</button>',
    )
    saved = '<input type="hidden" name="revision" id="revision" value="2" hx-swap-oob="true">'

    held = []
    prop = put_on_stage(page, stage, body, lambda asked: (200, "<p>sent</p>"))
    page.route("**/answer/save", lambda route: held.append(route))  # playwright marks the function
    page.get_by_label("Text").fill("Flu shots")
    with page.expect_request("**/answer/save"):
        pass
    page.get_by_role("button", name="Send").dblclick()
    assert prop.asked == []
    held[0].fulfill(body=saved, content_type="text/html")
    expect(page.get_by_text("sent")).to_be_visible()
    assert ["revision=2" in asked.body for asked in prop.asked] == [True]
    assert "then=sign" in prop.asked[0].body


def test_words_that_were_kept_are_not_said_to_be_lost(stage, page):
    put_on_stage(page, stage, FORM)
    page.route(
        "**/answer/save",
        lambda route: route.fulfill(
            status=422, headers={"X-Bedside-Kept": "words"}, body="<p>That time is over</p>"
        ),
    )
    page.get_by_label("Text").fill("Flu shots")
    expect(page.get_by_text("The words are saved")).to_be_visible()
    expect(page.get_by_text("Not saved", exact=False).filter(visible=True)).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Text")).to_have_value("")


def test_leaving_with_unsaved_words_is_asked_about(stage, page):
    put_on_stage(page, stage, FORM, lambda asked: (500, ""))
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    page.get_by_label("Text").press_sequentially("Flu")
    page.reload()
    assert questions == ["beforeunload"]


def test_nothing_that_was_written_stays_in_the_browser(stage, watched):
    put_on_stage(watched, stage, FORM, lambda asked: (200, "<p>ok</p>"))
    watched.get_by_label("Text").fill("Maria Lopez")
    expect(watched.get_by_text("Saved", exact=True)).to_be_visible()
    kept = watched.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Maria" not in kept


def test_the_counter_shows_what_the_server_counted(stage, watched):
    body = """<textarea id="text" name="text"></textarea><input id="channel" name="channel" value="bluesky">
        <char-counter data-url="/answer/count" data-for="text" data-include="channel">0 / 300</char-counter>"""
    prop = put_on_stage(watched, stage, body, lambda asked: (200, "<output>12 / 300</output>"))
    watched.locator("#text").fill("family 👨‍👩‍👧")
    expect(watched.locator("char-counter")).to_have_text("12 / 300")
    assert 'name="channel"' in prop.asked[0].body


CALENDAR = """<drag-calendar data-url="/answer/move"><div class="calendar" data-view="week">
<div class="day" data-day="2026-11-30">
{% day_chip "waiting" "Flu shots" "#" time="9:00" move="7" %}</div>
<div class="day" data-day="2026-12-01" id="tuesday"></div>
<div class="day" data-day="2026-12-02" id="past" data-past></div></div>
{% include "web/components/move_dialog.html" %}</drag-calendar>"""


def test_a_chip_dropped_on_a_day_asks_the_server_to_move_it(stage, watched):
    prop = put_on_stage(watched, stage, CALENDAR, lambda asked: (200, "<p>moved</p>"))
    watched.drag_and_drop(".day-chip", "#tuesday")
    expect(watched.get_by_text("moved")).to_be_visible()
    assert [asked.body for asked in prop.asked] == ["id=7&day=2026-12-01"]


def test_a_chip_cannot_be_dropped_on_a_day_that_is_over(stage, watched):
    prop = put_on_stage(watched, stage, CALENDAR)
    watched.drag_and_drop(".day-chip", "#past")
    assert prop.asked == []


def test_a_chip_moves_by_keys_alone(stage, watched):
    prop = put_on_stage(watched, stage, CALENDAR, lambda asked: (200, "<p>moved</p>"))
    watched.locator(".day-chip").focus()
    watched.keyboard.press("m")
    expect(watched.locator("[data-moving-name]")).to_contain_text("Flu shots")
    expect(watched.get_by_label("New day")).to_have_value("2026-11-30")
    watched.get_by_label("New day").fill("2026-12-01")
    watched.get_by_role("button", name="Move it").click()
    expect(watched.get_by_text("moved")).to_be_visible()
    assert [asked.body for asked in prop.asked] == ["id=7&day=2026-12-01"]


def test_leaving_a_chip_where_it_is_asks_nobody(stage, watched):
    prop = put_on_stage(watched, stage, CALENDAR)
    watched.locator(".day-chip").press("m")
    watched.get_by_role("button", name="Leave it").click()
    assert prop.asked == []


DROP = """{% file_drop "/answer/upload" target="assets" %}<ul id="assets"></ul>"""


def test_every_chosen_file_is_sent_and_its_fragment_put_in_place(stage, watched):
    prop = put_on_stage(watched, stage, DROP, lambda asked: (200, "<li>arrived</li>"))
    files = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": b"\x89PNG"} for n in (1, 2)]
    watched.locator("input[type=file]").set_input_files(files)
    expect(watched.locator("#assets li")).to_have_count(2)
    expect(watched.locator(".upload")).to_have_count(0)
    assert len(prop.asked) == 2
    assert prop.asked[0].headers["x-csrftoken"] == "proof"


def test_a_refused_file_says_why_and_an_absent_answer_says_what_to_do(stage, page):
    for status, said in (
        (413, "It is larger than 20 MB."),
        (500, "This file did not arrive. Try it again; nothing else is lost."),
    ):
        put_on_stage(page, stage, DROP, lambda asked, status=status: (status, "It is larger than 20 MB."))
        page.locator("input[type=file]").set_input_files(
            [{"name": "a.png", "mimeType": "image/png", "buffer": b"x"}]
        )
        expect(page.locator("[data-file-error]")).to_have_text(said)
        page.unroute_all()


def test_a_notice_leaves_by_itself_but_not_under_the_hand(stage, watched):
    watched.clock.install()
    bar = '<undo-bar class="notice" data-seconds="10"><p>Scheduled.</p><button data-dismiss>Close</button></undo-bar>'
    put_on_stage(watched, stage, bar)
    watched.get_by_role("button", name="Close").focus()
    watched.clock.run_for(30_000)
    expect(watched.get_by_text("Scheduled.")).to_be_visible()
    watched.evaluate("document.activeElement.blur()")
    watched.clock.run_for(11_000)
    expect(watched.get_by_text("Scheduled.")).to_have_count(0)


def test_an_untouched_screen_warns_and_then_goes_to_the_lock(stage, watched):
    watched.clock.install()
    prop = put_on_stage(watched, stage, '<idle-lock data-minutes="15" data-url="/answer/lock"></idle-lock>')
    watched.clock.run_for(14 * 60_000 + 6_000)
    expect(watched.get_by_text("locking")).to_be_visible()
    assert prop.asked == []
    watched.clock.run_for(60_000)
    watched.wait_for_url("**/answer/lock?next=%2Fstage")


def test_a_touch_in_time_keeps_the_screen_open(stage, watched):
    watched.clock.install()
    prop = put_on_stage(watched, stage, '<idle-lock data-minutes="15" data-url="/answer/lock"></idle-lock>')
    for _ in range(3):
        watched.clock.run_for(10 * 60_000)
        watched.keyboard.press("Shift")
    assert prop.asked == []


def test_a_failure_of_any_request_is_told_once(stage, page):
    body = '<button hx-post="/answer/x" hx-target="#out">Do</button><p id="out">before</p>'
    put_on_stage(page, stage, body, lambda asked: (500, "<p>trace</p>"))
    page.get_by_role("button", name="Do").click()
    expect(page.locator("#notices")).to_contain_text("failed")
    page.get_by_role("button", name="Do").click()
    expect(page.locator("#notices > *")).to_have_count(1)
    expect(page.locator("#out")).to_have_text("before")


def test_times_far_away_say_so_in_the_title(stage, browser):
    context = browser.new_context(timezone_id="Europe/Berlin", locale="en-US")
    page = context.new_page()
    body = """<local-time data-zone="America/Chicago">
        <time datetime="2026-11-30T09:00:00-06:00" title="Nov. 30, 2026, 9 a.m. CST">9 a.m.</time></local-time>
        <local-time data-relative><time datetime="2020-01-01T00:00:00Z">long ago</time></local-time>"""
    put_on_stage(page, stage, body)
    expect(page.locator("time").first).to_have_text("9 a.m.")
    assert "4:00" in page.locator("time").first.get_attribute("title")
    expect(page.locator("time").last).to_contain_text("days ago")
    context.close()


def test_j_and_k_walk_through_a_list(stage, watched):
    body = (
        "<list-keys><ul>"
        + "".join(f'<li><a data-item href="#{n}">{n}</a></li>' for n in "abc")
        + "</ul></list-keys>"
    )
    put_on_stage(watched, stage, body)
    for key, there in (("j", "a"), ("j", "b"), ("ArrowDown", "c"), ("k", "b")):
        watched.keyboard.press(key)
        expect(watched.get_by_role("link", name=there)).to_be_focused()


def test_a_chart_fetches_nothing_from_elsewhere(stage, page):
    spec = json.dumps(
        {"data": {"url": "/answer/data.json"}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    )
    prop = put_on_stage(
        page, stage, f'<vega-chart><script type="application/json">{spec}</script></vega-chart>'
    )
    page.wait_for_timeout(1500)
    assert prop.asked == []
