"""Who started the supervisor, and does that one still want it? Only `make run` needs asking.

A terminal sends Ctrl-C to everybody in it. A program that signals only `make` reaches only `make`, which then
waits for us with the signal blocked and tells nobody; and a killed `make` tells nobody either. Both can be
seen on Linux.
"""

import os
import signal
from pathlib import Path

SIGINT_BIT = 1 << (signal.SIGINT - 1)


class Starter:
    """The process that started this one, as it was then."""

    def __init__(self) -> None:
        self.process = os.getppid()
        self.is_make = self._read("comm").strip() in ("make", "gmake")

    def wants_an_end(self) -> bool:
        """Whether this was started by `make`, and `make` is gone or was interrupted."""
        if not self.is_make:
            return False
        if os.getppid() != self.process:
            return True
        blocked = [
            line.split()[1] for line in self._read("status").splitlines() if line.startswith("SigBlk:")
        ]
        return bool(blocked) and bool(int(blocked[0], 16) & SIGINT_BIT)

    def _read(self, name: str) -> str:
        try:
            return Path(f"/proc/{self.process}/{name}").read_text(encoding="utf-8", errors="replace")
        except OSError:  # no such process any more, or no /proc on this system
            return ""
