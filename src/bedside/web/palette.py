"""What can the command palette and the search page reach?

Rooms do not know the palette: `config.wiring` registers for each a source that turns the room's own search into
hits. The rooms of the navigation are always among the answers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from bedside.foundation.text import kept
from bedside.web.navigation import compose_for, navigation

PER_GROUP = 6


@dataclass(frozen=True)
class Hit:
    """One place to go: `group` is the heading it stands under ("Posts"), `detail` a few words at its side."""

    label: str
    url: str
    icon: str = "forward"
    detail: str = ""
    group: str = ""


Source = Callable[[Any, str], Iterable[Hit]]

_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Let `source(member, words)` answer searches; it must show the member nothing they may not see.

    It is called with at least two characters and should return few hits, the best first.
    """
    _sources[key] = source


def find(request: HttpRequest, words: str) -> dict[str, list[Hit]]:
    """Hits by heading, at most six under each: places first, then what the rooms found."""
    words = kept(words).strip()[:200]
    groups: dict[str, list[Hit]] = {}
    for hit in _places(request, words):
        groups.setdefault(_("Go to"), []).append(hit)
    member = getattr(request, "member", None)
    if member is not None and len(words) >= 2:
        for source in _sources.values():
            for hit in source(member, words):
                groups.setdefault(hit.group or _("Found"), []).append(hit)
    return {heading: hits[:PER_GROUP] for heading, hits in groups.items()}


def _places(request: HttpRequest, words: str) -> list[Hit]:
    compose = compose_for(request)
    shown = [*([compose] if compose else []), *navigation.shown_to(request)]
    return [
        Hit(place.label, place.url, place.icon) for place in shown if words.lower() in place.label.lower()
    ]
