"""Reading a page of our own site for the card of a link: on a press, from our own site, and never from another."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.fixtures.signed_in import signed_in

HTMX = {"HX-Request": "true"}
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Flu &amp; you
 | Riverside</title><meta name="description" content="Shots  every day."><svg><title>Icon</title></svg></head></html>"""


@dataclass
class Site:
    """A web site with memory: what it serves, and which pages were asked for."""

    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    said: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serves(self, path: str, body: str | bytes, kind: str = "text/html", status: int = 200) -> None:
        self.pages[path] = (status, kind, body.encode() if isinstance(body, str) else body)


@pytest.fixture
def site(clinic, settings) -> Iterator[Site]:
    """The clinic's own site on this machine, and the operator who allows such addresses."""
    kept = Site()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kept.asked.append(self.path)
            kept.said.append({name.lower(): value for name, value in self.headers.items()})
            status, kind, body = kept.pages.get(self.path, (404, "text/html", b"gone"))
            self.send_response(status)
            self.send_header("Location" if status == 302 else "Content-Type", kind)
            self.send_header("Set-Cookie", "track=me")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    kept.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS = True
    clinic.organization.sites = [f"127.0.0.1:{kept.port}"]
    clinic.organization.save()
    yield kept
    server.shutdown()


@pytest.fixture
def read(clinic, author):
    """Press the button in the composer; the status and the words of the answer."""
    desk = signed_in(author)

    def press(url: str) -> tuple[int, str]:
        answer = desk.post(reverse("planning:link", args=[uuid4()]), {"url": url}, headers=HTMX)
        return answer.status_code, answer.content.decode()

    return press


def test_title_and_description_of_our_page_fill_the_card(site, read):
    site.serves("/flu", PAGE)
    status, words = read(site.url("/flu"))
    assert status == 200
    assert 'value="Flu &amp; you | Riverside"' in words
    assert 'value="Shots every day."' in words


def test_what_the_page_says_to_networks_goes_before_its_title(site, read):
    site.serves("/flu", f'{PAGE}<meta property="og:title" content="Flu shots 2026">')
    assert 'value="Flu shots 2026"' in read(site.url("/flu"))[1]


def test_another_site_is_refused_and_never_called(site, read):
    status, words = read(site.url("/flu", host="localhost"))
    assert status == 409
    assert "your own sites only" in words
    assert site.asked == []


def test_a_page_that_leads_to_another_site_is_not_followed(site, read):
    site.serves("/away", "", kind=site.url("/flu", host="localhost"), status=302)
    assert "leads on to a site that is not yours" in read(site.url("/away"))[1]
    assert site.asked == ["/away"]


def test_a_private_address_is_not_called_where_the_operator_did_not_allow_it(site, read, settings):
    settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS = False
    assert "private address" in read(site.url("/flu"))[1]
    assert site.asked == []


@pytest.mark.parametrize(
    "answer",
    [("%PDF-1.4", "application/pdf", 200), ("<p>no title</p>", "text/html", 200), (PAGE, "text/html", 500)],
)
def test_what_is_no_page_with_a_title_is_told_in_one_sentence(site, read, answer):
    body, kind, status = answer
    site.serves("/x", body, kind, status)
    assert "no title that could be read" in read(site.url("/x"))[1]


def test_strange_bytes_and_endless_words_do_no_harm(site, read):
    site.serves("/x", b"<title>\xff\xfe" + b"flu " * 1000, "text/html; charset=no-such-thing")
    status, words = read(site.url("/x"))
    assert status == 200
    assert "…" in words
    site.serves("/large", b"<title>x</title>" + b" " * 2_100_000)
    assert "did not answer" in read(site.url("/large"))[1]


def test_no_cookie_of_the_site_is_kept_or_sent(site, read):
    site.serves("/flu", PAGE)
    read(site.url("/flu"))
    read(site.url("/flu"))
    assert all("cookie" not in headers for headers in site.said)


def test_who_may_not_write_may_not_make_the_desk_call(site, clinic):
    site.serves("/flu", PAGE)
    viewer = signed_in(clinic.member("viewer"))
    url = reverse("planning:link", args=[uuid4()])
    assert viewer.post(url, {"url": site.url("/flu")}).status_code == 403
    assert site.asked == []
