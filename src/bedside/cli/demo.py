"""`bedside demo`: builds the demonstration clinic, unless it is there, and prints a login for each role."""

import argparse
import sys

from bedside.cli import migrated
from bedside.cli.setup import after_setup
from bedside.config.environment import env


def register(parser: argparse.ArgumentParser) -> None:
    """Nothing is asked: the demonstration is always the same."""


def run(arguments: argparse.Namespace) -> int:
    """Build and print. Status 1 when the practice network, on which the clinic speaks, cannot be reached."""
    building = after_setup("bedside.demo.building")
    refusal = after_setup("bedside.foundation.refusal").Refusal
    if not migrated.is_up_to_date(env):
        after_setup("django.core.management").call_command("migrate", interactive=False, verbosity=0)
        migrated.remember(env)
    if not building.is_built():
        print("Making up the demonstration clinic: four months of it, in a minute or two.", flush=True)
    try:
        building.open_demonstration()
    except refusal as reason:
        print(reason, file=sys.stderr)
        return 1
    logins = building.logins()
    print("The demonstration clinic is open. Everybody there has the same password:", logins[0].password)
    for login in logins:
        print(f"  {login.role:20} {login.email:40} {login.name}")
    if not after_setup("bedside.people.entrance").is_open():
        print("It lets nobody in while there is an organization of your own here; BEDSIDE_DEMO=1 opens it.")
    else:
        print(f"Or sit at any of these desks with one press: {env.base_url}/people/demo")
    sys.stdout.flush()
    return 0
