"""How is a status published on a Mastodon server exactly once?

Servers promise that a repeat with the same `Idempotency-Key` is no second status, and not all keep it. So
an uncertain part is never repeated before our own recent statuses have been searched, and not before the
first request can no longer be on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bedside.networks.account import Session
from bedside.networks.mastodon import calls
from bedside.networks.mastodon.fits import as_sent
from bedside.networks.mastodon.translate import is_same_wording, moment, receipt, status_body
from bedside.networks.outcomes import Found, NotPublished, Published, Refused, TryLater, Unknown
from bedside.networks.outgoing import Deleted, MediaFile, Outgoing, Receipt, RemoteRef
from bedside.networks.pictures import copy_that_fits
from bedside.networks.progress import Part, Progress, begun
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

# A web server gives a request up after a minute (Mastodon's default); later than this it cannot become public.
SETTLED_AFTER = timedelta(seconds=90)
# The server's clock may differ from ours; a status this much older than our request may be its effect.
CLOCKS_DIFFER = timedelta(minutes=5)
MOST_PAGES = 5


def begin(outgoing: Outgoing, *, key: str, at: datetime) -> Progress:
    """One status for each part; the keys follow from the delivery's own."""
    return begun(outgoing, as_sent(outgoing), key=key, at=at, needs_nothing=not outgoing.media)


@as_promised
def prepare(session: Session, outgoing: Outgoing, progress: Progress) -> Progress:
    """Upload the pictures or the film with their alt texts."""
    uploads = [_uploaded(session, media) for media in outgoing.media]
    is_ready = all(upload["is_ready"] for upload in uploads)
    return progress.with_prepared(
        session.now(), is_ready=is_ready, media_ids=[upload["id"] for upload in uploads]
    )


@as_promised
def poll(session: Session, outgoing: Outgoing, progress: Progress) -> Progress:
    """Ask whether every picture or film is digested."""
    media_ids = progress.prepared.get("media_ids", ())
    return replace(progress, is_ready=all(calls.is_digested(session, media_id) for media_id in media_ids))


def commit(session: Session, outgoing: Outgoing, progress: Progress) -> Receipt:
    """Publish the current part."""
    part = progress.parts[progress.index]
    parent = progress.parent(outgoing)
    body = status_body(
        part.text,
        media_ids=progress.prepared.get("media_ids", ()) if part.kind == "post" else (),
        answers=parent.remote_id if parent else "",
        visibility=_visibility(parent),
        language=outgoing.language,
    )
    return receipt(calls.create_status(session, body, part.key))


@as_promised
def reconcile(
    session: Session, outgoing: Outgoing, progress: Progress, *, taken: frozenset[str] = frozenset()
) -> Found:
    """Search our own statuses since the request for one with the same words, pictures and parent."""
    part = progress.parts[progress.index]
    asked_at = part.asked_at or session.now()
    ours = taken | {done.remote_id for done in progress.receipts}
    parent = progress.parent(outgoing)
    try:
        for status in _since(session, asked_at - CLOCKS_DIFFER):
            if status["id"] not in ours and _is_this(status, part, outgoing, parent):
                return Published(receipt(status))
    except _TooMany:
        return Unknown(
            _("So much was published since that the post could not be searched. Look at the profile.")
        )
    if session.now() < asked_at + SETTLED_AFTER:
        wait = _("The post is not there yet, and the server may still be taking it. We look again.")
        return Unknown(wait, at=asked_at + SETTLED_AFTER)
    return NotPublished()


@as_promised
def verify(session: Session, ref: RemoteRef) -> Receipt | None:
    """Look at a published status."""
    found = calls.status(session, ref.remote_id)
    return None if found is None else receipt(found)


@as_promised
def delete(session: Session, ref: RemoteRef) -> Deleted:
    """Delete a status, and make sure that it is gone from the server; other servers are told by it."""
    try:
        calls.wire(session).answer("DELETE", f"/api/v1/statuses/{ref.remote_id}")
    except Refused as refused:
        if refused.code != "404":
            raise
        return Deleted(session.now(), was_gone=True)
    if calls.status(session, ref.remote_id) is not None:
        raise TryLater(
            _("The server still shows the post after deleting it. We try again."), code="still_there"
        )
    return Deleted(session.now(), was_gone=False)


class _TooMany(Exception):
    """More statuses since the request than we are ready to read."""


def _since(session: Session, since: datetime) -> Iterator[dict[str, Any]]:
    older_than = ""
    for _page in range(MOST_PAGES):
        statuses = calls.own_statuses(session, older_than)
        for status in statuses:
            if moment(status["created_at"]) < since:
                return
            yield status
        if not statuses:
            return
        older_than = str(statuses[-1]["id"])
    raise _TooMany


def _is_this(status: dict[str, Any], part: Part, outgoing: Outgoing, parent: RemoteRef | None) -> bool:
    pictures = len(outgoing.media) if part.kind == "post" else 0
    return (
        str(status.get("in_reply_to_id") or "") == (parent.remote_id if parent else "")
        and len(status.get("media_attachments") or ()) == pictures
        and is_same_wording(status.get("content", ""), part.text)
    )


def _visibility(parent: RemoteRef | None) -> str:
    """An answer is never more public than what it answers: a direct message is answered directly."""
    return parent.extra.get("visibility", "public") if parent else "public"


def _uploaded(session: Session, media: MediaFile) -> dict[str, Any]:
    if media.is_film:
        return calls.upload_film(session, media)
    content, mime = copy_that_fits(media, session.limits)
    ending = mime.split("/")[1].replace("jpeg", "jpg")
    return calls.upload(session, f"picture.{ending}", content, mime, media.alt_text)
