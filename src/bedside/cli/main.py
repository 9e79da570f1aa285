"""The entrance of the `bedside` command: which subject answers, and nothing else.

Every subject is a module of this package with `register(parser)` and `run(arguments) -> int`. Only the module
whose name was typed is imported, so that `bedside guard` starts without the web framework.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence

SUBJECTS = {
    "serve": "start web, worker and practice network together, and end them together",
    "worker": "do the jobs: publish, listen, measure",
    "guard": "check texts and pictures against the rules, without the web application",
    "practice": "run the practice network: a social network on this machine, to try, train and test on",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command line; the status is 0, or 1 after a failure, or 2 when the line is not understood."""
    typed = list(sys.argv[1:] if words is None else words)
    parser = argparse.ArgumentParser(prog="bedside", description=__doc__.splitlines()[0] if __doc__ else "")
    subjects = parser.add_subparsers(dest="subject", required=True, metavar="SUBJECT")
    chosen = next((word for word in typed if not word.startswith("-")), None)
    for subject, summary in SUBJECTS.items():
        subparser = subjects.add_parser(subject, help=summary, description=summary.capitalize() + ".")
        if subject == chosen:
            importlib.import_module(f"bedside.cli.{subject}").register(subparser)
    arguments = parser.parse_args(typed)
    return int(importlib.import_module(f"bedside.cli.{arguments.subject}").run(arguments) or 0)


if __name__ == "__main__":
    sys.exit(main())
