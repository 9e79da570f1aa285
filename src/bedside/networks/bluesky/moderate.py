"""How is somebody's reply hidden below our post on Bluesky?

By naming it in the thread's gate, a record of ours beside the post (`app.bsky.feed.threadgate`, at most
300 hidden replies). The reply stays with its author; readers of the thread no longer see it unless they
ask.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bedside.networks.account import Session
from bedside.networks.bluesky import calls
from bedside.networks.bluesky.translate import moment, split_uri
from bedside.networks.outcomes import Refused
from bedside.networks.outgoing import RemoteRef
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

GATE = "app.bsky.feed.threadgate"
MOST_HIDDEN = 300


@as_promised
def hide(session: Session, ref: RemoteRef) -> None:
    """Hide a reply; hiding it again changes nothing."""
    _change(session, ref, lambda hidden: hidden if ref.remote_id in hidden else [*hidden, ref.remote_id])


@as_promised
def unhide(session: Session, ref: RemoteRef) -> None:
    """Show a hidden reply again."""
    _change(session, ref, lambda hidden: [uri for uri in hidden if uri != ref.remote_id])


def _change(session: Session, ref: RemoteRef, change: Callable[[list[str]], list[str]]) -> None:
    root = ref.extra.get("root_uri", "")
    if not root.startswith(f"at://{session.account.remote_id}/"):
        raise Refused(_("Only replies below our own posts can be hidden."), code="not_ours")
    key = split_uri(root)[2]
    found = calls.record(session, f"at://{session.account.remote_id}/{GATE}/{key}")
    gate = (
        dict(found["value"]) if found else {"$type": GATE, "post": root, "createdAt": moment(session.now())}
    )
    before = list(gate.get("hiddenReplies", ()))
    after = change(before)
    if after == before:
        return
    if len(after) > MOST_HIDDEN:
        raise Refused(_("Bluesky hides at most 300 replies below one post."), code="too_many_hidden")
    _write(session, key, gate | {"hiddenReplies": after}, found["cid"] if found else None)


def _write(session: Session, key: str, gate: dict[str, Any], swap: str | None) -> None:
    """`swapRecord` makes the server refuse when somebody else changed the gate since we read it."""
    body = {
        "repo": session.account.remote_id,
        "collection": GATE,
        "rkey": key,
        "record": gate,
        "swapRecord": swap,
    }
    calls.post(session, "com.atproto.repo.putRecord", body)
