"""A server that plays Bluesky and Mastodon for those who connect a channel: one account, and it remembers calls."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.networks.samples import sample

APP_PASSWORD, TOKEN = "abcd-efgh-ijkl-mnop", "the-right-token"
DID = "did:plc:riverside"


class SocialServer:
    """Listens on this machine alone; `calls` are the requests it heard, as method, path and bearer."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []
        social = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(b"")

            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def _answer(self, body: bytes) -> None:
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                path = self.path.split("?")[0]
                social.calls.append((self.command, path, bearer))
                status, said = answer_to(path, bearer, json.loads(body or b"{}"))
                content = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                """Tests are quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        self.server.shutdown()
        self.server.server_close()


def answer_to(path: str, bearer: str, body: dict[str, Any]) -> tuple[int, Any]:
    """What the two networks answer at the addresses that connecting asks."""
    if path == "/xrpc/com.atproto.server.createSession":
        if body.get("password") != APP_PASSWORD:
            return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
        return 200, {
            "did": DID,
            "handle": body["identifier"],
            "accessJwt": "an.access.word",
            "refreshJwt": "a.refresh.word",
        }
    if path == "/xrpc/com.atproto.repo.getRecord":
        return 200, {"uri": "", "cid": "", "value": {"displayName": "Riverside on Bluesky"}}
    if path == "/api/v1/accounts/verify_credentials":
        known = {"id": "7", "username": "riverside", "display_name": "Riverside on Mastodon"}
        return (200, known) if bearer == TOKEN else (401, {"error": "The access token is invalid"})
    if path == "/api/v1/instance":
        return 200, sample("mastodon", "instance_v1")
    return 404, {"error": "Record not found"}
