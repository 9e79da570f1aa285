"""Who looks at pictures for words, faces and codes? Registered in `config.wiring`, so that this room knows nobody.

A looker takes the path of a clean file and gives JSON: `text_in_picture`, `faces` (how many), `codes`.
Without one, a picture is judged by what people wrote about it and by its file name alone.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Look = Callable[[Path], Mapping[str, Any]]

_lookers: list[Look] = []


def register(look: Look) -> None:
    """Let `look` look at every picture from now on; the last one registered counts."""
    _lookers[:] = [look]


def look_at(path: Path) -> dict[str, Any]:
    """What is seen in the picture at `path`."""
    return dict(_lookers[0](path)) if _lookers else {}
