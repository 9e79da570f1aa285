"""`bedside audit`: verify the record's chains, or take one along."""

import argparse
import sys
from types import ModuleType

from bedside.cli.setup import after_setup


def register(parser: argparse.ArgumentParser) -> None:
    """Add the words that may follow `bedside audit`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="walk every chain and name the first broken link")
    verify.add_argument("--organization", metavar="ID", help="only this organization's chain")
    export = actions.add_parser("export", help="write a chain as JSON lines to standard output")
    export.add_argument(
        "--organization", metavar="ID", help="the organization; without it, the installation's"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked. Status 1 when a link is broken."""
    if arguments.action == "export":
        return _export(arguments.organization)
    return _verify(arguments.organization)


def _verify(organization: str | None) -> int:
    queries = after_setup("bedside.audit.queries")
    if organization and _is_unknown(queries, organization):
        return 1
    keys = [queries.key_of(organization)] if organization else queries.chains()
    is_broken = False
    for key in keys:
        broken = queries.first_broken_link(key)
        if broken:
            is_broken = True
            print(f"{key}: BROKEN at line {broken.number}: {broken.says}.")
        else:
            print(f"{key}: {queries.length_of(key)} lines, the chain holds.")
    if is_broken:
        print("Keep a copy of the database as it is, and tell your privacy officer.", file=sys.stderr)
    elif not keys:
        print("Nothing has been recorded yet.")
    return int(is_broken)


def _export(organization: str | None) -> int:
    queries, export = after_setup("bedside.audit.queries"), after_setup("bedside.audit.export")
    if organization and _is_unknown(queries, organization):
        return 1
    lines = queries.find(queries.key_of(organization), queries.Question()).order_by("number")
    sys.stdout.writelines(export.as_json_lines(lines.iterator(chunk_size=2000)))
    return 0


def _is_unknown(queries: ModuleType, organization: str) -> bool:
    """Whether nothing was ever recorded under it; says so, since an empty export looks like evidence."""
    if queries.key_of(organization) in queries.chains():
        return False
    print(
        f"Nothing is recorded under the organization {organization}. `bedside audit verify` lists the chains.",
        file=sys.stderr,
    )
    return True
