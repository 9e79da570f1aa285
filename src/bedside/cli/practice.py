"""`bedside practice`: starts the practice network alone, without the web application.

Its options and what it answers are described in `docs/rooms/practice.md`.
"""

import argparse
import sys
from pathlib import Path

from bedside.config.environment import env
from bedside.practice.server import CannotStart
from bedside.practice.server import run as serve
from bedside.practice.settings import Settings


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options of this subject."""
    port, data = env.practice_port, env.data / "practice.sqlite3"
    parser.add_argument(
        "--port", type=int, default=port, help="port to listen on; 0 takes a free one (BEDSIDE_PRACTICE_PORT)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument(
        "--data", type=Path, default=data, help="SQLite file (practice.sqlite3 in the data folder)"
    )
    kept.add_argument("--memory", action="store_true", help="keep everything in memory, for tests")
    parser.add_argument(
        "--no-idempotency", action="store_true", help="store a repeated Idempotency-Key again"
    )
    parser.add_argument("--token-seconds", type=int, default=7200, help="life of an access token (7200)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until TERM or INT; 1 when it could not start."""
    settings = Settings(
        host=arguments.host,
        port=arguments.port,
        data=None if arguments.memory else arguments.data,
        idempotency=not arguments.no_idempotency,
        token_seconds=arguments.token_seconds,
    )
    try:
        serve(settings)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0
