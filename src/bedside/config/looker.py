"""Looking at pictures in a process of its own: the models take 400 MB, and only while they look.

The library asks (`library.looking`), the guard's command looks (`bedside guard image --facts`), and neither
knows the other. A picture that breaks a decoder breaks that process, not the worker.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from typing import Any

from bedside.library.looking import Subject
from bedside.people.queries import facts_for

AT_MOST_SECONDS = 600.0


class NotLooked(Exception):
    """The looking process ended without a word; it is asked again later."""


def look(subject: Subject) -> Mapping[str, Any]:
    """What is seen in the picture or film: `text_in_picture`, `faces` (how many at once), `areas`, `codes`."""
    command = [sys.executable, "-m", "bedside.cli.main", "guard", "image", "--facts"]
    if subject.captions is not None:
        command += ["--captions", str(subject.captions)]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as facts:
        json.dump(facts_for(subject.organization), facts)
        facts.flush()
        seen = _run([*command, "--org", facts.name, str(subject.path)], subject)
    if "error" in seen:
        return {"unreadable": seen["error"]}
    return {
        "text_in_picture": seen["text"],
        "faces": seen["most_faces"],
        "codes": [code["text"] for code in seen["codes"]],
        "areas": seen["areas"],
        "faint": seen["faint"],
        "captions": seen["captions"],
        "seconds": seen["seconds"],
        **_of_flashes(seen),
        "moments": [[line["start"], line["second"]] for line in seen["lines"] if line["second"] is not None],
    }


def _of_flashes(seen: Mapping[str, Any]) -> dict[str, Any]:
    """Where it flashes, and whether it was short enough for every frame to be compared. Pictures have no such facts."""
    if seen["kind"] not in ("video", "gif"):
        return {}
    return {"flashes": seen["flashes"], "is_read_whole": seen["is_read_whole"]}


def _run(command: list[str], subject: Subject) -> dict[str, Any]:
    """The last line that the process prints; lines before it tell how far it has come."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:  # noqa: S603  # our own
        late = threading.Timer(AT_MOST_SECONDS, process.kill)
        late.start()
        try:
            seen = _last(process.stdout or (), subject)
        finally:
            late.cancel()
            process.kill()
    if seen is None:
        raise NotLooked(f"The looking process ended with status {process.returncode}.")
    return seen


def _last(lines: Iterable[str], subject: Subject) -> dict[str, Any] | None:
    seen = None
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if "progress" not in told:
            seen = told
        elif subject.tell is not None:
            done, of = told["progress"]
            subject.tell(100 * done // max(1, of))
    return seen
