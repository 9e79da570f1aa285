"""`bedside worker`: its options. The work itself is `cli/shift.py`, imported when Django is set up."""

import argparse

from bedside.cli.setup import after_setup
from bedside.config.environment import env


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options of `bedside worker`."""
    parser.add_argument(
        "--threads",
        type=int,
        default=env.worker_threads,
        metavar="N",
        help="how many jobs are done at the same time",
    )


def run(arguments: argparse.Namespace) -> int:
    """Work until INT or TERM comes."""
    return int(after_setup("bedside.cli.shift").work(threads=arguments.threads))
