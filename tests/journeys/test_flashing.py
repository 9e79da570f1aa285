"""A film that flashes, from the desk to its cut: the guard names the seconds, and the copy without them may leave."""

from pathlib import Path

from playwright.sync_api import expect
from tests.fixtures import films
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of


def test_the_flashing_seconds_of_a_film_are_cut_out(lakeside: Desk, door: Door, tmp_path: Path) -> None:
    path = tmp_path / "dance.mp4"
    path.write_bytes(films.strobe_film(path))
    page = door.member(lakeside, email_of("author"))
    steps.write(page, "We dance on Friday, in the hall behind our practice.")
    page.get_by_label("Add pictures").set_input_files(path)
    page.get_by_label("Alt text").fill("A hall in which light flashes.")
    notes = page.get_by_role("region", name="Notes of the guard")
    seconds = notes.get_by_text("Film 1 flashes: second 1")
    steps.look_until(page, seconds.is_visible, seconds=150)
    found = faults_of(page)

    with page.context.expect_page() as opened:
        page.locator(".picture-thumb").click()
    film = opened.value
    expect(film.get_by_text("It flashes more than three times in a second.")).to_be_visible()
    found += faults_of(film)
    film.get_by_role("link", name="Cut these seconds out").click()
    expect(film.get_by_label("From second")).to_have_value("1.0")
    found += faults_of(film)
    film.get_by_label("The alt text fits the copy").check()
    film.get_by_role("button", name="Make the cut copy").click()
    expect(film.get_by_text("The cut copy is here.")).to_be_visible()
    film.close()
    page.reload()
    steps.look_until(page, lambda: not seconds.is_visible(), seconds=150)
    assert found == []
