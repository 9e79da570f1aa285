"""What can be counted on Mastodon? Favourites, boosts, replies, quotes, followers. It tells nobody how
often a post was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bedside.networks.account import Session
from bedside.networks.incoming import Metric, Number
from bedside.networks.mastodon import calls
from bedside.networks.outgoing import RemoteRef
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

API_VERSION = "mastodon-api-v1"

METRICS = (
    Metric(
        "favourites_count", "likes", _("How many accounts this server knows to have favourited the post.")
    ),
    Metric("reblogs_count", "shares", _("How many accounts this server knows to have boosted the post.")),
    Metric("replies_count", "replies", _("How many direct replies this server knows, our own included.")),
    Metric("quotes_count", "quotes", _("How many posts this server knows to quote the post.")),
    Metric("followers_count", "followers", _("How many accounts follow us now.")),
    Metric("following_count", "following", _("How many accounts we follow now.")),
    Metric("statuses_count", "posts", _("How many posts and replies of ours exist now.")),
)
_OF_POSTS = ("favourites_count", "reblogs_count", "replies_count", "quotes_count")
_OF_ACCOUNTS = ("followers_count", "following_count", "statuses_count")


@as_promised
def posts(session: Session, refs: Sequence[RemoteRef]) -> Mapping[str, list[Number]]:
    """The counts of statuses, twenty in one call where the server can; statuses that are gone are missing."""
    statuses = calls.statuses(session, [ref.remote_id for ref in refs])
    return {str(status["id"]): _numbers(session, status, _OF_POSTS) for status in statuses}


@as_promised
def account(session: Session) -> list[Number]:
    """The counts of the account."""
    me = calls.wire(session).get("/api/v1/accounts/verify_credentials")
    return _numbers(session, me, _OF_ACCOUNTS)


def _numbers(session: Session, thing: Mapping[str, Any], names: Sequence[str]) -> list[Number]:
    now = session.now()
    return [Number(name, int(thing[name]), API_VERSION, now) for name in names if thing.get(name) is not None]
