"""The practice network as the demonstration needs it: its channels, and a history with the times it had.

What strangers and the clinic said there is collected here and handed over as one import, all or nothing
(`docs/rooms/practice.md`). Asks nothing of Bedside's database.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from bedside.foundation.http import Http, NoAnswer, NotSent
from bedside.foundation.refusal import Refusal

READY = "Practice network is ready at "
IMPORT_SECONDS = 60.0


class PracticeSide:
    """The control address of a practice network, and the lines that are to be imported there."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._http = Http(self.base_url, allow_private=True, timeout=IMPORT_SECONDS)
        self._lines: list[dict[str, Any]] = []

    def tell(self, kind: str, at: datetime | None = None, **fields: Any) -> None:
        """Remember one line of history."""
        moment = {"at": at.isoformat(timespec="milliseconds")} if at else {}
        self._lines.append({"type": kind, **moment, **fields})

    def tell_picture(self, name: str, channel: str, content: bytes, alt_text: str) -> None:
        """Remember a picture that posts of this channel have."""
        self.tell(
            "medium", id=name, channel=channel, alt_text=alt_text, base64=base64.b64encode(content).decode()
        )

    def answer_review(self, review_id: str, reply: dict[str, Any]) -> None:
        """Add our answer to a review that was remembered."""
        review = next(line for line in self._lines if line.get("id") == review_id)
        review["reply"] = reply

    def hand_over(self) -> int:
        """Import everything that was remembered; how many lines that were."""
        count = len(self._lines)
        self._import(self._lines)
        self._lines = []
        return count

    def has_channel(self, handle: str) -> bool:
        """Whether somebody has published under this handle."""
        return bool(self._call("GET", "ledger", params={"channel": handle}).strip())

    def open_channel(self, handle: str, name: str, about: str, at: datetime) -> dict[str, Any]:
        """Make a channel as old as `at`; its tokens."""
        self._import(
            [{"type": "channel", "handle": handle, "name": name, "about": about, "at": at.isoformat()}]
        )
        return dict(json.loads(self._call("POST", "channels", json={"handle": handle})))

    def end_tokens(self, access_token: str) -> None:
        """Let the network forget a channel's tokens, as it does when a password was changed there."""
        self._http.request("POST", "/oauth/revoke", data={"token": access_token})

    def _import(self, lines: list[dict[str, Any]]) -> None:
        body = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        self._call("POST", "import", content=body.encode())

    def _call(self, method: str, path: str, **more: Any) -> bytes:
        answer = self._http.request(method, f"/_control/{path}", max_bytes=50_000_000, **more)
        if not answer.is_success:
            said = answer.body[:300].decode(errors="replace")
            raise Refusal("practice_refused", _("The practice network did not take the history: %s") % said)
        return answer.body


@contextmanager
def practice_running(base_url: str, data: Path) -> Iterator[PracticeSide]:
    """The practice network at `base_url`; where none answers on this machine, one is started for as long."""
    if _answers(base_url):
        yield PracticeSide(base_url)
        return
    parts = urlsplit(base_url)
    if parts.hostname not in ("127.0.0.1", "localhost"):
        sentence = _("No practice network answers at %(url)s. Start it there, then try again.")
        raise Refusal("practice_absent", sentence % {"url": base_url})
    command = [sys.executable, "-m", "bedside.cli.main", "practice", "--port", str(parts.port or 80)]
    command += ["--data", str(data / "practice.sqlite3")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  (our own command)
        try:
            if not (process.stdout and process.stdout.readline().startswith(READY)):
                raise Refusal(
                    "practice_absent", _("The practice network did not start; what it said stands above.")
                )
            yield PracticeSide(base_url)
        finally:
            process.terminate()


def _answers(base_url: str) -> bool:
    try:
        answer = Http(base_url, allow_private=True, timeout=3).request("GET", "/_control/health")
    except (NotSent, NoAnswer):
        return False
    return answer.is_success
