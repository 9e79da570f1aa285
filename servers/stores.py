"""What does the whole Bluesky network keep its data in? A PostgreSQL and a Redis that live as long as a
test run.

Both must be installed on the machine; they run on free ports of loopback, in a temporary folder, without
passwords.
"""

from __future__ import annotations

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

UP_WITHIN = 30.0


@dataclass(frozen=True)
class Stores:
    """A PostgreSQL address and a Redis `host:port`."""

    postgres: str
    redis: str


def missing() -> str:
    """Why the stores cannot run here, in a sentence; "" when they can."""
    if _postgres_program("postgres") is None:
        return "PostgreSQL is not installed."
    if shutil.which("redis-server") is None and shutil.which("valkey-server") is None:
        return "Redis (or Valkey) is not installed."
    return ""


@contextmanager
def stores() -> Iterator[Stores]:
    """Start both, empty."""
    with tempfile.TemporaryDirectory(prefix="bedside-stores-") as name:
        scratch = Path(name)
        scratch.chmod(0o755)
        with _redis(scratch) as redis, _postgres(scratch) as postgres:
            yield Stores(postgres, redis)


@contextmanager
def _redis(scratch: Path) -> Iterator[str]:
    program = shutil.which("redis-server") or shutil.which("valkey-server") or "redis-server"
    port = _free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with _running([program, *options, "--dir", str(scratch)], port):
        yield f"127.0.0.1:{port}"


@contextmanager
def _postgres(scratch: Path) -> Iterator[str]:
    """PostgreSQL refuses to run as root, so root lends it the user that its package made."""
    user = "postgres" if os.geteuid() == 0 else None
    data = scratch / "postgres"
    data.mkdir()
    if user:
        shutil.chown(data, user)
    init = [
        _postgres_program("initdb") or "initdb",
        "-D",
        str(data),
        "-U",
        "bedside",
        "--auth",
        "trust",
        "-N",
    ]
    subprocess.run(init, check=True, timeout=60, stdout=subprocess.DEVNULL, user=user)
    port = _free_port()
    quick = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    place = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={data}", "-p", str(port)]
    program = _postgres_program("postgres") or "postgres"
    with _running([program, "-D", str(data), *place, *quick], port, user=user):
        yield f"postgresql://bedside@127.0.0.1:{port}/postgres"


@contextmanager
def _running(command: list[str], port: int, *, user: str | None = None) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdout=quiet, stderr=quiet, user=user, cwd="/", start_new_session=True
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + UP_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("A store for the Bluesky network did not come up.")


def _postgres_program(name: str) -> str | None:
    """The newest PostgreSQL: Debian keeps its programs outside the path."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: int(path.split("/")[4]))
    return found[-1] if found else shutil.which(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
