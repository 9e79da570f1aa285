"""How fast does what is due leave, and how punctually? The first two figures of the product, measured end to end.

10,000 deliveries due in one minute with 100,000 more waiting, sent by real workers to a real practice network; then a
steady ten a second. On SQLite with one worker, and on PostgreSQL with Redis and two. Each setup runs in a process
of its own (`--setup sqlite`), because Django is set up once. Every text is judged by the last gate.

The CPU time of a delivery is told besides, because a rate also tells how busy the machine was with other things.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.fixtures.servers import DURABLE, Absent, start_postgres, start_redis

from bedside.cli.setup import after_setup
from bedside.faults.cost import Meter
from bedside.faults.ground import Ground, ground

CHANNELS = 200
WORKERS = {"sqlite": 1, "postgres": 2}
NAMES = {"sqlite": "SQLite, 1 worker", "postgres": "PostgreSQL + Redis, 2 workers"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--setup", choices=sorted(WORKERS))
    parser.add_argument("--due", type=int, default=10_000)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--steady-seconds", type=int, default=60)
    options = parser.parse_args()
    if options.setup:
        return measure(options)
    command = [sys.executable, __file__, *sys.argv[1:], "--setup"]
    return max(subprocess.run([*command, setup], check=False).returncode for setup in ("sqlite", "postgres"))


def measure(options: argparse.Namespace) -> int:
    """Measure one setup; a server that is absent is said, and is no failure."""
    with ExitStack() as stack:
        try:
            database, redis, server = servers(options.setup, stack)
        except Absent as reason:
            print(f"{NAMES[options.setup]}: {reason}", file=sys.stderr)
            return 0
        place = stack.enter_context(ground(database_url=database, redis_url=redis))
        place.start_practice()
        os.environ.update(place.environment)
        trial = after_setup("bedside.faults.measure")
        trial.lay_tables()
        began = time.monotonic()
        clinic = trial.seed_burst(place, channels=CHANNELS, due=options.due, waiting=options.waiting)
        print(f"seeded in {time.monotonic() - began:.0f} s", file=sys.stderr)
        trial.start_workers(place, WORKERS[options.setup])
        setup = f"{NAMES[options.setup]}; {CHANNELS} channels, {options.waiting} waiting"
        meter = Meter(processes(place, server))
        rate = trial.burst_rate(options.due)
        spent, due = meter.read(), f"{setup}, {options.due} due at once"
        figure("deliveries sent in a burst", rate, "per second", due)
        for name, seconds in spent.items():
            figure(f"CPU time of a delivery in a burst, {name}", 1000 * seconds / options.due, "ms", due)
        late = trial.lateness(clinic, seconds=options.steady_seconds, per_second=10)
        middle, slow = late[len(late) // 2], late[int(len(late) * 0.99)]
        figure("lateness at a steady 10 per second, p50", middle, "s", setup)
        figure("lateness at a steady 10 per second, p99", slow, "s", setup)
        return 0


def servers(setup: str, stack: ExitStack) -> tuple[str, str, list[int]]:
    """The addresses of private servers, ended with the stack, and the database's process. PostgreSQL writes durably, as
    in a clinic.
    """
    if setup == "sqlite":
        return "", "", []
    database = start_postgres(DURABLE)
    stack.callback(database.stop)
    redis = start_redis()
    stack.callback(redis.stop)
    return database.url, redis.url, [database.process.pid]


def processes(place: Ground, server: list[int]) -> dict[str, list[int]]:
    """Whose CPU time is told. The workers' is the product's; on a machine of two cores all of them share these."""
    practice = [place.practice.pid] if place.practice else []
    named = {
        "workers": [worker.pid for worker in place.workers],
        "practice network": practice,
        "database server": server,
    }
    return {name: group for name, group in named.items() if group}


def figure(name: str, value: float, unit: str, setup: str) -> None:
    print(json.dumps({"figure": name, "value": round(value, 2), "unit": unit, "setup": setup}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
