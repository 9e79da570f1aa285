"""How is a post published on Bluesky exactly once?

Every part has a record key chosen before the first call, so an uncertain part is looked up by name and a
repeat cannot double it. Pictures and mentioned accounts are prepared first; a thread and a first comment
are replies to ourselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bedside.networks.account import Session
from bedside.networks.bluesky import calls
from bedside.networks.bluesky.fits import as_sent, marks
from bedside.networks.bluesky.record_keys import record_key
from bedside.networks.bluesky.translate import POST, moment, post_record, receipt, reply_to
from bedside.networks.outcomes import Found, NotPublished, Published, TryLater, Unknown
from bedside.networks.outgoing import Deleted, MediaFile, Outgoing, Receipt, RemoteRef
from bedside.networks.pictures import copy_that_fits
from bedside.networks.progress import Progress, begun
from bedside.networks.wire import as_promised, garbled
from bedside.networks.words import sentence as _


def begin(outgoing: Outgoing, *, key: str, at: datetime) -> Progress:
    """Choose the record key of every part. Without pictures and mentions there is nothing to prepare."""
    texts = as_sent(outgoing)
    keys = [record_key(key, at, place) for place in range(len(texts))]
    needs_nothing = not outgoing.media and not _mentioned(texts)
    return begun(outgoing, texts, key=key, at=at, keys=keys, needs_nothing=needs_nothing)


@as_promised
def prepare(session: Session, outgoing: Outgoing, progress: Progress) -> Progress:
    """Upload the pictures, smaller copies where needed, or the film, and find out who is mentioned."""
    images = [_uploaded(session, media) for media in outgoing.media if not media.is_film]
    film = next((_uploaded_film(session, media) for media in outgoing.media if media.is_film), None)
    dids = {handle: calls.did_of(session, handle) for handle in _mentioned(as_sent(outgoing))}
    known = {handle: did for handle, did in dids.items() if did}
    return progress.with_prepared(session.now(), is_ready=True, images=images, film=film, dids=known)


def poll(session: Session, outgoing: Outgoing, progress: Progress) -> Progress:
    """Bluesky takes pictures and films at once; there is never anything to wait for."""
    return progress


def commit(session: Session, outgoing: Outgoing, progress: Progress) -> Receipt:
    """Create the record of the current part under its key."""
    part = progress.parts[progress.index]
    at = part.asked_at or session.now()
    reply = _reply(outgoing, progress)
    record = post_record(
        part.text,
        at=at,
        language=outgoing.language,
        dids=progress.prepared.get("dids", {}),
        images=progress.prepared.get("images", ()) if part.kind == "post" else (),
        film=progress.prepared.get("film") if part.kind == "post" else None,
        reply=reply,
        link=outgoing.link if part.kind == "post" else None,
    )
    made = calls.create_post(session, part.key, record)
    if not isinstance(made, dict) or "uri" not in made or "cid" not in made:
        raise garbled(is_commit=True)
    return receipt(made["uri"], made["cid"], at, reply)


@as_promised
def reconcile(
    session: Session, outgoing: Outgoing, progress: Progress, *, taken: frozenset[str] = frozenset()
) -> Found:
    """Look the current part up by its record key: the answer is certain, because a repeat would use the
    same key.
    """
    part = progress.parts[progress.index]
    found = calls.record(session, f"at://{session.account.remote_id}/{POST}/{part.key}")
    if found is None:
        return NotPublished()
    if found["value"].get("text") != part.text:
        return Unknown(_("Another post carries the name that was meant for this one. Look at the profile."))
    return Published(_receipt_of(session, found))


@as_promised
def verify(session: Session, ref: RemoteRef) -> Receipt | None:
    """Look at a published record on the account's own server."""
    found = calls.record(session, ref.remote_id)
    return None if found is None else _receipt_of(session, found)


@as_promised
def delete(session: Session, ref: RemoteRef) -> Deleted:
    """Delete one record, and make sure that it is gone."""
    was_gone = calls.record(session, ref.remote_id) is None
    if not was_gone:
        calls.delete_record(session, ref.remote_id)
        if calls.record(session, ref.remote_id) is not None:
            raise TryLater(
                _("Bluesky still shows the post after deleting it. We try again."), code="still_there"
            )
    return Deleted(session.now(), was_gone)


def _mentioned(texts: tuple[str, ...]) -> list[str]:
    found = (mark.value.lower() for text in texts for mark in marks(text) if mark.kind == "mention")
    return sorted(set(found))


def _uploaded(session: Session, media: MediaFile) -> dict[str, Any]:
    content, mime = copy_that_fits(media, session.limits)
    blob = calls.upload(session, content, mime)
    return {"blob": blob, "alt": media.alt_text, "width": media.width, "height": media.height}


def _uploaded_film(session: Session, film: MediaFile) -> dict[str, Any]:
    shown = {"alt": film.alt_text, "width": film.width, "height": film.height}
    captions = []
    if film.subtitles is not None:
        file = calls.upload(session, film.subtitles.read(), "text/vtt")
        captions.append({"lang": film.subtitles.language, "file": file})
    return shown | {"blob": calls.upload_film(session, film), "captions": captions}


def _reply(outgoing: Outgoing, progress: Progress) -> Mapping[str, Any] | None:
    parent = progress.parent(outgoing)
    return None if parent is None else reply_to(parent)


def _receipt_of(session: Session, found: Mapping[str, Any]) -> Receipt:
    value = found["value"]
    try:
        at = datetime.fromisoformat(value.get("createdAt") or moment(session.now()))
    except ValueError:
        at = session.now()
    return receipt(found["uri"], found["cid"], at, value.get("reply"))
