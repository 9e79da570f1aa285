"""The one door: what it refuses, and what it can say about a call that failed."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bedside.foundation.http import Http, NoAnswer, NotSent


class Teller(BaseHTTPRequestHandler):
    """A server with a few habits."""

    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://localhost:1/secret")
            self.end_headers()
        elif self.path == "/near":
            self.send_response(302)
            self.send_header("Location", "/here")
            self.end_headers()
        elif self.path == "/large":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 5000)
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"ok": true}')

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def teller() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Teller)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_answer_is_read_whole(teller):
    assert Http(teller, allow_private=True).request("GET", "/here").json() == {"ok": True}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9",
        "http://localhost:9",
        "http://10.0.0.1",
        "http://[::1]:9",
        "http://169.254.169.254",
    ],
)
def test_private_addresses_are_not_called(address):
    with pytest.raises(NotSent, match="private address"):
        Http(address).request("GET", "/")


def test_other_kinds_of_addresses_are_not_called():
    with pytest.raises(NotSent):
        Http(allow_private=True).request("GET", "file:///etc/hostname")


def test_a_closed_port_means_nothing_was_sent():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotSent):
        Http(f"http://127.0.0.1:{port}", allow_private=True).request("POST", "/", json={"a": 1})


def test_a_lost_answer_is_told_apart_from_nothing_sent(teller):
    with pytest.raises(NoAnswer):
        Http(teller, allow_private=True).request("POST", "/", json={"a": 1})


def test_a_larger_answer_than_allowed_is_no_answer(teller):
    with pytest.raises(NoAnswer):
        Http(teller, allow_private=True).request("GET", "/large", max_bytes=1000)


def test_redirects_are_followed_on_the_same_host_only(teller):
    http = Http(teller, allow_private=True)
    assert http.request("GET", "/near").json() == {"ok": True}
    assert http.request("GET", "/away").status == 302


def test_no_exception_carries_a_token():
    with pytest.raises(NotSent) as refused:
        Http("http://127.0.0.1:9").request(
            "GET", "/?access_token=hush", headers={"Authorization": "Bearer hush"}
        )
    assert "hush" not in str(refused.value)
