"""Pictures and films: recognized by their content, kept with their alternative text and a film's subtitles.

They are served so that nothing in them can run, films piece by piece as players ask for them.
"""

import re
import secrets
import sqlite3
from typing import Any

from bedside.practice import moments
from bedside.practice.refusals import Refusal, invalid
from bedside.practice.settings import ALT_TEXT_MAX, CAPTIONS_BYTES_MAX, FILM_BYTES_MAX, MEDIA_BYTES_MAX

TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")
FILM = "video/mp4"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def recognize(body: bytes) -> str:
    """The type of a picture or film from its first bytes, whatever its name says."""
    if body.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if body.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:8] == b"ftyp" and body[8:12] not in (b"qt  ", b"heic", b"heix", b"mif1", b"avif"):
        return FILM
    message = "This file is of no kind allowed here: a JPEG, PNG, GIF or WebP picture, or an MP4 film."
    raise invalid("media_type", message, allowed=[*TYPES, FILM])


def check_file(body: bytes) -> str:
    """The type of a picture or film that may be kept; refused when too large or neither."""
    mime = recognize(body[:12])
    what, most = ("film", FILM_BYTES_MAX) if mime == FILM else ("picture", MEDIA_BYTES_MAX)
    if len(body) > most:
        message = f"The {what} has {len(body)} bytes; at most {most} are allowed."
        raise invalid("media_too_large", message, limit=most)
    return mime


def check_captions(body: bytes, mime: str) -> str:
    """A film's subtitles as text; refused when they are no WebVTT, too large, or of a picture."""
    if mime != FILM:
        raise invalid("captions_type", "Only a film has subtitles.")
    if len(body) > CAPTIONS_BYTES_MAX:
        message = f"The subtitles have {len(body)} bytes; at most {CAPTIONS_BYTES_MAX} are allowed."
        raise invalid("captions_too_large", message, limit=CAPTIONS_BYTES_MAX)
    text = body.decode("utf-8-sig", "replace")
    if not text.startswith("WEBVTT") or "-->" not in text:
        raise invalid("captions_type", "Subtitles must be WebVTT.")
    return text


def check_language(text: str) -> str:
    """The language of subtitles as a BCP 47 tag."""
    if not _LANGUAGE.fullmatch(text):
        raise invalid("field_type", "“language” must be a language tag such as “en”.")
    return text


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
    """Store a picture or film and return its id."""
    chosen = media_id or "m" + secrets.token_hex(8)
    db.execute(
        "INSERT INTO media (id, channel_id, mime, alt_text, body, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (chosen, channel_id, mime, alt_text, body, moments.now_text()),
    )
    return chosen


def keep_captions(db: sqlite3.Connection, media_id: str, text: str, language: str) -> None:
    """Store the subtitles of a film."""
    db.execute("INSERT INTO captions (media_id, language, body) VALUES (?, ?, ?)", (media_id, language, text))


def attached(db: sqlite3.Connection, channel_id: int, media_ids: list[str]) -> list[dict[str, Any]]:
    """What a post remembers of its pictures or its film; refused when one is unknown or another channel's."""
    found = []
    for media_id in media_ids:
        row = db.execute(
            "SELECT id, alt_text, mime, language FROM media LEFT JOIN captions ON media_id = id"
            " WHERE id = ? AND channel_id = ?",
            (media_id, channel_id),
        ).fetchone()
        if row is None:
            raise invalid(
                "unknown_media", "One of the files is not known here. Upload it again.", id=media_id
            )
        # A row yields its values when it is walked through, so its names are asked for.
        found.append({name: row[name] for name in row.keys() if row[name] is not None})  # noqa: SIM118 - a row of SQLite gives its values when it is walked through
    if len(found) > 1 and any(one["mime"] == FILM for one in found):
        raise invalid("film_alone", "A film stands alone in a post, without pictures or other films.")
    return found


def size_of(db: sqlite3.Connection, media_id: str) -> tuple[str, int]:
    """Type and size of a picture or film."""
    row = db.execute("SELECT mime, length(body) AS size FROM media WHERE id = ?", (media_id,)).fetchone()
    if row is None:
        raise Refusal(404, "not_found", "There is no such picture or film.")
    return row["mime"], row["size"]


def piece(db: sqlite3.Connection, media_id: str, start: int, length: int) -> bytes:
    """Some bytes of a picture or film that is known to exist."""
    row = db.execute("SELECT rowid FROM media WHERE id = ?", (media_id,)).fetchone()
    with db.blobopen("media", "body", row["rowid"], readonly=True) as body:
        body.seek(start)
        return body.read(length)


def captions(db: sqlite3.Connection, media_id: str) -> str:
    """The subtitles of a film."""
    row = db.execute("SELECT body FROM captions WHERE media_id = ?", (media_id,)).fetchone()
    if row is None:
        raise Refusal(404, "not_found", "There are no such subtitles.")
    found: str = row["body"]
    return found
