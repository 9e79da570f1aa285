"""Pictures: recognized by their content, kept with their alternative text, served so that nothing in them can run."""

import secrets
import sqlite3
from typing import Any

from bedside.practice import moments
from bedside.practice.refusals import Refusal, invalid
from bedside.practice.settings import ALT_TEXT_MAX, MEDIA_BYTES_MAX

TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")


def recognize(body: bytes) -> str:
    """The picture's type from its first bytes, whatever its name says."""
    if body.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if body.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp"
    message = "This file is not a picture of a kind allowed here: JPEG, PNG, GIF or WebP."
    raise invalid("media_type", message, allowed=list(TYPES))


def check_picture(body: bytes) -> str:
    """The type of a picture that may be kept; refused when too large or not a picture."""
    if len(body) > MEDIA_BYTES_MAX:
        message = f"The picture has {len(body)} bytes; at most {MEDIA_BYTES_MAX} are allowed."
        raise invalid("media_too_large", message, limit=MEDIA_BYTES_MAX)
    return recognize(body)


def check_alt_text(text: object) -> str:
    """The alternative text, trimmed; it may be empty here, a clinic's own rules are stricter."""
    if not isinstance(text, str):
        raise invalid("field_type", "“alt_text” must be a text.")
    if len(text.strip()) > ALT_TEXT_MAX:
        message = (
            f"The alternative text has {len(text.strip())} characters; at most {ALT_TEXT_MAX} are allowed."
        )
        raise invalid("alt_text_too_long", message, limit=ALT_TEXT_MAX)
    return text.strip()


def keep(
    db: sqlite3.Connection,
    channel_id: int,
    body: bytes,
    mime: str,
    alt_text: str,
    media_id: str | None = None,
) -> str:
    """Store a picture and return its id."""
    chosen = media_id or "m" + secrets.token_hex(8)
    db.execute(
        "INSERT INTO media (id, channel_id, mime, alt_text, body, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (chosen, channel_id, mime, alt_text, body, moments.now_text()),
    )
    return chosen


def attached(db: sqlite3.Connection, channel_id: int, media_ids: list[str]) -> list[dict[str, Any]]:
    """What a post remembers of its pictures; refused when one is unknown or another channel's."""
    found = []
    for media_id in media_ids:
        row = db.execute(
            "SELECT id, alt_text, mime FROM media WHERE id = ? AND channel_id = ?", (media_id, channel_id)
        ).fetchone()
        if row is None:
            raise invalid(
                "unknown_media", "One of the pictures is not known here. Upload it again.", id=media_id
            )
        found.append(dict(row))
    return found


def picture(db: sqlite3.Connection, media_id: str) -> tuple[str, bytes]:
    """Type and bytes of a picture."""
    row = db.execute("SELECT mime, body FROM media WHERE id = ?", (media_id,)).fetchone()
    if row is None:
        raise Refusal(404, "not_found", "There is no such picture.")
    return row["mime"], row["body"]
