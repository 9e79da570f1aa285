"""One post on one day of the calendar: its first words, its time, how far it got, and whether it can be moved.

Plain values and no models: a busy month has hundreds of entries, and the page is wanted at once. So everything
is read in three queries whatever their number, and what costs more than a row is done once for all of them.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext

from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning import progress
from bedside.planning.models import Post, Variant

MOST_WORDS = 160  # of an entry's tooltip; the chip shows fewer
_GRAVEST = ("failed", "held", "unsure", "sending", "waiting")
_NOBODY = UUID(int=0)  # stands for the id in an address


@dataclass(frozen=True)
class Entry:
    """One post on one day. `state` is the gravest of what became of it, or its own; `words` are its first ones.

    `move` is the id under which it can be dragged to another day, or nothing.
    """

    url: str
    words: str
    planned_at: datetime | None
    state: str
    networks: tuple[str, ...]
    move: str

    @property
    def short_time(self) -> str:
        """The time of day in as few signs as the locale allows: "9AM", "9:30AM", "09:30"."""
        if self.planned_at is None:
            return ""
        local = timezone.localtime(self.planned_at)
        return _short(local.hour, local.minute, get_language())


@functools.lru_cache(maxsize=24 * 60 * 2)
def _short(hour: int, minute: int, _language: str | None) -> str:
    # Translators: Django's format of a time of day, as short as possible, e.g. "fA" or "H:i"
    return time_format(time(hour, minute), gettext("fA"))


def entries_of(member: Member, pks: list[UUID], *, with_networks: bool = False) -> dict[UUID, Entry]:
    """The entries of these posts as the member may see and move them, in the same order."""
    rows = Post.objects.filter(pk__in=pks).values_list("pk", Left("text", MOST_WORDS), "state", "planned_at")
    posts = {pk: (words, state, at) for pk, words, state, at in rows}
    networks, became = _channels_of(pks)
    may_move = member.can(Power.PUBLISH)
    page, nothing = reverse("planning:post", args=[_NOBODY]), gettext("Empty post")
    found = {}
    for pk in (pk for pk in pks if pk in posts):
        words, own, planned_at = posts[pk]
        is_fixed = own == Post.State.WITHDRAWN or not progress.PUBLIC.isdisjoint(became[pk])
        found[pk] = Entry(
            url=page.replace(str(_NOBODY), str(pk)),
            words=words or nothing,
            planned_at=planned_at,
            state=state_of(own, became[pk]),
            networks=tuple(networks[pk]) if with_networks else (),
            move="" if is_fixed or not may_move else str(pk),
        )
    return found


def _channels_of(pks: list[UUID]) -> tuple[dict[UUID, dict[str, None]], dict[UUID, list[str]]]:
    """The networks of each post, each once and in the order of the channels' names, and what became of it there."""
    chosen = Variant.objects.filter(post__in=pks).order_by("channel__name")
    variants = list(chosen.values_list("pk", "post_id", "channel__network"))
    states = progress.states_of([pk for pk, _post, _network in variants])
    networks: dict[UUID, dict[str, None]] = defaultdict(dict)
    became: dict[UUID, list[str]] = defaultdict(list)
    for pk, post, network in variants:
        networks[post][network] = None
        if pk in states:
            became[post].append(states[pk])
    return networks, became


def state_of(own: str, became: Iterable[str]) -> str:
    """The one state to show for a post: the gravest of its deliveries', else its own."""
    states = [state for state in became if state != "cancelled"]
    if not states or own != Post.State.AGREED:
        return own
    for state in _GRAVEST:
        if state in states and not (state == "waiting" and "sent" in states):
            return state
    if "sent" in states:
        return "sent" if all(state == "sent" for state in states) else "partly"
    return states[0]
