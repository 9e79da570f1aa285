"""`bedside guard`: check texts line by line, list the rules, explain one, write their documentation.

The forms of input and output lines are fixed and documented in `docs/rooms/guard.md`. Judging itself is in
`bedside.guard`; pictures are read by `bedside.guard.pictures`, imported only for `bedside guard image`.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Any, cast

from bedside.cli.sentences import about_file
from bedside.guard import (
    SURFACES,
    LinkFacts,
    Material,
    MediaFacts,
    OrganizationFacts,
    judge_many,
    rule,
    rules,
)
from bedside.guard.verdict import Finding, Verdict

_BLOCK = 1 << 16  # bytes


def register(parser: argparse.ArgumentParser) -> None:
    """Add the words that may follow `bedside guard`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="judge JSON lines from standard input")
    check.add_argument("--org", type=Path, metavar="FILE", help="the organization's facts as JSON")
    actions.add_parser("rules", help="list all rules")
    explain = actions.add_parser("explain", help="tell everything about one rule")
    explain.add_argument("rule", metavar="RULE")
    document = actions.add_parser("document", help="write one page per rule into a folder")
    document.add_argument("folder", type=Path)
    image = actions.add_parser(
        "image", help="judge pictures, films and PDFs: their text, faces, codes and metadata"
    )
    image.add_argument("--org", type=Path, metavar="FILE", help="the organization's facts as JSON")
    image.add_argument("--write", type=Path, metavar="DIR", help="put copies without metadata here")
    image.add_argument(
        "--captions", type=Path, metavar="FILE", help="the subtitles of a film (SRT or WebVTT)"
    )
    image.add_argument("--facts", action="store_true", help="print what is seen, without a verdict")
    image.add_argument("files", nargs="+", type=Path, metavar="FILE")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    if arguments.action == "image":
        return int(importlib.import_module("bedside.guard.pictures.command").run(arguments))
    if arguments.action == "rules":
        return _list_rules()
    if arguments.action == "explain":
        return _explain(arguments.rule)
    if arguments.action == "document":
        return _document(arguments.folder)
    return _check(arguments.org)


def _check(org: Path | None) -> int:
    try:
        organization = read_organization(org)
    except (OSError, ValueError) as wrong:
        print(f"The organization's facts could not be read: {about_file(wrong)}.", file=sys.stderr)
        return 2
    return check_lines(cast(BufferedIOBase, sys.stdin.buffer), sys.stdout, organization)


def read_organization(path: Path | None) -> OrganizationFacts:
    """The facts of `org.json`; OSError or ValueError when the file cannot be read or understood."""
    if path is None:
        return OrganizationFacts()
    try:
        return OrganizationFacts.from_json(json.loads(path.read_text(encoding="utf-8")))
    except json.JSONDecodeError as wrong:
        raise ValueError(f"{path} is not JSON (line {wrong.lineno}: {wrong.msg})") from wrong
    except UnicodeDecodeError as wrong:
        raise ValueError(f"{path} is not a text file in UTF-8") from wrong


def check_lines(lines: BufferedIOBase, out: IO[str], organization: OrganizationFacts) -> int:
    """Judge each line as it comes and answer with a line; 1 when any line was not understood, else 0.

    What has come is judged together, because many texts at once take less time than one after the other.
    """
    status, first = 0, 1
    for come in _come(lines):
        read = [_read(number, line) for number, line in enumerate(come, start=first) if line.strip()]
        first += len(come)
        verdicts = judge_many(
            (each for each, _ in read if isinstance(each, Material)), organization=organization
        )
        for each, name in read:
            is_read = isinstance(each, Material)
            answer = _answer(next(verdicts), name) if is_read else each
            status = status if is_read else 1
            print(json.dumps(answer, ensure_ascii=False), file=out)
        out.flush()
    return status


def _come(lines: BufferedIOBase) -> Iterator[list[bytes]]:
    """The whole lines that have come, a group whenever some have; never waits for more than one."""
    begun: list[bytes] = []
    while block := lines.read1(_BLOCK):
        *whole, rest = block.split(b"\n")
        if whole:
            whole[0] = b"".join([*begun, whole[0]])
            begun = []
            yield whole
        begun.append(rest)
    if any(begun):
        yield [b"".join(begun)]


def _read(number: int, line: bytes) -> tuple[Material, Any] | tuple[dict[str, Any], None]:
    """One line as a material with its id, or what is wrong with it."""
    try:
        item = json.loads(line)
        return material_of(item), item.get("id")
    except (ValueError, RecursionError) as wrong:
        return {"line": number, "error": _sentence(wrong)}, None


def _sentence(wrong: Exception) -> str:
    if isinstance(wrong, json.JSONDecodeError | UnicodeDecodeError | RecursionError):
        return f"This line is not JSON: {wrong}"
    return str(wrong)


def _answer(verdict: Verdict, name: Any) -> dict[str, Any]:
    return {
        "id": name,
        "verdict": verdict.decision,
        "findings": [_shown(finding) for finding in verdict.findings],
    }


def material_of(item: Any) -> Material:
    """The material of one input line; ValueError with a sentence when the line has another form."""
    if not isinstance(item, dict):
        raise ValueError("A line must be one JSON object.")
    surface = item.get("surface", "post")
    if surface not in SURFACES:
        raise ValueError(f"'surface' must be one of: {', '.join(SURFACES)}.")
    return Material(
        surface=surface,
        text=_text(item, "text"),
        parent=_text(item, "parent"),
        media=tuple(
            MediaFacts(content_hash="", kind="image", alt_text=alt) for alt in _texts(item, "alt_texts")
        ),
        links=tuple(LinkFacts(url=url) for url in _texts(item, "links")),
    )


def _text(item: dict[str, Any], key: str) -> str:
    found = item.get(key)
    if found is None and key != "text":
        return ""
    if not isinstance(found, str):
        raise ValueError(f"'{key}' must be text.")
    return found


def _texts(item: dict[str, Any], key: str) -> Iterator[str]:
    found = item.get(key) or []
    if not isinstance(found, list) or not all(isinstance(entry, str) for entry in found):
        raise ValueError(f"'{key}' must be a list of texts.")
    yield from found


def _document(folder: Path) -> int:
    try:
        importlib.import_module("bedside.guard.document").write_pages(folder)
    except OSError as wrong:
        print(f"The pages were not written: {about_file(wrong)}.", file=sys.stderr)
        return 1
    return 0


_SHOWN = ("rule", "field", "start", "end", "says", "why", "instead", "weight")


def _shown(finding: Finding) -> dict[str, Any]:
    return {key: getattr(finding, key) for key in _SHOWN}


def _list_rules() -> int:
    for each in rules():
        print(f"{each.id:42} {each.weight:15} {each.title}")
    return 0


def _explain(rule_id: str) -> int:
    try:
        found = rule(rule_id)
    except KeyError as unknown:
        print(unknown.args[0], file=sys.stderr)
        return 2
    explanation = importlib.import_module("bedside.guard.document").page(found)
    print(explanation)
    return 0
