"""`bedside guard image [--org org.json] [--write DIR] FILE…`: a JSON line for each picture, film or PDF.

`--write` puts a copy without metadata into a folder. A file that is none gets a line with `error`, and the exit
status is 1 at the end; the others are judged. `--facts` prints only what was seen, for programs: lines with
`progress` come before.
"""

import argparse
import hashlib
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import cv2

from bedside.guard import Finding, Material, OrganizationFacts, decide, judge
from bedside.guard.pictures import captions
from bedside.guard.pictures.areas import areas_of, second_of
from bedside.guard.pictures.film import Progress, is_animation, is_film, look_at_animation, look_at_film
from bedside.guard.pictures.look import Unreadable, look
from bedside.guard.pictures.pdf import is_pdf, look_at_pdf
from bedside.guard.pictures.seen import Seen
from bedside.guard.pictures.strip import stripped


def run(asked: argparse.Namespace) -> int:
    """Judge `asked.files`; the exit status. The words of the command line are declared in `cli/guard.py`."""
    try:
        organization = _organization(asked.org)
        if asked.write:
            asked.write.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as wrong:
        print(f"This could not be read or written: {_reason(wrong)}.", file=sys.stderr)
        return 2
    status = 0
    for path in asked.files:
        line = _line(path, organization, asked)
        status = 1 if "error" in line else status
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return status


def _reason(wrong: OSError | ValueError) -> str:
    if isinstance(wrong, OSError):
        return f"{wrong.filename} ({(wrong.strerror or 'it is not there').lower()})"
    if isinstance(wrong, json.JSONDecodeError):
        return f"the organization's facts are not JSON (line {wrong.lineno}: {wrong.msg})"
    return str(wrong).rstrip(".")


def _line(path: Path, organization: OrganizationFacts, asked: argparse.Namespace) -> dict[str, Any]:
    try:
        if asked.facts:
            return _facts(path, organization, asked.captions)
        return _judged(path, organization, asked.write, asked.captions)
    except Unreadable as wrong:
        return {"file": str(path), "error": str(wrong)}
    except FileNotFoundError:
        return {"file": str(path), "error": "There is no such file."}
    except IsADirectoryError:
        return {"file": str(path), "error": "This is a folder, not a picture."}
    except OSError as wrong:
        return {"file": str(path), "error": f"The file could not be read or written: {wrong.strerror}."}
    except (cv2.error, MemoryError, ValueError) as wrong:
        return {"file": str(path), "error": f"The picture could not be looked at ({type(wrong).__name__})."}


def _organization(path: Path | None) -> OrganizationFacts:
    if path is None:
        return OrganizationFacts()
    return OrganizationFacts.from_json(json.loads(path.read_text(encoding="utf-8")))


def look_into(path: Path, *, subtitles: Path | None = None, tell: Progress | None = None) -> Seen:
    """Look at a picture, an animation, a film or a PDF, whichever the file is. Raises Unreadable or OSError."""
    if is_pdf(path):
        return look_at_pdf(path, tell=tell)
    if is_film(path):
        words = captions.words_of(subtitles) if subtitles else captions.beside(path)
        return look_at_film(path, captions=words, tell=tell)
    return look_at_animation(path) if is_animation(path) else look(path)


def _facts(path: Path, organization: OrganizationFacts, subtitles: Path | None) -> dict[str, Any]:
    seen = look_into(path, subtitles=subtitles, tell=partial(_tell, path))
    areas = areas_of(seen, findings_in(seen, "", organization))
    return {"file": str(path), **seen.as_json(), "areas": areas}


def _tell(path: Path, done: int, of: int) -> None:
    print(json.dumps({"file": str(path), "progress": [done, of]}), flush=True)


def _judged(
    path: Path, organization: OrganizationFacts, write: Path | None, subtitles: Path | None
) -> dict[str, Any]:
    seen = look_into(path, subtitles=subtitles)
    findings = findings_in(seen, path.name, organization)
    line: dict[str, Any] = {
        "file": str(path),
        "verdict": decide(findings),
        "text": seen.text,
        "findings": [_finding(seen, found) for found in findings],
        "faces": [_plain(seen, {"box": _box(face.box), "second": face.second}) for face in seen.faces],
        "codes": [_plain(seen, asdict(code)) for code in seen.codes],
        "metadata": dict(seen.metadata),
    }
    if seen.kind in ("video", "gif"):
        line |= {"flashes": [list(each) for each in seen.flashes]}
    if seen.kind == "video":
        return line | {"seconds": list(seen.seconds), "is_read_whole": seen.is_read_whole}
    if seen.kind == "document":
        return line  # nothing is written: no copy of a PDF leaves from here
    return line if write is None else line | {"written": str(_written(path, write))}


def _written(path: Path, folder: Path) -> Path:
    content, suffix = stripped(path)
    target = folder / f"{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
    target.write_bytes(content)
    return target


def findings_in(seen: Seen, file_name: str, organization: OrganizationFacts) -> tuple[Finding, ...]:
    """What the guard finds in a picture alone. That nobody described it yet is no finding here."""
    facts = seen.facts(content_hash="", alt_text="", file_name=file_name)
    verdict = judge(Material(surface="post", text="", media=(facts,)), organization=organization)
    return tuple(found for found in verdict.findings if not found.field.startswith("alt_texts"))


def _finding(seen: Seen, found: Finding) -> dict[str, Any]:
    names = ("rule", "field", "start", "end", "says", "why", "instead", "weight")
    return _plain(seen, {name: getattr(found, name) for name in names} | {"second": second_of(seen, found)})


def _plain(seen: Seen, values: dict[str, Any]) -> dict[str, Any]:
    """Without a second where there is none: pictures have no time, and documents have pages."""
    second = values.pop("second", None)
    if second is None:
        return values
    return values | ({"page": int(second)} if seen.kind == "document" else {"second": second})


def _box(box: Any) -> list[int]:
    return [box.x, box.y, box.width, box.height]
