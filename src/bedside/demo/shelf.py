"""Where do the demonstration's words stand, and in which form are they read?

All of them were written for this clinic and lie in `words/*.yaml`: the clinic itself, what it posts, what people
say to it, what is planned. Nothing here decides when something is said; that is `seasons`.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bedside.guard.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Piece:
    """One text of the clinic and when it may be said: on a day (`day`), within a season (`season`), or at any time."""

    key: str
    text: str
    channels: tuple[str, ...] = ("main",)
    topic: str = ""
    tags: tuple[str, ...] = ()
    campaign: str = ""
    picture: str = ""
    alt_text: str | None = None
    sources: tuple[str, ...] = ()
    first_comment: str = ""
    thread: tuple[str, ...] = ()
    wordings: Mapping[str, str] | None = None
    day: Any = None
    season: tuple[str, str] | None = None
    language: str = "en"


@lru_cache
def words(name: str) -> Any:
    """What stands in `words/<name>.yaml`."""
    return read_yaml((FOLDER / f"{name}.yaml").read_bytes())


def pieces(name: str) -> list[Piece]:
    """The texts of one file, in their order; a file's `all` holds what its texts have in common."""
    found = words(name)
    return [piece(entry, found.get("all", {})) for entry in found["texts"]]


def piece(entry: Mapping[str, Any], shared: Mapping[str, Any]) -> Piece:
    """One text, with what it shares with those around it."""
    fields = {**shared, **entry}
    for name in ("channels", "tags", "sources", "thread", "season"):
        if fields.get(name) is not None:
            fields[name] = tuple(fields[name])
    fields["text"] = fields["text"].strip()
    return Piece(**fields)


def library_of_posts() -> list[Piece]:
    """Every text that the clinic may post, from all files whose name begins with `posts`."""
    names = sorted(path.stem for path in FOLDER.glob("posts*.yaml"))
    return [each for name in names for each in pieces(name)]


def dice(*words: object) -> int:
    """A number that looks thrown and is always the same for the same words, so that every demonstration is alike."""
    return zlib.crc32("/".join(str(word) for word in words).encode())
