"""What is new among replies and mentions on the practice network? The cursor is `{"since_id": notification
id}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bedside.networks.account import Session
from bedside.networks.incoming import IncomingMessage, MessageKind, Page
from bedside.networks.outgoing import RemoteRef
from bedside.networks.practice import calls
from bedside.networks.practice.translate import message
from bedside.networks.wire import as_promised

PAGE = 100
KINDS: Mapping[str, MessageKind] = {"reply": "reply", "mention": "mention"}


@as_promised
def read(session: Session, cursor: Mapping[str, Any], *, posts: Sequence[RemoteRef] = ()) -> Page:
    """The next hundred replies and mentions; `posts` need no look of their own, every reply is told."""
    since = {"since_id": cursor["since_id"]} if cursor.get("since_id") else {}
    kinds = ",".join(KINDS)
    answer = calls.wire(session).get("/api/notifications", kinds=kinds, limit=PAGE, **since)
    notices = answer["notifications"]
    messages = (
        message(notice["post"], session.account.handle, KINDS[notice["kind"]])
        for notice in notices
        if notice["post"] and notice["kind"] in KINDS
    )
    next_cursor = {"since_id": answer["next_since_id"]} if answer["next_since_id"] else dict(cursor)
    return Page(tuple(m for m in messages if not m.is_ours), next_cursor, has_more=len(notices) == PAGE)


@as_promised
def thread(session: Session, ref: RemoteRef) -> tuple[IncomingMessage, ...]:
    """The conversation around a post, oldest first; empty when the post is gone."""
    found = calls.post(session, ref.remote_id)
    if found is None:
        return ()
    root = found if found["root_id"] == found["id"] else calls.post(session, found["root_id"])
    below = calls.replies(session, found["root_id"])
    return tuple(message(post, session.account.handle) for post in ([root] if root else []) + below)
