"""How is a post published on the practice network exactly once?

Every accepted post can be found by the key that we sent with it, even before its answer arrives. Whether
the network also refuses to store a key twice is a setting there, so that nothing here can rely on it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bedside.networks.account import Session
from bedside.networks.outcomes import Found, NotPublished, Published, Unknown
from bedside.networks.outgoing import Deleted, MediaFile, Outgoing, Receipt, RemoteRef
from bedside.networks.pictures import copy_that_fits
from bedside.networks.practice import calls
from bedside.networks.practice.fits import answers_review, as_sent
from bedside.networks.practice.translate import receipt
from bedside.networks.progress import Progress, begun
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

# A request of a worker that died may still be on its way through this machine for a moment.
SETTLED_AFTER = timedelta(seconds=5)


def begin(outgoing: Outgoing, *, key: str, at: datetime) -> Progress:
    """One post for each part; the keys follow from the delivery's own."""
    return begun(outgoing, as_sent(outgoing), key=key, at=at, needs_nothing=not outgoing.media)


@as_promised
def prepare(session: Session, outgoing: Outgoing, progress: Progress) -> Progress:
    """Upload the pictures, or the film with its subtitles, and their alt texts."""
    media_ids = [_uploaded(session, media) for media in outgoing.media]
    return progress.with_prepared(session.now(), is_ready=True, media_ids=media_ids)


def poll(session: Session, outgoing: Outgoing, progress: Progress) -> Progress:
    """Pictures are digested at once; there is never anything to wait for."""
    return progress


def commit(session: Session, outgoing: Outgoing, progress: Progress) -> Receipt:
    """Publish the current part."""
    part = progress.parts[progress.index]
    parent = progress.parent(outgoing)
    if parent is not None and answers_review(outgoing):
        return receipt(calls.answer_review(session, parent.remote_id, part.text, part.key))
    body: dict[str, Any] = {"text": part.text}
    if part.kind == "post" and outgoing.media:
        body["media_ids"] = list(progress.prepared["media_ids"])
    if parent is not None:
        body["in_reply_to"] = parent.remote_id
    return receipt(calls.create_post(session, body, part.key))


@as_promised
def reconcile(
    session: Session, outgoing: Outgoing, progress: Progress, *, taken: frozenset[str] = frozenset()
) -> Found:
    """Look the current part up by its key; not found is certain once the request can no longer be on its
    way.
    """
    part = progress.parts[progress.index]
    posts = calls.posts_with_key(session, part.key)
    if posts:
        return Published(receipt(posts[0]))
    asked_at = part.asked_at or session.now()
    if session.now() < asked_at + SETTLED_AFTER:
        wait = _("The post is not there yet, and our request may still be on its way. We look again.")
        return Unknown(wait, at=asked_at + SETTLED_AFTER)
    return NotPublished()


@as_promised
def verify(session: Session, ref: RemoteRef) -> Receipt | None:
    """Look at a published post."""
    found = calls.post(session, ref.remote_id)
    return None if found is None else receipt(found)


@as_promised
def delete(session: Session, ref: RemoteRef) -> Deleted:
    """Delete one of our posts, replies or answers to reviews."""
    was_gone = calls.post(session, ref.remote_id) is None
    if not was_gone:
        calls.wire(session).call("DELETE", f"/api/posts/{ref.remote_id}")
    return Deleted(session.now(), was_gone)


def _uploaded(session: Session, media: MediaFile) -> str:
    if media.is_film:
        return calls.upload_film(session, media)
    content, mime = copy_that_fits(media, session.limits)
    return calls.upload(session, content, mime, media.alt_text)
