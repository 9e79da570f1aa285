"""What does the Today page show a member, and who tells it?

Rooms do not know this page: `config.wiring` registers for each a source that turns the room's own queries into
items. Three sections: what needs me now, what goes out today, what came in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from bedside.web.pills import Tone

Kind = Literal["needs_me", "goes_out", "came_in"]
KINDS: tuple[Kind, ...] = ("needs_me", "goes_out", "came_in")


class Item(Protocol):
    """What a source hands over; `TodayItem` is the ready-made one."""

    @property
    def kind(self) -> Kind: ...
    @property
    def title(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def weight(self) -> int: ...
    @property
    def icon(self) -> str: ...
    @property
    def tone(self) -> Tone: ...
    @property
    def done_url(self) -> str: ...


@dataclass(frozen=True)
class TodayItem:
    """One line of the page. The heavier stands first; among equals the earlier.

    `sentence` says why it is here and what to do; `at` is when it is due or came (aware UTC). Where `done_url` is
    given, a button posts there to put the line down; other lines go when what they speak of is done.
    """

    kind: Kind
    title: str
    sentence: str
    url: str
    at: datetime | None = None
    weight: int = 0
    icon: str = "info"
    tone: Tone = "quiet"
    done_url: str = ""


Source = Callable[[Any], Iterable[Item]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(member)` contribute items. Registering twice counts once."""
    if source not in _sources:
        _sources.append(source)


def items_for(member: Any) -> dict[Kind, list[Item]]:
    """Everything for this member, by section, in the order of the page."""
    sections: dict[Kind, list[Item]] = {kind: [] for kind in KINDS}
    for source in _sources:
        for item in source(member):
            sections[item.kind].append(item)
    for items in sections.values():
        items.sort(key=_rank)
    return sections


def _rank(item: Item) -> tuple[int, float]:
    return (-item.weight, item.at.timestamp() if item.at else float("inf"))
