"""Looking at pictures in a process of its own: the models take 400 MB, and only while they look.

The library asks (`library.looking`), the guard's command looks (`bedside guard image --facts`), and neither
knows the other. A picture that breaks a decoder breaks that process, not the worker.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

AT_MOST_SECONDS = 120


class NotLooked(Exception):
    """The looking process ended without a word; it is asked again later."""


def look(path: Path) -> Mapping[str, Any]:
    """What is seen in the picture: `text_in_picture`, `faces` (how many), `face_boxes`, `codes`."""
    command = [sys.executable, "-m", "bedside.cli.main", "guard", "image", "--facts", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=AT_MOST_SECONDS, check=False)  # noqa: S603  # our own
    try:
        seen = json.loads(done.stdout)
    except ValueError:
        raise NotLooked(f"The looking process ended with status {done.returncode}.") from None
    if "error" in seen:
        return {"unreadable": seen["error"]}
    boxes = [[face["x"], face["y"], face["width"], face["height"]] for face in seen["faces"]]
    return {
        "text_in_picture": seen["text"],
        "faces": len(boxes),
        "face_boxes": boxes,
        "codes": [code["text"] for code in seen["codes"]],
    }
