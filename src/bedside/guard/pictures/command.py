"""`bedside guard image [--org org.json] [--write DIR] FILE…`: a JSON line for each picture.

`--write` puts a copy without metadata into a folder. A file that is no picture gets a line with `error`, and
the exit status is 1 at the end; the others are judged. `--facts` prints only what was seen, for programs.
"""

import argparse
import hashlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bedside.guard import Finding, Material, OrganizationFacts, decide, judge
from bedside.guard.pictures.look import Seen, Unreadable, look
from bedside.guard.pictures.strip import stripped


def run(asked: argparse.Namespace) -> int:
    """Judge `asked.files`; the exit status. The words of the command line are declared in `cli/guard.py`."""
    try:
        organization = _organization(asked.org)
        if asked.write:
            asked.write.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as wrong:
        print(f"This could not be read or written: {wrong}", file=sys.stderr)
        return 2
    status = 0
    for path in asked.files:
        try:
            line = _facts(path) if asked.facts else _judged(path, organization, asked.write)
        except (Unreadable, OSError) as wrong:
            line, status = {"file": str(path), "error": str(wrong)}, 1
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return status


def _organization(path: Path | None) -> OrganizationFacts:
    if path is None:
        return OrganizationFacts()
    return OrganizationFacts.from_json(json.loads(path.read_text(encoding="utf-8")))


def _facts(path: Path) -> dict[str, Any]:
    return {"file": str(path), **look(path).as_json()}


def _judged(path: Path, organization: OrganizationFacts, write: Path | None) -> dict[str, Any]:
    seen = look(path)
    findings = findings_in(seen, path.name, organization)
    line: dict[str, Any] = {
        "file": str(path),
        "verdict": decide(findings),
        "text": seen.text,
        "findings": [_finding(found) for found in findings],
        "faces": [{"box": [f.x, f.y, f.width, f.height]} for f in seen.faces],
        "codes": [asdict(code) for code in seen.codes],
        "metadata": dict(seen.metadata),
    }
    if write is not None:
        content, suffix = stripped(path)
        target = write / f"{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
        target.write_bytes(content)
        line["written"] = str(target)
    return line


def findings_in(seen: Seen, file_name: str, organization: OrganizationFacts) -> tuple[Finding, ...]:
    """What the guard finds in a picture alone. That nobody described it yet is no finding here."""
    facts = seen.facts(content_hash="", alt_text="", file_name=file_name)
    verdict = judge(Material(surface="post", text="", media=(facts,)), organization=organization)
    return tuple(found for found in verdict.findings if not found.field.startswith("alt_texts"))


def _finding(found: Finding) -> dict[str, Any]:
    names = ("rule", "field", "start", "end", "says", "why", "instead", "weight")
    return {name: getattr(found, name) for name in names}
