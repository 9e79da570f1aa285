"""Which XRPC calls does Bedside make on a Bluesky server? Thin: a name, a body, and the answer as it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bedside.foundation.http import Http
from bedside.networks.account import Session
from bedside.networks.bluesky.translate import POST, split_uri, trouble
from bedside.networks.outcomes import Refused
from bedside.networks.outgoing import MediaFile
from bedside.networks.wire import FILM_SECONDS, Wire


def wire(session: Session) -> Wire:
    """Calls in the name of the channel's account."""
    return signed(session.http, session.credentials.access_token, session)


def signed(http: Http, token: str, session: Session | None = None) -> Wire:
    """Calls with one particular token; "" for none."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Wire(http, trouble, headers, session.now) if session else Wire(http, trouble, headers)


def get(session: Session, name: str, **params: Any) -> Any:
    """A query."""
    return wire(session).get(f"/xrpc/{name}", **params)


def post(session: Session, name: str, body: dict[str, Any], *, is_commit: bool = False) -> Any:
    """A procedure."""
    return wire(session).call("POST", f"/xrpc/{name}", json=body, is_commit=is_commit)


def create_post(session: Session, key: str, record: dict[str, Any]) -> Any:
    """Publish a record under the key we chose; a repeat with the same key answers 500 and changes nothing."""
    body = {"repo": session.account.remote_id, "collection": POST, "rkey": key, "record": record}
    return post(session, "com.atproto.repo.createRecord", body, is_commit=True)


def record(session: Session, uri: str) -> Any | None:
    """A record of any account on this server, or `None` when there is none."""
    repo, collection, key = split_uri(uri)
    try:
        return get(session, "com.atproto.repo.getRecord", repo=repo, collection=collection, rkey=key)
    except Refused as refused:
        if refused.code == "RecordNotFound":
            return None
        raise


def delete_record(session: Session, uri: str) -> None:
    """Remove one of our records; harmless when it is gone."""
    repo, collection, key = split_uri(uri)
    post(session, "com.atproto.repo.deleteRecord", {"repo": repo, "collection": collection, "rkey": key})


def upload(session: Session, content: bytes, mime: str) -> dict[str, Any]:
    """Upload a picture or subtitles; the server forgets it after some hours unless a post uses it."""
    answer = wire(session).call(
        "POST", "/xrpc/com.atproto.repo.uploadBlob", content=content, headers={"Content-Type": mime}
    )
    return dict(answer["blob"])


def upload_film(session: Session, film: MediaFile) -> dict[str, Any]:
    """Upload a film, read as it is sent. It is made ready for players once a post uses it."""
    headers = {"Content-Type": film.mime, "Content-Length": str(film.size)}
    with film.open() as content:
        path = "/xrpc/com.atproto.repo.uploadBlob"
        answer = wire(session).call("POST", path, content=content, headers=headers, timeout=FILM_SECONDS)
    return dict(answer["blob"])


def did_of(session: Session, handle: str) -> str | None:
    """Who a handle is, or `None` when nobody."""
    try:
        return str(get(session, "com.atproto.identity.resolveHandle", handle=handle)["did"])
    except Refused:
        return None


def views(session: Session, uris: Sequence[str]) -> list[dict[str, Any]]:
    """Posts with their counts, 25 at a time as the lexicon allows; posts that are gone are left out."""
    found: list[dict[str, Any]] = []
    for start in range(0, len(uris), 25):
        found += get(session, "app.bsky.feed.getPosts", uris=list(uris[start : start + 25]))["posts"]
    return found
