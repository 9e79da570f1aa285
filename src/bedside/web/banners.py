"""Which banners stand over every page: holds, an outage, the demonstration.

A banner is for what holds right now for everybody in the organization. What just happened to one member is a
message instead. `config.wiring` registers who tells.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bedside.web.pills import Tone


@dataclass(frozen=True)
class Banner:
    """One sentence, how it is meant, and where to act on it (both parts or neither)."""

    sentence: str
    tone: Tone = "info"
    icon: str = "info"
    url: str = ""
    action: str = ""


Source = Callable[[Any], Iterable[Banner]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(member)` contribute banners. Registering twice counts once."""
    if source not in _sources:
        _sources.append(source)


def banners_for(member: Any) -> list[Banner]:
    """Every banner for this member, in the order of registration."""
    return [banner for source in _sources for banner in source(member)]
