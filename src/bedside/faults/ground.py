"""A place of its own to try things in: a data folder, a practice network, and workers, all as real processes.

Settings are handed over as environment variables before Django is set up, as for any installation. Everything that
was started here is ended here.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

READY = "Practice network is ready at "


class NotReady(Exception):
    """Something that the trial stands on did not start; the text says what."""


@dataclass
class Ground:
    """One trial's folder and processes."""

    data: Path
    environment: dict[str, str]
    practice: subprocess.Popen[str] | None = None
    practice_url: str = ""
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start_practice(self, *options: str) -> str:
        """Start a practice network in memory on a free port; its address."""
        command = [*_bedside(), "practice", "--port", "0", "--memory", *options]
        self.practice = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self.environment)
        line = self.practice.stdout.readline() if self.practice.stdout else ""
        if not line.startswith(READY):
            raise NotReady("The practice network did not start.")
        self.practice_url = line.removeprefix(READY).strip()
        self.environment["BEDSIDE_PRACTICE_URL"] = self.practice_url
        return self.practice_url

    def start_worker(self) -> "subprocess.Popen[bytes]":
        """Start one more `bedside worker`; what it logs goes to worker.log in the folder."""
        log = (self.data / "worker.log").open("ab")
        worker = subprocess.Popen([*_bedside(), "worker"], env=self.environment, stderr=log, stdout=log)
        log.close()
        self.workers.append(worker)
        return worker

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        """End a worker as a power cut would."""
        worker.kill()
        worker.wait()
        self.workers.remove(worker)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """One call to the practice network's control address; its JSON, or its lines as a list."""
        request = urllib.request.Request(
            f"{self.practice_url}/_control/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read().decode()
        if path.startswith("ledger"):
            return [json.loads(line) for line in text.splitlines()]
        return json.loads(text)

    def end(self) -> None:
        """End every process and remove the folder."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        for worker in list(self.workers):
            _wait(worker, 6.0)
        if self.practice is not None:
            self.practice.send_signal(signal.SIGTERM)
            _wait(self.practice, 5.0)
        shutil.rmtree(self.data, ignore_errors=True)


@contextmanager
def ground(*, database_url: str = "", redis_url: str = "") -> Iterator[Ground]:
    """A trial's ground; the settings are those of this process too, so that Django can be set up with them."""
    data = Path(tempfile.mkdtemp(prefix="bedside-trial-"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BEDSIDE_")}
    settings = {
        "BEDSIDE_DATA": str(data),
        "BEDSIDE_DATABASE_URL": database_url,
        "BEDSIDE_REDIS_URL": redis_url,
        "BEDSIDE_LOG_LEVEL": "warning",
        "DJANGO_SETTINGS_MODULE": "bedside.config.settings",
    }
    made = Ground(data, kept | settings)
    try:
        yield made
    finally:
        made.end()


def _bedside() -> list[str]:
    return [sys.executable, "-m", "bedside.cli.main"]


def _wait(process: "subprocess.Popen[Any]", seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
