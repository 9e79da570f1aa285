"""The command: `python -m bedside.faults`. Prints one JSON line for each count; status 1 when something was doubled,
missing or left open.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from bedside.cli.setup import after_setup
from bedside.faults.ground import ground


def main() -> int:
    """Run one trial."""
    options = parse()
    with ground(database_url=options.database_url, redis_url=options.redis_url) as place:
        place.start_practice(*(["--no-idempotency"] if options.no_idempotency else []))
        os.environ.update(place.environment)
        trial = after_setup("bedside.faults.trial")
        plan = trial.Plan(
            deliveries=options.deliveries,
            kills=options.kills,
            cuts=options.cuts,
            channels=options.channels,
            seconds=options.seconds,
            seed=options.seed,
        )
        outcome = trial.run(place, plan)
        if outcome.is_breach and options.keep_log:
            Path(options.keep_log).write_bytes((place.data / "worker.log").read_bytes())
    setup = f"{options.deliveries} deliveries, {'no ' if options.no_idempotency else ''}idempotency there"
    for name, value in outcome.as_figures().items():
        line = {
            "figure": f"faults: {name.replace('_', ' ')}",
            "value": value,
            "unit": "count",
            "setup": setup,
        }
        print(json.dumps(line), flush=True)
    return 1 if outcome.is_breach else 0


def parse() -> argparse.Namespace:
    """The options; what is left out is the full form."""
    parser = argparse.ArgumentParser(prog="python -m bedside.faults", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=200, help="workers ended with SIGKILL")
    parser.add_argument("--cuts", type=int, default=0, help="moments in which the database is cut off")
    parser.add_argument("--channels", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=240.0, help="how long it goes on")
    parser.add_argument("--seed", type=int, default=0, help="of the dice, to repeat a trial")
    parser.add_argument(
        "--no-idempotency", action="store_true", help="the network stores a repeated key again"
    )
    parser.add_argument("--database-url", default="", help="PostgreSQL; empty: SQLite")
    parser.add_argument("--redis-url", default="")
    parser.add_argument("--keep-log", default="", help="where the workers' log is kept after a breach")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
