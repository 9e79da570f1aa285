"""Workers are killed, answers lost, the database cut; and no post is doubled, missing or left open.

A short form for everyday; `BEDSIDE_FAULTS=full` (`make faults`) takes 200 kills while 2,000 deliveries go out.
"""

import json
import os
import subprocess
import sys

import pytest

IS_FULL = os.environ.get("BEDSIDE_FAULTS") == "full"
SIZE = (
    ["--deliveries", "2000", "--kills", "200", "--seconds", "240"]
    if IS_FULL
    else ["--deliveries", "150", "--kills", "15", "--seconds", "15", "--channels", "20"]
)
CUTS = ["--kills", "20" if IS_FULL else "3", "--cuts", "20" if IS_FULL else "4"]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200 if IS_FULL else 240)]


def breaches(*options: str) -> dict[str, int]:
    """Run one trial; what must be nothing, by name."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BEDSIDE_")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    run = subprocess.run(
        [sys.executable, "-m", "bedside.faults", *SIZE, *options],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    told = {line["figure"]: line["value"] for line in map(json.loads, run.stdout.splitlines())}
    assert told["faults: killed"] > 0
    assert told["faults: looked up"] > 0, "nothing was ever uncertain, so nothing was tried"
    return {name: value for name, value in told.items() if name.split(": ")[1] in MUST_BE_NOTHING and value}


MUST_BE_NOTHING = {"doubled", "missing", "unresolved", "strangers", "broken links"}


@pytest.mark.parametrize("there", [[], ["--no-idempotency"]], ids=["idempotent network", "careless network"])
def test_killed_workers_and_lost_answers_double_and_lose_nothing(there: list[str]) -> None:
    assert breaches(*there) == {}


def test_a_locked_database_doubles_and_loses_nothing() -> None:
    assert breaches("--no-idempotency", *CUTS) == {}


def test_cut_connections_to_postgresql_double_and_lose_nothing(postgres_server, redis_server) -> None:
    servers = ["--database-url", postgres_server.url, "--redis-url", redis_server.url]
    assert breaches("--no-idempotency", *CUTS, *servers) == {}
