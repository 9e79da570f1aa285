"""A film from a telephone, from the desk to the network's page: judged with its subtitles, signed by somebody who can
watch it, shown with both there, and without anything that the telephone wrote into it.
"""

import json
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.fixtures import films
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of

TEXT = "Colors of the season, from the window of our waiting room."
DESCRIBED = "Green slowly turns into gray."
NAMED = "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nMaria Lopez got her diabetes results here.\n"
SPOKEN = "1\n00:00:00,500 --> 00:00:02,000\n<v Jo Marsh>Autumn is here.\n\nNOTE for Tessa Hendricks\n"


def test_a_film_goes_out_with_its_subtitles_and_nothing_else(
    lakeside: Desk, door: Door, tmp_path: Path
) -> None:
    path = tmp_path / "window.mp4"
    path.write_bytes(films.as_a_telephone_writes_it(films.plain_film(path)))
    author = door.member(lakeside, email_of("author"))
    found = write_it(author, path)
    found += give_subtitles(author, tmp_path)
    steps.send_for_approval(author)
    found += watch_and_sign(door.on_a_phone(lakeside, email_of("brand_approver")))
    publisher = door.member(lakeside, email_of("administrator"))
    publisher.goto(author.url)
    publisher.get_by_role("button", name="Publish now").click()
    live = author.get_by_role("link", name="See it live")
    steps.look_until(author, live.is_visible, seconds=200)
    stranger = door.stranger(lakeside.practice_url)
    found += see_it_there(stranger, lakeside)
    assert found == []


def write_it(page: Page, film: Path) -> list[str]:
    steps.write(page, TEXT)
    page.get_by_label("Add pictures").set_input_files(film)
    alt_text = page.get_by_label("Alt text")
    expect(alt_text).to_be_visible()
    alt_text.fill(DESCRIBED)
    notes = page.get_by_role("region", name="Notes of the guard")
    expect(notes.get_by_text("Upload reviewed captions")).to_be_visible()
    return faults_of(page)


def give_subtitles(page: Page, folder: Path) -> list[str]:
    """The first ones name a patient, and the guard stops them; the others are fine."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="give it some").click()
    film = opened.value
    film.get_by_role("link", name="Cut seconds out").click()
    expect(film.get_by_label("From second")).to_be_visible()
    found = faults_of(film)
    film.go_back()
    keep(film, folder / "named.vtt", NAMED)
    notes = page.get_by_role("region", name="Notes of the guard")
    steps.look_until(page, notes.get_by_text("Maria Lopez").first.is_visible, seconds=150)
    expect(page.get_by_role("button", name="Send for approval")).to_have_count(0)
    keep(film, folder / "spoken.srt", SPOKEN)
    found += faults_of(film)
    film.close()
    send = page.get_by_role("button", name="Send for approval")
    steps.look_until(page, send.is_visible, seconds=150)
    return found


def keep(film: Page, path: Path, words: str) -> None:
    path.write_text(words)
    film.get_by_label("Subtitle file").set_input_files(path)
    film.get_by_role("button", name="Keep these subtitles").click()
    expect(film.get_by_text("Kept. The film is looked at again")).to_be_visible()


def watch_and_sign(page: Page) -> list[str]:
    steps.open_request(page, TEXT)
    expect(page.locator(f"video[aria-label='{DESCRIBED}']")).to_be_visible()
    expect(page.get_by_text("Autumn is here.")).to_be_visible()
    found = faults_of(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    return found


def see_it_there(page: Page, desk: Desk) -> list[str]:
    page.goto(f"{desk.practice_url}/c/lakeside")
    expect(page.locator(f"video[aria-label='{DESCRIBED}'] track[kind=captions]")).to_have_count(1)
    expect(page.get_by_text(DESCRIBED)).to_be_visible()
    lines = page.request.get(f"{desk.practice_url}/_control/ledger").text().splitlines()
    (medium,) = next(line["media"] for line in map(json.loads, lines) if line["text"] == TEXT)
    film = page.request.get(medium["url"]).body()
    subtitles = page.request.get(medium["captions"]["url"]).text()
    assert subtitles == "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nAutumn is here.\n"
    assert b"mdat" in film
    assert [secret for secret in films.SECRETS if secret in film] == []
    return faults_of(page)
