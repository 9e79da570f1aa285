"""How does a worker show that it is alive, without a database? It touches a file in the data folder.

The supervisor and the doctor of the same machine look at the file's time. Across machines the `Heartbeat`
rows of `foundation.models` say the same.
"""

import time
from pathlib import Path

ALIVE_FILE = "worker.alive"
EVERY_SECONDS = 5.0
"""A file older than three of these means that the worker is gone or stuck."""


def touch(data: Path) -> None:
    """Say that the worker is alive now."""
    (data / ALIVE_FILE).touch()


def seconds_since(data: Path) -> float | None:
    """How long ago the worker was last alive; None when it never was."""
    try:
        return max(0.0, time.time() - (data / ALIVE_FILE).stat().st_mtime)
    except OSError:
        return None
