"""How much memory does an idle Bedside hold, all its processes together? And how long do a start and an end
take?

Proportional set size: what several processes share is counted once.
"""

import json
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.fixtures.desk import start_desk

IDLE_SECONDS = 20
SETUP = "embedded: SQLite, web with 4 threads, worker with 4, practice network; nobody signed in"


def main() -> int:
    began = time.monotonic()
    desk = start_desk()
    started = time.monotonic() - began
    try:
        time.sleep(IDLE_SECONDS)
        held = sum(proportional_kilobytes(process) for process in desk.processes())
    finally:
        ended = desk.stop()
        shutil.rmtree(desk.data, ignore_errors=True)
    figure("memory, all processes idle", round(held / 1024, 1), "MB")
    figure("start with an empty database", round(started, 1), "s")
    figure("end after TERM", round(ended, 2), "s")
    return 0


def proportional_kilobytes(process: int) -> int:
    """The proportional set size of one process; 0 when it has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def figure(name: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": name, "value": value, "unit": unit, "setup": SETUP}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
