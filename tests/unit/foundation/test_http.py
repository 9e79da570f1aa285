"""Does the only door to the internet keep private addresses out, bound what comes in, and tell lost from never sent?"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bedside.foundation.http import Http, NoAnswer, NotSent


class _Server(BaseHTTPRequestHandler):
    """Answers by path, as badly as asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.redirect("http://localhost:1/secret")
        elif self.path == "/other-port":
            self.redirect("http://127.0.0.1:9/secret")
        elif self.path == "/onward":
            self.redirect("/there")
        elif self.path == "/large":
            self.body(b"x" * 2000)
        elif self.path == "/not-gzip":
            self.body(b"plain", ("Content-Encoding", "gzip"))
        elif self.path == "/drops":
            self.drops()
        elif self.path == "/cookie":
            self.body((self.headers.get("Cookie") or "none").encode(), ("Set-Cookie", "who=clinic; Path=/"))
        else:
            self.body(self.path.encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/lost":
            self.close_connection = True
        else:
            self.redirect("/there")

    def redirect(self, target: str) -> None:
        self.body(b"", ("Location", target), status=302)

    def body(self, content: bytes, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response_only(status)
        for name, value in (*headers, ("Content-Length", str(len(content)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def drops(self) -> None:
        self.send_response_only(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _drop in range(40):
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as url:
        yield url


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://2130706433:1/",
        "http://0x7f.1:1/",
    ],
)
def test_the_way_into_our_own_network_is_closed_and_nothing_is_sent(url: str) -> None:
    with pytest.raises(NotSent, match=r"private address|did not answer|not known"):
        Http(url).request("GET", "/")


def test_what_may_reach_this_machine_reaches_nothing_else_that_is_private(server: str) -> None:
    assert Http(server, allow_loopback=True).request("GET", "/here").body == b"/here"
    for private in (
        "http://10.0.0.1:1/",
        "http://169.254.169.254/",
        "http://[fd00::1]:1/",
        "http://0.0.0.0:1/",
    ):
        with pytest.raises(NotSent, match=r"private address"):
            Http(private, allow_loopback=True).request("GET", "/")


def test_a_name_with_several_addresses_is_tried_at_each(server: str) -> None:
    """`localhost` is often an IPv6 address first, where nobody listens."""
    port = server.rpartition(":")[2]
    assert Http(f"http://localhost:{port}", allow_loopback=True).request("GET", "/here").body == b"/here"


def test_a_private_server_is_not_reached_even_when_it_listens(server: str) -> None:
    with pytest.raises(NotSent, match=r"private address"):
        Http(server).request("GET", "/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "gopher://x", "http://[", "http://a b/"]
)
def test_what_is_no_web_address_is_not_called(url: str) -> None:
    with pytest.raises(NotSent):
        Http().request("GET", url)


def test_nobody_there_means_that_nothing_was_sent() -> None:
    with pytest.raises(NotSent):
        Http("http://127.0.0.1:9", allow_private=True).request("POST", "/")


def test_a_lost_answer_is_not_mistaken_for_nothing_sent(server: str) -> None:
    with pytest.raises(NoAnswer):
        Http(server, allow_private=True).request("POST", "/lost", json={})


def test_an_answer_that_is_too_large_is_no_answer(server: str) -> None:
    with pytest.raises(NoAnswer):
        Http(server, allow_private=True).request("GET", "/large", max_bytes=1000)


def test_a_body_that_is_not_what_its_header_says_is_no_answer(server: str) -> None:
    with pytest.raises(NoAnswer):
        Http(server, allow_private=True).request("GET", "/not-gzip")


def test_a_server_that_sends_a_drop_at_a_time_is_left(server: str) -> None:
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        Http(server, allow_private=True, timeout=5, whole_timeout=0.3).request("GET", "/drops")
    assert time.monotonic() - began < 1.5


def test_reading_follows_to_the_same_place_and_nowhere_else(server: str) -> None:
    client = Http(server, allow_private=True)
    assert client.request("GET", "/onward").body == b"/there"
    assert client.request("GET", "/elsewhere").status == 302
    assert client.request("GET", "/other-port").status == 302


def test_writing_follows_nowhere(server: str) -> None:
    assert Http(server, allow_private=True).request("POST", "/form").status == 302


def test_a_token_that_cannot_be_written_down_is_not_quoted(server: str) -> None:
    with pytest.raises(NotSent) as refused:
        Http(server, allow_private=True).request("GET", "/", headers={"Authorization": "Bearer sec\nret"})
    assert "sec" not in str(refused.value)


def test_an_answer_is_read_whole(server: str) -> None:
    assert Http(server, allow_private=True).request("GET", "/here").body == b"/here"


def test_no_exception_carries_a_token() -> None:
    headers = {"Authorization": "Bearer hush"}
    with pytest.raises(NotSent) as refused:
        Http("http://127.0.0.1:9").request("GET", "/?access_token=hush", headers=headers)
    assert "hush" not in str(refused.value)


def test_no_cookie_of_a_server_comes_back_to_it_with_another_accounts_call() -> None:
    with serving() as url:
        first = Http(url, allow_private=True).request("GET", "/cookie")
        assert first.headers["set-cookie"].startswith("who=clinic")
        assert Http(url, allow_private=True).request("GET", "/cookie").body == b"none"
