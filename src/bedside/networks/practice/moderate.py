"""How is a stranger's reply hidden below our post on the practice network?"""

from __future__ import annotations

from bedside.networks.account import Session
from bedside.networks.outgoing import RemoteRef
from bedside.networks.practice import calls
from bedside.networks.wire import as_promised


@as_promised
def hide(session: Session, ref: RemoteRef) -> None:
    """Hide a reply; hiding it again changes nothing."""
    calls.wire(session).call("POST", f"/api/posts/{ref.remote_id}/hide")


@as_promised
def unhide(session: Session, ref: RemoteRef) -> None:
    """Show a hidden reply again."""
    calls.wire(session).call("POST", f"/api/posts/{ref.remote_id}/unhide")
