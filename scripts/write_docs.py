"""Writes the pages that come from the code: the settings and the commands.

`make docs` writes them. With `--check` nothing is written, and the exit status is 1 when a page is not as the
code would write it; a test (`tests/house/test_documentation.py`) asks that.
"""

import argparse
import os
import sys
from pathlib import Path

from bedside.cli.main import SUBJECTS, parser_for
from bedside.config.declare import Setting
from bedside.config.environment import Environment

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 100


def settings_page() -> str:
    """docs/settings.md, from the sentences in `config/environment.py`."""
    lines = [
        "# Settings",
        "",
        "Every setting is an environment variable. All have a default that suits one machine; `make run` needs none.",
        "A value that makes no sense stops the start with a sentence. This page is written from",
        "`src/bedside/config/environment.py` by `make docs`.",
        "",
    ]
    for setting in Environment.declared():
        lines += setting_lines(setting)
    return "\n".join(lines)


def setting_lines(setting: Setting[object]) -> list[str]:
    default = setting.shown_default or "empty"
    secret = " Never shown in a log." if setting.is_secret else ""
    return [
        f"## {setting.variable}",
        "",
        f"{setting.sentence}{secret}",
        "",
        f"*{setting.kind}*, default: `{default}`",
        "",
    ]


def commands_page() -> str:
    """docs/commands.md, from the commands' own help."""
    lines = [
        "# Commands",
        "",
        "`.venv/bin/bedside SUBJECT …` after `make run`, or `bedside` when installed with pip. The exit status is 0",
        "when all went well, 1 after a failure, 2 when the command line or the set-up makes no sense. This page is",
        "written from the commands' own help by `make docs`.",
        "",
    ]
    for subject in sorted(SUBJECTS):
        lines += [f"## bedside {subject}", ""]
        for name, parser in with_actions(f"bedside {subject}", parser_for(subject)):
            lines += ["```", f"{name}", *help_of(parser), "```", ""]
    return "\n".join(lines)


def with_actions(name: str, parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    """A command and the actions below it, each with its parser."""
    found = [(name, parser)]
    for action in parser._actions:  # argparse has no public way to list them
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                found += with_actions(f"{name} {word}", below)
    return found


def help_of(parser: argparse.ArgumentParser) -> list[str]:
    """The help of one parser at a fixed width, without its usage line."""
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=WIDTH, max_help_position=28)
    text = parser.format_help().split("\n\n", 1)[-1]
    return [line.rstrip() for line in text.rstrip().splitlines()]


PAGES = {"settings.md": settings_page, "commands.md": commands_page}


def main(arguments: list[str]) -> int:
    for variable in [name for name in os.environ if name.startswith("BEDSIDE_")]:
        del os.environ[variable]  # the pages speak of defaults, not of this terminal
    stale = []
    for name, page in PAGES.items():
        file, text = DOCS / name, page()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in arguments:
                file.write_text(text, encoding="utf-8")
    if stale and "--check" in arguments:
        print(f"Not as the code is: {', '.join(stale)}. Run `make docs`.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
