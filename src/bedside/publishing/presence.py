"""Is the worker that claimed this still alive? On its own machine that can be known at once.

Each worker holds a lock on a file of the data folder that the system drops when the process ends, however it
ends. Of workers on other machines only the lease tells.
"""

import fcntl
import os
import secrets
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import IO

FOLDER = "workers"


def new_name() -> str:
    """A name that no other worker has or had: machine, process, chance."""
    return f"{socket.gethostname()[:36]}:{os.getpid()}:{secrets.token_hex(4)}"


class Presence:
    """Shows that this worker lives, as long as the object is kept."""

    def __init__(self, data: Path, name: str) -> None:
        self.folder = data / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        self.path = self.folder / name
        self._file: IO[str] = self.path.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def dead_among(self, names: Iterable[str]) -> list[str]:
        """Those of `names` that certainly ended: they worked in this data folder and their lock is free."""
        return [name for name in set(names) if name and self._is_dead(name)]

    def leave(self) -> None:
        """Stop showing it; called after everything was given back."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _is_dead(self, name: str) -> bool:
        if name == self.path.name:
            return False
        try:
            with (self.folder / name).open("r") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:  # no such file here, or its owner holds it
            return False
        return True
