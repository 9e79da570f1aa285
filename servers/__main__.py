"""`python -m servers install` installs the test servers; `python -m servers run` starts them and says
where they are.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading

from servers import installed, running, stores

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
        lacking = stores.missing()
        kept = None if lacking else stack.enter_context(stores.stores())
        bluesky = stack.enter_context(running.bluesky(kept))
        print(
            f"Bluesky   {bluesky.url}",
            "" if bluesky.is_whole else f"(without threads: {lacking})",
            flush=True,
        )
        print(
            f"Mastodon  {stack.enter_context(running.mastodon())}  (tokens ada_token, grace_token)",
            flush=True,
        )
        ended.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
