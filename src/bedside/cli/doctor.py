"""`bedside doctor`: is everything in order, and what to do where it is not? One sentence for each thing that
was looked at.

What can be seen without the database is `cli/look_at_machine.py`, what needs it `cli/look_at_desk.py`.
Whether Bedside could be started at all is asked again at every start, by `cli/preflight.py`.
"""

import argparse
import json
import sys

from bedside.cli.look_at_machine import look_at_machine
from bedside.cli.setup import after_setup
from bedside.cli.sight import Sight, State, watch
from bedside.config.environment import env

SIGNS = {State.WELL: "ok     ", State.WATCH: "watch  ", State.ILL: "NOT OK "}

NOTHING_ELSE_CAN_BE_ASKED = {"settings", "data folder"}
"""When one of these is the last thing that was seen, it is what everything else depends on."""


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options of `bedside doctor`."""
    parser.add_argument("--json", action="store_true", help="one JSON line for each thing, for a monitor")


def run(arguments: argparse.Namespace) -> int:
    """Look at everything. The status is 1 when something is not in order, else 0."""
    seen = look_at_machine(env)
    if seen[-1].subject not in NOTHING_ELSE_CAN_BE_ASKED:
        seen += look_at_database()
    for sight in seen:
        print(as_json(sight) if arguments.json else as_words(sight), flush=True)
    ill = sum(sight.state is State.ILL for sight in seen)
    if ill and not arguments.json:
        print(f"{ill} of {len(seen)} things are not in order.", file=sys.stderr)
    return int(ill > 0)


def look_at_database() -> list[Sight]:
    """What is in the database, if there is one."""
    if not env.database_url and not env.sqlite_file.exists():
        return [watch("database", "There is none yet.", "It is made at the first start.")]
    seen: list[Sight] = after_setup("bedside.cli.look_at_desk").look_at_desk(env)
    return seen


def as_words(sight: Sight) -> str:
    """One line for a person."""
    advice = f" {sight.advice}" if sight.advice else ""
    return f"{SIGNS[sight.state]}{sight.subject}: {sight.says}{advice}"


def as_json(sight: Sight) -> str:
    """One line for a program."""
    members = {
        "subject": sight.subject,
        "state": sight.state.value,
        "says": sight.says,
        "advice": sight.advice,
    }
    return json.dumps(members, ensure_ascii=False)
