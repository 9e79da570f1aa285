"""Which calls does Bedside make on the practice network? Thin: a path, a body, and the answer as it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bedside.foundation.http import Http
from bedside.networks.account import Session
from bedside.networks.outcomes import Refused
from bedside.networks.outgoing import MediaFile
from bedside.networks.practice.translate import trouble
from bedside.networks.wire import FILM_SECONDS, Wire

MOST_AT_ONCE = 100


def wire(session: Session) -> Wire:
    """Calls in the name of the channel."""
    return Wire(session.http, trouble, _bearer(session.credentials.access_token), session.now)


def with_token(http: Http, token: str) -> Wire:
    """Calls before there is a session; "" for a stranger's."""
    return Wire(http, trouble, _bearer(token))


def create_post(session: Session, body: Mapping[str, Any], key: str) -> Any:
    """Publish a post or a reply."""
    return _publish(session, "/api/posts", body, key)


def answer_review(session: Session, review_id: str, text: str, key: str) -> Any:
    """Publish our answer below a review."""
    return _publish(session, f"/api/reviews/{review_id}/reply", {"text": text}, key)


def posts_with_key(session: Session, key: str) -> list[dict[str, Any]]:
    """What we published under a key, deleted posts too."""
    return list(wire(session).get("/api/posts", key=key)["posts"])


def posts_with_ids(session: Session, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Posts with their counts, a hundred at a time."""
    found: list[dict[str, Any]] = []
    for start in range(0, len(ids), MOST_AT_ONCE):
        some = ",".join(ids[start : start + MOST_AT_ONCE])
        found += wire(session).get("/api/posts", ids=some)["posts"]
    return found


def post(session: Session, post_id: str) -> dict[str, Any] | None:
    """A post that is there, or `None` when it is not, or not any more."""
    try:
        found = dict(wire(session).get(f"/api/posts/{post_id}"))
    except Refused as refused:
        if refused.code == "not_found":
            return None
        raise
    return found if found["deleted_at"] is None else None


def replies(session: Session, post_id: str) -> list[dict[str, Any]]:
    """Everything below a post, oldest first."""
    found: list[dict[str, Any]] = []
    while True:
        since = {"since_id": found[-1]["id"]} if found else {}
        path = f"/api/posts/{post_id}/replies"
        page = wire(session).get(path, limit=MOST_AT_ONCE, **since)["posts"]
        found += page
        if len(page) < MOST_AT_ONCE:
            return found


def upload(session: Session, content: bytes, mime: str, alt_text: str) -> str:
    """Upload a picture with its alt text; the answer is its id."""
    made = wire(session).call(
        "POST", "/api/media", files={"file": ("picture", content, mime)}, data={"alt_text": alt_text}
    )
    return str(made["id"])


def upload_film(session: Session, film: MediaFile) -> str:
    """Upload a film with its description and subtitles, read as it is sent; the answer is its id."""
    fields = {"alt_text": film.alt_text}
    with film.open() as content:
        files: dict[str, Any] = {"file": ("film.mp4", content, film.mime)}
        if film.subtitles is not None:
            files["captions"] = ("film.vtt", film.subtitles.read(), "text/vtt")
            fields["language"] = film.subtitles.language
        made = wire(session).call("POST", "/api/media", files=files, data=fields, timeout=FILM_SECONDS)
    return str(made["id"])


def _publish(session: Session, path: str, body: Mapping[str, Any], key: str) -> Any:
    headers = {"Idempotency-Key": key}
    return wire(session).call("POST", path, json=dict(body), headers=headers, is_commit=True)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
