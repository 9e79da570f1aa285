"""`python -m servers install` installs the test servers; `python -m servers run` starts them and says
where they are.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from urllib.parse import urlsplit

from tests.fixtures.servers import Absent, start_postgres, start_redis

from servers import installed, running

USAGE = "Usage: python -m servers install | run"


def main(arguments: list[str]) -> int:
    """Do what was asked; the result is the exit code."""
    try:
        if arguments == ["install"]:
            installed.install()
        elif arguments == ["run"]:
            run()
        else:
            print(USAGE, file=sys.stderr)
            return 2
    except installed.NotInstalled as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def run() -> None:
    """Start everything that this machine can, until Ctrl-C or TERM."""
    ended = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: ended.set())
    with contextlib.ExitStack() as stack:
        bluesky = stack.enter_context(running.bluesky(_stores(stack)))
        print(
            f"Bluesky   {bluesky.url}", "" if bluesky.is_whole else "(without threads and likes)", flush=True
        )
        print(
            f"Mastodon  {stack.enter_context(running.mastodon())}  (tokens ada_token, grace_token)",
            flush=True,
        )
        ended.wait()


def _stores(stack: contextlib.ExitStack) -> running.Stores | None:
    """A PostgreSQL and a Redis for the whole Bluesky network, where this machine has them."""
    try:
        postgres = start_postgres()
        stack.callback(postgres.stop)
        redis = start_redis()
        stack.callback(redis.stop)
    except Absent as reason:
        print(f"{reason}, so the Bluesky network is not whole.", flush=True)
        return None
    return running.Stores(postgres.url, urlsplit(redis.url).netloc)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
