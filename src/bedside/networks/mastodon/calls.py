"""Which calls does Bedside make on a Mastodon server? Thin: a path, a body, and the answer as it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bedside.foundation.http import Http
from bedside.networks.account import Session
from bedside.networks.mastodon.translate import trouble
from bedside.networks.outcomes import Refused
from bedside.networks.outgoing import MediaFile
from bedside.networks.wire import FILM_SECONDS, Wire

# The server's default limit for one call.
MOST_AT_ONCE = 20


def wire(session: Session) -> Wire:
    """Calls in the name of the channel's account."""
    return Wire(session.http, trouble, _bearer(session.credentials.access_token), session.now)


def with_token(http: Http, token: str) -> Wire:
    """Calls before there is a session; "" for a stranger's."""
    return Wire(http, trouble, _bearer(token))


def instance(calls: Wire) -> Mapping[str, Any]:
    """What the server says of itself; older servers and relatives know only version 1."""
    try:
        return dict(calls.get("/api/v2/instance"))
    except Refused:
        return dict(calls.get("/api/v1/instance"))


def create_status(session: Session, body: Mapping[str, Any], key: str) -> Any:
    """Publish. The key makes most servers answer a repeat with the first status; we never rely on it."""
    headers = {"Idempotency-Key": key}
    return wire(session).call("POST", "/api/v1/statuses", json=dict(body), headers=headers, is_commit=True)


def status(session: Session, status_id: str) -> dict[str, Any] | None:
    """A status, or `None` when it is gone."""
    try:
        return dict(wire(session).get(f"/api/v1/statuses/{status_id}"))
    except Refused as refused:
        if refused.code in ("404", "410"):
            return None
        raise


def statuses(session: Session, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Statuses, twenty at a time (since Mastodon 4.3), one by one where a server cannot; gone ones are
    left out.
    """
    found: list[dict[str, Any]] = []
    for start in range(0, len(ids), MOST_AT_ONCE):
        some = list(ids[start : start + MOST_AT_ONCE])
        try:
            found += wire(session).get("/api/v1/statuses", **{"id[]": some})
        except Refused:
            found += [one for one in (status(session, status_id) for status_id in some) if one]
    return found


def own_statuses(session: Session, older_than: str = "") -> list[dict[str, Any]]:
    """Our newest statuses, forty at a time, answers included and boosts left out."""
    params = {"limit": "40", "exclude_reblogs": "true"} | ({"max_id": older_than} if older_than else {})
    path = f"/api/v1/accounts/{session.account.remote_id}/statuses"
    return list(wire(session).get(path, **params))


def upload(session: Session, name: str, content: bytes, mime: str, alt_text: str) -> dict[str, Any]:
    """Upload a picture with its alt text. The answer may say that it is not digested yet (202)."""
    answer = wire(session).answer(
        "POST",
        "/api/v2/media",
        files={"file": (name, content, mime)},
        data={"description": alt_text} if alt_text else None,
    )
    return {"id": str(answer.json()["id"]), "is_ready": answer.status == 200}


def upload_film(session: Session, film: MediaFile) -> dict[str, Any]:
    """Upload a film with its description, read as it is sent. Servers take no subtitles with it."""
    with film.open() as content:
        answer = wire(session).answer(
            "POST",
            "/api/v2/media",
            files={"file": ("film.mp4", content, film.mime)},
            data={"description": film.alt_text} if film.alt_text else None,
            timeout=FILM_SECONDS,
        )
    return {"id": str(answer.json()["id"]), "is_ready": answer.status == 200}


def is_digested(session: Session, media_id: str) -> bool:
    """Whether an upload can be used: 200 when it can, 206 while the server still works on it."""
    return wire(session).answer("GET", f"/api/v1/media/{media_id}").status == 200


def context(session: Session, status_id: str) -> dict[str, Any] | None:
    """What stands before and after a status in its conversation, or `None` when the status is gone."""
    try:
        return dict(wire(session).get(f"/api/v1/statuses/{status_id}/context"))
    except Refused as refused:
        if refused.code in ("404", "410"):
            return None
        raise


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
