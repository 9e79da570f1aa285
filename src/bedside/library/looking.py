"""Who looks at pictures for words, faces and codes? Registered in `config.wiring`, so that this room knows nobody.

A looker takes what is to be looked at and gives JSON: `text_in_picture`, `faces` (how many), `codes`, `areas`
(each part with `kind`, `box`, `words`, `is_found`), for films `captions`, for what moves `flashes` (from which second
to which). Without one, a picture is judged by what people wrote about it and by its file name alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bedside.people.models import Organization


@dataclass(frozen=True)
class Subject:
    """What is to be looked at: the clean file, a film's subtitles, whose it is, and who hears how far it has come."""

    path: Path
    organization: Organization
    captions: Path | None = None
    tell: Callable[[int], None] | None = None  # percent


Look = Callable[[Subject], Mapping[str, Any]]

_lookers: list[Look] = []


def register(look: Look) -> None:
    """Let `look` look at every picture from now on; the last one registered counts."""
    _lookers[:] = [look]


def look_at(subject: Subject) -> dict[str, Any]:
    """What is seen in the picture or film."""
    return dict(_lookers[0](subject)) if _lookers else {}
