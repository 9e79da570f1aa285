"""What stands between us and a server when the line is bad? A proxy on loopback that loses what it is told
to lose.

It has no mind of its own: requests go to the real server, which stores them or not; only what comes back
(or whether a request arrives at all) is decided here.
"""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

Fault = Literal["lose_answer", "lose_request", "garble", "unavailable"]
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-encoding", "content-length"}


@dataclass(frozen=True)
class Request:
    """A request as it went over the line; header names are lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Line(ThreadingHTTPServer):
    """A line to one server. `fail` says what happens to the next POSTs whose path contains a word."""

    daemon_threads = True

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Carrier)
        self.target = urlsplit(target)
        self.faults: list[tuple[Fault, str]] = []
        # Headers that this line swallows: servers that ignore one are as common as those that heed it.
        self.swallowed: set[str] = set()
        # Answers whose status is changed, each once: method, a word in the path, the new status.
        self.restated: list[tuple[str, str, int]] = []
        self.seen: list[Request] = []
        self.lock = threading.Lock()

    def asked(self, method: str, word: str) -> int:
        """How many requests of this kind went over the line."""
        return sum(1 for request in self.seen if request.method == method and word in request.path)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fail(self, *faults: Fault, on: str = "") -> None:
        """The next POSTs to a path that contains `on` meet these faults, one each."""
        with self.lock:
            self.faults += [(fault, on) for fault in faults]

    def status_of(self, method: str, path: str, status: int) -> int:
        with self.lock:
            for place, (its_method, word, other) in enumerate(self.restated):
                if method == its_method and word in path:
                    del self.restated[place]
                    return other
        return status

    def next_fault(self, method: str, path: str) -> Fault | None:
        with self.lock:
            for place, (fault, on) in enumerate(self.faults):
                if method == "POST" and on in path:
                    del self.faults[place]
                    return fault
        return None


class _Carrier(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves as one piece, or the machine waits 40 ms between its head and its body
    server: Line

    def carry(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append(Request(self.command, self.path, headers, body))
        fault = self.server.next_fault(self.command, self.path)
        if fault == "lose_request":
            self.close_connection = True
            return
        if fault == "unavailable":
            self.answer(503, [("Content-Type", "text/html")], b"<h1>Service unavailable</h1>")
            return
        status, headers, content = self.forwarded(body)
        if fault == "lose_answer":
            self.close_connection = True
        elif fault == "garble":
            self.answer(200, [("Content-Type", "application/json")], b'{"id": "cut o')
        else:
            self.answer(self.server.status_of(self.command, self.path, status), headers, content)

    do_GET = do_POST = do_PUT = do_DELETE = carry

    def forwarded(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        target = self.server.target
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
        unwanted = {"host", "connection"} | self.server.swallowed
        headers = {name: value for name, value in self.headers.items() if name.lower() not in unwanted}
        headers["Accept-Encoding"] = "identity"
        try:
            line.request(self.command, self.path, body or None, headers)
            answer = line.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            line.close()

    def answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: a test says what it expected."""


@contextmanager
def line_to(target: str) -> Iterator[Line]:
    """A line to a server for as long as a test needs it."""
    line = Line(target)
    thread = threading.Thread(target=line.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.shutdown()
        line.server_close()
        thread.join(5)
