"""A program reads a delivery's story in plain words, and what a page of the organization's own site says of itself."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.rooms.planning.conftest import agreed, author, channel, sign_all, write

from bedside.foundation import clock
from bedside.people.directory import save_organization
from bedside.publishing.models import Delivery

__all__ = ["agreed", "author", "channel", "sign_all", "write"]

PAGE = b'<title>Flu shots</title><meta name="description" content="Walk in until six.">'


@pytest.fixture
def delivery(clinic, channel, write) -> Delivery:
    return Delivery.objects.create(
        organization=clinic.organization,
        channel=channel,
        subject_kind="variant",
        subject_id=write().variants.get().pk,
        fingerprint="f",
        due_at=clock.now(),
        scheduled_at=clock.now(),
    )


@pytest.fixture
def site(clinic, settings):
    """The clinic's own site, on this machine; `asked` are the paths that were asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *args: object) -> None:
            """Tests are quiet."""

    settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    save_organization(clinic.organization, changes={"sites": [server.url]}, by=clinic.administrator)
    yield server
    server.shutdown()
    server.server_close()


def test_a_delivery_tells_how_it_stands_and_what_people_did(program, clinic, delivery):
    writer, path = program(clinic, "author"), f"/deliveries/{delivery.pk}"
    writer.call("POST", f"{path}/hold", {"because": "Wrong date."})
    assert "Wrong date." in writer.call("GET", path).json()["headline"]
    steps = writer.call("GET", f"{path}/story").json()
    assert any("key of Author" in step["detail"] for step in steps)
    assert writer.call("POST", f"{path}/release").json()["headline"].startswith("It waits for its time")


def test_another_organizations_story_is_not_told(program, clinic, other_clinic, delivery):
    theirs = program(other_clinic, "administrator")
    assert theirs.call("GET", f"/deliveries/{delivery.pk}/story").status_code == 404
    assert program(clinic, "moderator").call("GET", f"/deliveries/{delivery.pk}/story").status_code == 200


def test_a_page_of_our_own_site_is_read(program, clinic, site):
    found = program(clinic, "author").call("POST", "/links/read", {"url": f"{site.url}/flu"})
    assert found.json() == {
        "url": f"{site.url}/flu",
        "title": "Flu shots",
        "description": "Walk in until six.",
    }
    assert site.asked == ["/flu"]


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/flu",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "http://[",
        "x",
    ],
)
def test_no_other_site_is_called(program, clinic, site, url):
    answer = program(clinic, "author").call("POST", "/links/read", {"url": url})
    assert answer.status_code in (409, 422)
    assert answer.json()["sentence"].endswith(".")
    assert site.asked == []


@pytest.mark.parametrize("tail", ["\n/x", "/%zz", "/a b", "/\u0085", "/" + "x" * 1900])
def test_an_address_of_ours_that_nobody_can_ask_for_gets_a_sentence_at_most(program, clinic, site, tail):
    answer = program(clinic, "author").call("POST", "/links/read", {"url": site.url + tail})
    assert answer.status_code in (200, 409, 422)


def test_reading_needs_the_power_to_write_and_has_a_pace(program, clinic, site):
    assert program(clinic, "viewer").call("POST", "/links/read", {"url": site.url}).status_code == 403
    writer = program(clinic, "author")
    codes = [writer.call("POST", "/links/read", {"url": "https://x.example"}).status_code for _ in range(21)]
    assert codes[19] in (409, 422)
    assert codes[20] == 429
