"""The few numbers at the top: each with what it is a share of, its source, its time, its definition, and in words
how the days before were.

Where there is too little to say something, the value is None and the page says so. No number here is rounded up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.insights import definitions
from bedside.insights.definitions import LEAST_MESSAGES, LEAST_POSTS
from bedside.insights.queries import (
    Following,
    Heard,
    Totals,
    following,
    has_history,
    heard,
    totals_of,
)
from bedside.insights.wanted import Wanted
from bedside.people.models import Member

Direction = Literal["", "up", "down"]


@dataclass(frozen=True)
class Figure:
    """One number. `value` is for people (None: not enough data), `exact` for programs."""

    key: str
    name: str
    value: str | None
    exact: float | None
    unit: str
    meaning: str
    base: str
    source: str
    as_of: datetime | None
    change: str = ""
    direction: Direction = ""


@dataclass(frozen=True)
class Sums:
    """Everything that the numbers of a span are made from, for the span and for as many days before.

    What people wrote and who follows is not known by campaign: None then.
    """

    now: Totals
    before: Totals | None
    heard: Heard | None
    heard_before: Heard | None
    following: Following | None
    following_before: Following | None

    @property
    def has_before(self) -> bool:
        return self.before is not None

    @property
    def has_heard(self) -> bool:
        return self.heard is not None and self.heard.received > 0


def sums_for(member: Member, wanted: Wanted) -> Sums:
    """Read the sums. What was before is asked only where something was published before."""
    has_before, is_whole = has_history(member, wanted), wanted.campaign is None
    return Sums(
        totals_of(member, wanted),
        totals_of(member, wanted.before) if has_before else None,
        heard(member, wanted) if is_whole else None,
        heard(member, wanted.before) if is_whole and has_before else None,
        following(member, wanted) if is_whole else None,
        following(member, wanted.before) if is_whole else None,
    )


def figures_of(wanted: Wanted, sums: Sums) -> list[Figure]:
    """The numbers of the span, in the order of the page."""
    found = [_posts(wanted, sums.now, sums.before), _reactions(wanted, sums.now, sums.before)]
    if sums.heard is not None:
        found.append(_received(wanted, sums.heard, sums.heard_before))
        found.append(_answered(wanted, sums.heard, sums.heard_before))
    if sums.following is not None and sums.following_before is not None:
        found.append(_followers(wanted, sums.following, sums.following_before))
    return found


def _posts(wanted: Wanted, now: Totals, before: Totals | None) -> Figure:
    base = ngettext("%(n)s publication on a channel", "%(n)s publications on channels", now.deliveries)
    change, direction = _compared(now.posts, before.posts if before else None, wanted, _whole)
    return Figure(
        "posts",
        _("Posts published"),
        _whole(now.posts),
        now.posts,
        "",
        str(definitions.POSTS),
        base % {"n": _whole(now.deliveries)},
        _("Ledger"),
        now.read_at,
        change,
        direction,
    )


def _reactions(wanted: Wanted, now: Totals, before: Totals | None) -> Figure:
    rate, earlier = _per_post(now), _per_post(before) if before else None
    change, direction = _compared(_round(rate, 1), _round(earlier, 1), wanted, _tenth)
    base = _("%(reactions)s reactions to %(posts)s publications") % {
        "reactions": _whole(now.reactions),
        "posts": _whole(now.measured),
    }
    if rate is None:
        base += _("; from %(n)s on it says something") % {"n": LEAST_POSTS}
    return Figure(
        "reactions_per_post",
        _("Reactions per post"),
        None if rate is None else _tenth(rate),
        rate,
        "",
        str(definitions.REACTIONS),
        base,
        _("The networks' own counts"),
        now.read_at,
        change,
        direction,
    )


def _received(wanted: Wanted, now: Heard, before: Heard | None) -> Figure:
    change, direction = _compared(now.received, before.received if before else None, wanted, _whole)
    return Figure(
        "received",
        _("Messages received"),
        _whole(now.received) if now.counted_at else None,
        now.received if now.counted_at else None,
        "",
        str(definitions.RECEIVED),
        "" if now.counted_at else _("The messages were not counted yet; that takes some minutes."),
        _("Inbox"),
        now.counted_at,
        change if now.counted_at else "",
        direction if now.counted_at else "",
    )


def _answered(wanted: Wanted, now: Heard, before: Heard | None) -> Figure:
    rate, earlier = _share(now), _share(before) if before else None
    change, direction = _compared(_floor(rate), _floor(earlier), wanted, _points)
    base = _("%(answered)s of %(settled)s messages") % {
        "answered": _whole(now.answered),
        "settled": _whole(now.settled),
    }
    return Figure(
        "answered_within_a_day",
        _("Answered within a day"),
        None if rate is None else _whole(rate),
        rate,
        "%",
        str(definitions.ANSWERED),
        base,
        _("Inbox"),
        now.counted_at,
        change,
        direction,
    )


def _followers(wanted: Wanted, now: Following, before: Following) -> Figure:
    is_same = now.channels == before.channels  # with another channel added, more followers mean nothing
    change, direction = _compared(now.followers, before.followers if is_same else None, wanted, _whole)
    base = ngettext("on %(n)s channel", "on %(n)s channels", now.channels) % {"n": _whole(now.channels)}
    return Figure(
        "followers",
        _("Followers"),
        None if now.followers is None else _whole(now.followers),
        now.followers,
        "",
        str(definitions.FOLLOWERS),
        base if now.channels else _("No network has told us yet."),
        _("The networks' own counts"),
        now.at,
        change,
        direction,
    )


def _compared(
    now: float | None, before: float | None, wanted: Wanted, said: Callable[[float], str]
) -> tuple[str, Direction]:
    """How the span compares with as many days before, in words; nothing where one of them says nothing."""
    if now is None or before is None:
        return "", ""
    words = {"days": wanted.days, "n": said(abs(now - before))}
    if said(now) == said(before):
        return _("as in the %(days)s days before") % words, ""
    if now > before:
        return _("%(n)s more than in the %(days)s days before") % words, "up"
    return _("%(n)s less than in the %(days)s days before") % words, "down"


def _per_post(totals: Totals) -> float | None:
    return totals.reactions / totals.measured if totals.measured >= LEAST_POSTS else None


def _share(heard_: Heard) -> float | None:
    return 100 * heard_.answered / heard_.settled if heard_.settled >= LEAST_MESSAGES else None


def _round(value: float | None, digits: int) -> float | None:
    """What is compared is what is shown: else 40 % and 41 % could differ by "0 points"."""
    return None if value is None else round(value, digits)


def _floor(value: float | None) -> float | None:
    return None if value is None else int(value)


def _whole(value: float) -> str:
    return number_format(int(value), use_l10n=True, force_grouping=True)


def _tenth(value: float) -> str:
    return number_format(round(value, 1), decimal_pos=1, use_l10n=True, force_grouping=True)


def _points(value: float) -> str:
    return ngettext("%(n)s point", "%(n)s points", int(value)) % {"n": _whole(value)}
