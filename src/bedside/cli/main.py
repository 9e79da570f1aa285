"""The entrance of the `bedside` command: which subject answers, and nothing else.

Every subject is a module of this package with `register(parser)` and `run(arguments) -> int`. Only the module
whose name was typed is imported, so that `bedside guard` starts without the web framework.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence

from bedside import __version__
from bedside.cli.sentences import about_database
from bedside.config.declare import BadSetting

SUBJECTS = {
    "doctor": "look whether everything is in order, and say what to do where it is not",
    "serve": "start web, worker and practice network together, and end them together",
    "worker": "do the jobs: publish, listen, measure",
    "audit": "verify the record's chains, or take one along",
    "backup": "write one file with everything worth keeping, while Bedside runs",
    "restore": "bring a backup back into an empty data folder",
    "demo": "build the demonstration clinic, unless it is there, and print a login for each role",
    "hold": "stop all sending of this installation, or let it go on",
    "keys": "make a new encryption key and seal every secret anew",
    "guard": "check texts and pictures against the rules, without the web application",
    "practice": "run the practice network: a social network on this machine, to try, train and test on",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command line; the status is 0, or 1 after a failure, or 2 when the line or a setting makes no
    sense.
    """
    typed = list(sys.argv[1:] if words is None else words)
    try:
        arguments = _parser(typed).parse_args(typed)
        return int(importlib.import_module(f"bedside.cli.{arguments.subject}").run(arguments) or 0)
    except BadSetting as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except Exception as wrong:  # what is not the database's is raised again
        sentence = about_database(wrong)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1


def parser_for(subject: str) -> argparse.ArgumentParser:
    """The options and actions of one subject alone."""
    parser = argparse.ArgumentParser(prog=f"bedside {subject}", description=_sentence(subject))
    importlib.import_module(f"bedside.cli.{subject}").register(parser)
    return parser


def _parser(typed: list[str]) -> argparse.ArgumentParser:
    """All subjects by name, with the options of the one that was typed."""
    parser = argparse.ArgumentParser(prog="bedside", description="The social media desk for healthcare.")
    parser.add_argument("--version", action="version", version=f"Bedside {__version__}")
    subjects = parser.add_subparsers(dest="subject", required=True, metavar="SUBJECT")
    chosen = next((word for word in typed if not word.startswith("-")), None)
    for subject, summary in SUBJECTS.items():
        subparser = subjects.add_parser(subject, help=summary, description=_sentence(subject))
        if subject == chosen:
            importlib.import_module(f"bedside.cli.{subject}").register(subparser)
    return parser


def _sentence(subject: str) -> str:
    summary = SUBJECTS[subject]
    return f"{summary[0].upper()}{summary[1:]}."


if __name__ == "__main__":
    sys.exit(main())
