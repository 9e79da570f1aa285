"""What is new among replies, mentions and quotes on Bluesky?

Notifications tell most of it, but replies have been seen to be missing from them, so the threads of our
recent posts are read too, whenever a post's count of replies has changed. The cursor is `{"seen_at": ...,
"replies": {uri: count}}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bedside.networks.account import Session
from bedside.networks.bluesky import calls, heard
from bedside.networks.incoming import IncomingMessage, Page
from bedside.networks.outcomes import Refused
from bedside.networks.outgoing import RemoteRef
from bedside.networks.wire import as_promised

PAGE = 100
MOST_PAGES = 20
DEPTH = 10


@as_promised
def read(session: Session, cursor: Mapping[str, Any], *, posts: Sequence[RemoteRef] = ()) -> Page:
    """New notifications, and new replies below `posts`; messages may repeat, `remote_id` tells them apart."""
    seen_at = str(cursor.get("seen_at", ""))
    notices = _notices(session, seen_at)
    found = {notice["uri"]: _from_notice(session, notice) for notice in notices}
    counts = _reply_counts(session, posts)
    known = cursor.get("replies", {})
    for uri, count in counts.items():
        if count != known.get(uri, 0):
            for reply in _thread(session, uri):
                found.setdefault(reply.remote_id, reply)
    messages = sorted((m for m in found.values() if not m.is_ours), key=lambda each: each.at)
    newest = max((str(notice["indexedAt"]) for notice in notices), default=seen_at)
    return Page(tuple(messages), {"seen_at": newest, "replies": counts})


@as_promised
def thread(session: Session, ref: RemoteRef) -> tuple[IncomingMessage, ...]:
    """The conversation around a post, oldest first."""
    return _thread(session, ref.remote_id)


def _thread(session: Session, uri: str) -> tuple[IncomingMessage, ...]:
    try:
        answer = calls.get(session, "app.bsky.feed.getPostThread", uri=uri, depth=DEPTH, parentHeight=80)
    except Refused as refused:
        if refused.code == "NotFound":
            return ()
        raise
    return heard.thread(answer["thread"], session.account.remote_id)


def _notices(session: Session, seen_at: str) -> list[dict[str, Any]]:
    """Newest first until what was seen before; the very newest seen may come again, none is skipped."""
    found: list[dict[str, Any]] = []
    params: dict[str, Any] = {"limit": PAGE, "reasons": list(heard.KINDS)}
    for _page in range(MOST_PAGES):
        answer = calls.get(session, "app.bsky.notification.listNotifications", **params)
        notices = answer["notifications"]
        found += [n for n in notices if n["reason"] in heard.KINDS and str(n["indexedAt"]) >= seen_at]
        has_older = not notices or str(notices[-1]["indexedAt"]) < seen_at
        if has_older or not answer.get("cursor"):
            break
        params["cursor"] = answer["cursor"]
    return found


def _from_notice(session: Session, notice: Mapping[str, Any]) -> IncomingMessage:
    return heard.message(notice, session.account.remote_id, heard.KINDS[notice["reason"]])


def _reply_counts(session: Session, posts: Sequence[RemoteRef]) -> dict[str, int]:
    views = calls.views(session, [ref.remote_id for ref in posts])
    return {view["uri"]: int(view.get("replyCount", 0)) for view in views}
