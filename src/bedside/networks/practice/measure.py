"""What can be counted on the practice network? Everything a real one counts, and views besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bedside.networks.account import Session
from bedside.networks.incoming import Metric, Number
from bedside.networks.outgoing import RemoteRef
from bedside.networks.practice import calls
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

API_VERSION = "practice-1"

METRICS = (
    Metric("views", "views", _("How often the post's own page was opened.")),
    Metric("likes", "likes", _("How many people like the post now.")),
    Metric("reposts", "shares", _("How many people repost the post now.")),
    Metric("replies", "replies", _("What stands below the post, at any depth, neither deleted nor hidden.")),
    Metric("followers", "followers", _("How many people follow the channel now.")),
    Metric("posts", "posts", _("How many posts and replies of the channel exist now.")),
    Metric("profile_views", "profile_views", _("How often the channel's page was opened.")),
    Metric("reviews", "reviews", _("How many reviews the channel has.")),
    Metric("stars_average", "rating", _("The average of all stars that reviewers gave.")),
)
_OF_POSTS = ("views", "likes", "reposts", "replies")
_OF_ACCOUNTS = ("followers", "posts", "views", "profile_views", "likes", "replies", "reposts", "reviews")


@as_promised
def posts(session: Session, refs: Sequence[RemoteRef]) -> Mapping[str, list[Number]]:
    """The counts of posts, a hundred in one call; deleted posts are missing."""
    found = calls.posts_with_ids(session, [ref.remote_id for ref in refs])
    return {p["id"]: _numbers(session, p["counts"], _OF_POSTS) for p in found if p["deleted_at"] is None}


@as_promised
def account(session: Session) -> list[Number]:
    """The counts of the channel; the average of stars is missing while nobody gave any."""
    totals = calls.wire(session).get("/api/account/metrics")
    return _numbers(session, totals, (*_OF_ACCOUNTS, "stars_average"))


def _numbers(session: Session, counts: Mapping[str, Any], names: Sequence[str]) -> list[Number]:
    now = session.now()
    return [Number(name, counts[name], API_VERSION, now) for name in names if counts[name] is not None]
