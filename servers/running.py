"""How are the test servers started, waited for and ended?

Each is a context manager: it takes free ports on loopback, waits for health with a limit, and leaves no
process and no file behind. Installing is in `installed`, the stores of the whole Bluesky network in
`stores`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from servers import installed

HEALTHY_WITHIN = 90.0
STOPPED_WITHIN = 10.0


class NotHealthy(Exception):
    """A server did not come up in time; the message holds the end of what it printed."""


@dataclass(frozen=True)
class Bluesky:
    """Where the Bluesky servers are. `is_whole` when threads, likes and notifications are known too."""

    url: str
    is_whole: bool


@dataclass(frozen=True)
class Stores:
    """What the whole Bluesky network keeps its data in: a PostgreSQL address and a Redis `host:port`, both
    empty.
    """

    postgres: str
    redis: str


@contextmanager
def bluesky(stores: Stores | None = None) -> Iterator[Bluesky]:
    """The directory of identities and a personal data server; with `stores` the whole network, which takes a
    quarter of a minute longer.
    """
    home = installed.bluesky()
    with tempfile.TemporaryDirectory(prefix="bedside-bluesky-") as scratch:
        more = {"TMPDIR": scratch, "NODE_ENV": "production", "LOG_ENABLED": "false"}
        if stores:
            more |= {
                "DB_POSTGRES_URL": stores.postgres,
                "DB_POSTGRES_SCHEMA": "test",
                "REDIS_HOST": stores.redis,
            }
        command: list[str | Path] = [installed.node(), "--require", "./loopback.cjs", "start.mjs"]
        with _process(command, home, more, Path(scratch) / "said") as process:
            said = json.loads(_first_line(process, Path(scratch) / "said"))
            url = said["pds"].replace("localhost", "127.0.0.1")
            _wait_until_healthy(f"{url}/xrpc/_health", process, Path(scratch) / "said")
            yield Bluesky(url, said["isWhole"])


@contextmanager
def mastodon() -> Iterator[str]:
    """The address of a Mastodon server with the accounts ada and grace; it keeps nothing."""
    program = installed.mastodon() / "bin" / "mastodon_mock"
    port = str(free_port())
    with tempfile.TemporaryDirectory(prefix="bedside-mastodon-") as scratch:
        said = Path(scratch) / "said"
        command: list[str | Path] = [
            program,
            "serve",
            "--in-memory",
            "--demo",
            "--host",
            "127.0.0.1",
            "--port",
            port,
        ]
        with _process(command, Path(scratch), {"TMPDIR": scratch}, said) as process:
            url = f"http://127.0.0.1:{port}"
            _wait_until_healthy(f"{url}/api/v2/instance", process, said)
            yield url


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _process(
    command: Sequence[str | Path], where: Path, more: Mapping[str, str], said: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A server process; all that it says goes to the file `said`, which never fills up as a pipe would."""
    environment = {**os.environ, **more}
    with said.open("wb") as mouth:
        process = subprocess.Popen(
            command, cwd=where, env=environment, stdout=mouth, stderr=mouth, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOPPED_WITHIN)
        shutil.rmtree(where / "media", ignore_errors=True)


def _first_line(process: subprocess.Popen[bytes], said: Path) -> bytes:
    """The first line of JSON among what a server says."""
    deadline = time.monotonic() + HEALTHY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        for line in said.read_bytes().splitlines(keepends=True):
            if line.startswith(b"{") and line.endswith(b"\n"):
                return line
        time.sleep(0.1)
    raise _not_healthy(said)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + HEALTHY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise _not_healthy(said)


def _not_healthy(said: Path) -> NotHealthy:
    return NotHealthy(f"The server did not come up. It said: {said.read_text(errors='replace')[-2000:]}")
