"""Which rooms stand in the navigation, in which order, for whom?

An entry is shown to a member who has at least one of its powers (an entry without powers is for everybody), and
only once its address resolves, so the shell works before a room has pages. Rooms lie on lower floors and may not
import this module: `config.wiring` registers for them what is not in the list here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BadgeQuery = Callable[[Any], int]
_SHOWN = "_shown_rooms"  # the three lists of a page (daily, house, thumb) are made from one reading


@dataclass(frozen=True)
class Entry:
    """One room in the navigation.

    `power` names the powers, space between, of which one is enough. `badge_query(member)` counts what waits
    for that member there; 0 shows nothing. `group` is "" for daily rooms and "house" for the lower list.
    """

    key: str
    label: Promise | str
    url_name: str
    icon: str
    power: str = ""
    order: int = 100
    badge_query: BadgeQuery | None = None
    group: str = ""
    in_phone_bar: bool = False

    def is_for(self, powers: frozenset[str]) -> bool:
        """Whether a member with these powers sees the entry."""
        needed = self.power.split()
        return not needed or not powers.isdisjoint(needed)


@dataclass(frozen=True)
class Shown:
    """An entry as the page shows it."""

    key: str
    label: str
    url: str
    icon: str
    count: int
    is_current: bool
    group: str
    in_phone_bar: bool


@dataclass
class Registry:
    """The entries by key."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def register(self, entry: Entry) -> None:
        """Add an entry, or replace the one with the same key."""
        self.entries[entry.key] = entry

    def count_with(self, key: str, badge_query: BadgeQuery) -> None:
        """Let `badge_query(member)` count what waits in the room `key`."""
        entry = self.entries[key]
        self.entries[key] = Entry(**{**entry.__dict__, "badge_query": badge_query})

    def shown_to(self, request: HttpRequest) -> list[Shown]:
        """The entries for the member at the desk, in order; none before sign-in. What waits is counted once a page."""
        shown: list[Shown] | None = getattr(request, _SHOWN, None)
        if shown is None:
            shown = self._read(request)
            setattr(request, _SHOWN, shown)
        return shown

    def _read(self, request: HttpRequest) -> list[Shown]:
        member = getattr(request, "member", None)
        if member is None:
            return []
        powers = frozenset(str(power) for power in getattr(member, "powers", ()))
        found = [entry for entry in self.entries.values() if entry.is_for(powers)]
        return [
            shown
            for entry in sorted(found, key=lambda entry: (entry.group, entry.order))
            if (shown := _shown(entry, request, member))
        ]


def _shown(entry: Entry, request: HttpRequest, member: Any) -> Shown | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None  # the room has no pages yet
    here = request.path
    is_current = here == url or (url != "/" and here.startswith(url))
    count = entry.badge_query(member) if entry.badge_query else 0
    return Shown(
        entry.key,
        str(entry.label),
        url,
        entry.icon,
        count,
        is_current,
        entry.group,
        entry.in_phone_bar,
    )


navigation = Registry()
register = navigation.register
count_with = navigation.count_with

for _entry in (
    Entry("today", _("Today"), "web:today", "today", order=10, in_phone_bar=True),
    Entry("calendar", _("Calendar"), "planning:calendar", "calendar", "view", 20, in_phone_bar=True),
    Entry(
        "approvals",
        _("Approvals"),
        "approvals:queue",
        "approvals",
        "view approve_brand approve_clinical approve_privacy",
        30,
        in_phone_bar=True,
    ),
    Entry("inbox", _("Inbox"), "inbox:list", "inbox", "answer", 40, in_phone_bar=True),
    Entry("ledger", _("Ledger"), "publishing:ledger", "ledger", "view", 50),
    Entry("library", _("Library"), "library:assets", "library", "view", 60),
    Entry("insights", _("Insights"), "insights:overview", "insights", "measure", 70),
    Entry("record", _("Record"), "audit:record", "record", "audit", 10, group="house"),
    Entry(
        "settings",
        _("Settings"),
        "people:settings",
        "settings",
        "manage_organization manage_people manage_channels manage_rules",
        20,
        group="house",
    ),
):
    register(_entry)

COMPOSE = Entry("compose", _("Write a post"), "planning:compose", "compose", "write")


def compose_for(request: HttpRequest) -> Shown | None:
    """The way to a new post, for members who may write one."""
    member = getattr(request, "member", None)
    powers = frozenset(str(power) for power in getattr(member, "powers", ()))
    return _shown(COMPOSE, request, member) if member and COMPOSE.is_for(powers) else None
