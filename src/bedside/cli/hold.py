"""`bedside hold`: stop all sending of this installation, see what is stopped, let it go on.

The way of who runs the machine, when something has to stop at once and for everybody; members stop their own
organization or a channel on screen. Both are in the record.
"""

import argparse
import sys

from bedside.cli.setup import after_setup


def register(parser: argparse.ArgumentParser) -> None:
    """Add the words that may follow `bedside hold`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    place = actions.add_parser("place", help="stop everything on this installation")
    place.add_argument("reason", help="why, in a few words; members see it")
    actions.add_parser("list", help="what is stopped now")
    actions.add_parser("lift", help="lift the hold on everything; what became late stays held for a person")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; status 1 with a sentence when that is refused."""
    actions, models = after_setup("bedside.crisis.actions"), after_setup("bedside.crisis.models")
    house, refusal = after_setup("bedside.people.doers").THE_HOUSE, after_setup("bedside.foundation.refusal")
    standing = list(models.Hold.objects.in_force().order_by("placed_at"))
    if arguments.action == "list":
        lines = [f"{h.placed_at:%Y-%m-%d %H:%M} UTC  {actions.scope_words(h)}: {h.reason}" for h in standing]
        print("\n".join(lines) or "Nothing is stopped.")
        return 0
    try:
        if arguments.action == "place":
            actions.place_hold(organization_id=None, reason=arguments.reason, by=house)
            print("Nothing leaves this installation until: bedside hold lift")
            return 0
    except refusal.Refusal as no:
        print(no.sentence, file=sys.stderr)
        return 1
    everything = [h for h in standing if h.organization_id is None]
    for hold in everything:
        actions.lift_hold(hold, by=house)
    print("Sending goes on." if everything else "There was no hold on everything.")
    return 0
