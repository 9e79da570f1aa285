"""A process from which workers are forked in a moment, so that many can be killed in a minute.

It loads the product once and has neither threads nor connections itself; each child is a whole `bedside worker`. It is
asked through its standard input (`start`), answers with process ids, and ends its children when the input ends.
"""

import gc
import os
import signal
import sys
from typing import NoReturn

from bedside.cli.setup import after_setup

WORKER_THREADS = 1


def main() -> int:
    """Serve until the input ends."""
    shift = after_setup("bedside.cli.shift")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the children
    gc.freeze()
    children: list[int] = []
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "start":
            child = os.fork()
            if child == 0:
                _be_worker(shift)
            children.append(child)
            print(child, flush=True)
    for child in children:
        _end(child)
    return 0


def _be_worker(shift: object) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    status = 1
    try:
        status = int(shift.work(threads=WORKER_THREADS))  # type: ignore[attr-defined]  # imported after Django is set up
    finally:
        os._exit(status)


def _end(child: int) -> None:
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:  # killed before, which is the point of it all
        return


if __name__ == "__main__":
    sys.exit(main())
