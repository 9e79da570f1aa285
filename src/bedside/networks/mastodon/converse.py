"""What is new among replies, mentions and direct messages on Mastodon?

Notifications bring whoever names us; an answer from which our name was deleted brings none, so the
conversations below our recent posts are read too. The cursor is `{"newest": notification id}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bedside.networks.account import Session
from bedside.networks.incoming import IncomingMessage, Page
from bedside.networks.mastodon import calls, heard
from bedside.networks.outgoing import RemoteRef
from bedside.networks.wire import as_promised

PAGE = 40
MOST_PAGES = 10
# 300 calls in five minutes are allowed; reading one channel must stay far below that.
MOST_POSTS = 20


@as_promised
def read(session: Session, cursor: Mapping[str, Any], *, posts: Sequence[RemoteRef] = ()) -> Page:
    """New notifications, and what stands below the twenty newest of `posts`; messages may repeat."""
    our_id = session.account.remote_id
    notices, newest, has_more = _notices(session, str(cursor.get("newest", "")))
    found: dict[str, IncomingMessage] = {}
    for ref in posts[:MOST_POSTS]:
        around = calls.context(session, ref.remote_id) or {}
        for status in around.get("descendants", ()):
            found[str(status["id"])] = heard.message(status, our_id, root=ref.remote_id)
    for status in (notice["status"] for notice in notices if notice.get("status")):
        if str(status["id"]) not in found:
            found[str(status["id"])] = heard.message(status, our_id, root=_root(session, status))
    messages = sorted((m for m in found.values() if not m.is_ours), key=lambda each: each.at)
    return Page(tuple(messages), {"newest": newest}, has_more)


@as_promised
def thread(session: Session, ref: RemoteRef) -> tuple[IncomingMessage, ...]:
    """The conversation around a status, oldest first; empty when the status is gone."""
    status = calls.status(session, ref.remote_id)
    around = calls.context(session, ref.remote_id) if status else None
    if status is None or around is None:
        return ()
    statuses = [*around["ancestors"], status, *around["descendants"]]
    root = str(statuses[0]["id"])
    messages = (heard.message(each, session.account.remote_id, root=root) for each in statuses)
    return tuple(sorted(messages, key=lambda each: each.at))


def _root(session: Session, status: Mapping[str, Any]) -> str:
    """A status does not say how its conversation began; "" when it begins one itself."""
    if not status.get("in_reply_to_id"):
        return ""
    around = calls.context(session, str(status["id"])) or {}
    ancestors = around.get("ancestors") or ()
    return str(ancestors[0]["id"] if ancestors else status["in_reply_to_id"])


def _notices(session: Session, newest: str) -> tuple[list[dict[str, Any]], str, bool]:
    """With a cursor forward from it page by page (`min_id`), without one only the newest page."""
    found: list[dict[str, Any]] = []
    for _page in range(MOST_PAGES):
        params: dict[str, Any] = {"types[]": ["mention", "quote"], "limit": PAGE}
        if newest:
            params["min_id"] = newest
        notices = list(calls.wire(session).get("/api/v1/notifications", **params))
        found += notices
        is_first_look, newest = not newest, _highest([newest, *(str(n["id"]) for n in notices)])
        if is_first_look or len(notices) < PAGE:
            return found, newest, False
    return found, newest, True


def _highest(ids: Sequence[str]) -> str:
    """Ids are numbers written as text, of growing length."""
    return max(ids, key=lambda each: (len(each), each))
