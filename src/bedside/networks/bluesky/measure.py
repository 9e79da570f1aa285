"""What can be counted on Bluesky? Likes, reposts, replies, quotes, bookmarks, followers. It tells nobody
how often a post was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bedside.networks.account import Session
from bedside.networks.bluesky import calls
from bedside.networks.incoming import Metric, Number
from bedside.networks.outgoing import RemoteRef
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

METRICS = (
    Metric("likeCount", "likes", _("How many accounts like the post now.")),
    Metric("repostCount", "shares", _("How many accounts repost the post now, quotes not counted.")),
    Metric("replyCount", "replies", _("How many direct replies the post has now, our own included.")),
    Metric("quoteCount", "quotes", _("How many posts quote the post now.")),
    Metric("bookmarkCount", "saves", _("How many accounts keep the post among their bookmarks now.")),
    Metric("followersCount", "followers", _("How many accounts follow us now.")),
    Metric("followsCount", "following", _("How many accounts we follow now.")),
    Metric("postsCount", "posts", _("How many posts and replies of ours exist now.")),
)
_OF_POSTS = ("likeCount", "repostCount", "replyCount", "quoteCount", "bookmarkCount")
_OF_ACCOUNTS = ("followersCount", "followsCount", "postsCount")


@as_promised
def posts(session: Session, refs: Sequence[RemoteRef]) -> Mapping[str, list[Number]]:
    """The counts of posts, 25 in one call; posts that are gone are missing."""
    views = calls.views(session, [ref.remote_id for ref in refs])
    return {view["uri"]: _numbers(session, view, _OF_POSTS, "app.bsky.feed.getPosts") for view in views}


@as_promised
def account(session: Session) -> list[Number]:
    """The counts of the account."""
    profile = calls.get(session, "app.bsky.actor.getProfile", actor=session.account.remote_id)
    return _numbers(session, profile, _OF_ACCOUNTS, "app.bsky.actor.getProfile")


def _numbers(session: Session, view: Mapping[str, Any], names: Sequence[str], version: str) -> list[Number]:
    now = session.now()
    return [Number(name, int(view[name]), version, now) for name in names if name in view]
