"""A post with a link: its card is typed, or read from the practice's own site when somebody asks for it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect
from tests.fixtures.desk import Desk
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of

PAGE = b'<title>Flu shots at Lakeside</title><meta name="description" content="Every day from 8 to 5.">'


class OurSite(BaseHTTPRequestHandler):
    """Lakeside's own web site, of one page."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def our_site() -> Iterator[str]:
    OurSite.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), OurSite)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_the_card_of_a_link_is_typed_or_read_from_our_own_site(
    lakeside: Desk, door: Door, our_site: str
) -> None:
    administrator = door.member(lakeside, email_of("administrator"))
    administrator.goto(f"{lakeside.base_url}/people/settings/organization")
    administrator.get_by_label("Web sites").fill(our_site)
    administrator.get_by_role("button", name="Save").click()

    page = door.member(lakeside, email_of("author"))
    page.get_by_role("link", name="Write a post").first.click()
    words = page.get_by_label("Text", exact=True)
    words.fill(f"Flu shots: http://{our_site}/flu and https://cdc.gov/flu")
    ours = page.get_by_role("group", name="Card of the link 127.0.0.1")
    theirs = page.get_by_role("group", name="Card of the link cdc.gov")
    expect(theirs.get_by_label("Title")).to_be_visible()
    expect(theirs.get_by_role("button", name="Read it from our site")).to_be_hidden()
    found = faults_of(page)
    assert OurSite.asked == [], "nothing is read before somebody asks for it"

    ours.get_by_role("button", name="Read it from our site").click()
    expect(ours.get_by_label("Title")).to_have_value("Flu shots at Lakeside")
    expect(ours.get_by_label("Description")).to_have_value("Every day from 8 to 5.")
    assert OurSite.asked == ["/flu"]
    theirs.get_by_label("Title").fill("Ask for Maria Lopez, SSN 219-09-9999")
    margin = page.get_by_role("region", name="Notes of the guard")
    expect(margin.get_by_text("In the card of a link").first).to_be_visible()
    theirs.get_by_label("Title").fill("")

    with page.expect_response("**/save"):  # "Saved" still stands there from the save before
        words.fill(f"Flu shots: http://{our_site}/flu")
    expect(theirs).to_have_count(0)
    expect(page.locator("#save-state")).to_contain_text("Saved")
    page.reload()
    expect(ours.get_by_label("Title")).to_have_value("Flu shots at Lakeside")
    assert found + faults_of(page) == []
