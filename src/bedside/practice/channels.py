"""Channels and the tokens that open them.

Tokens are kept as hashes only. A pair of tokens is one row: refreshing replaces the row, so the old access and the
old refresh token end in the same moment. How a person grants a token stands in `sign_in`.
"""

import hashlib
import re
import secrets
import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from bedside.practice import moments
from bedside.practice.refusals import Refusal, invalid
from bedside.practice.settings import NAME_MAX

_HANDLE = re.compile(r"[a-z0-9_-]{1,30}")
ABOUT_MAX = 300


@dataclass(frozen=True)
class Channel:
    """A page that a connector publishes as."""

    id: int
    handle: str
    name: str


@dataclass(frozen=True)
class Tokens:
    """A fresh pair of tokens, in clear: this is the only moment they can be told."""

    channel_id: int
    access: str
    refresh: str
    seconds: int


def check_handle(handle: object) -> str:
    """The handle in lower case; refused unless it is a-z, 0-9, - and _, at most 30."""
    text = handle.strip().removeprefix("@").lower() if isinstance(handle, str) else ""
    if not _HANDLE.fullmatch(text):
        raise invalid("field_type", "A handle has 1 to 30 of the characters a-z, 0-9, - and _.")
    return text


def handle_from(name: str) -> str:
    """A handle that suits a channel's name: "Riverbend Clinic" becomes `riverbend-clinic`."""
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")[:30].strip("-") or "channel"


def check_name(name: object, field: str = "name", most: int = NAME_MAX) -> str:
    """A display name or other short line of text, trimmed."""
    text = " ".join(name.split()) if isinstance(name, str) else ""
    if not text or len(text) > most or not text.isprintable():
        raise invalid("field_type", f"“{field}” must be a line of text of 1 to {most} characters.")
    return text


def create_channel(
    db: sqlite3.Connection,
    handle: str,
    name: str,
    *,
    about: str = "",
    followers: int = 0,
    at: str | None = None,
) -> tuple[int, bool]:
    """The channel's number and whether it is new; an existing one stays as it is."""
    row = db.execute("SELECT id FROM channels WHERE handle = ?", (handle,)).fetchone()
    if row:
        return int(row["id"]), False
    made = db.execute(
        "INSERT INTO channels (handle, name, about, followers, created_at) VALUES (?, ?, ?, ?, ?)",
        (handle, name, about, followers, at or moments.now_text()),
    )
    return int(made.lastrowid or 0), True


def issue_tokens(db: sqlite3.Connection, channel_id: int, seconds: int) -> Tokens:
    """A new, independent pair of tokens for a channel, valid for `seconds`."""
    tokens = Tokens(channel_id, secrets.token_urlsafe(24), secrets.token_urlsafe(24), seconds)
    db.execute(
        "INSERT INTO tokens (access_hash, refresh_hash, channel_id, expires_at) VALUES (?, ?, ?, ?)",
        (_hash(tokens.access), _hash(tokens.refresh), channel_id, time.time() + seconds),
    )
    return tokens


def refresh_tokens(db: sqlite3.Connection, refresh: str, seconds: int) -> Tokens | None:
    """A new pair for an old refresh token, which ends with its access token; None when it is spent or unknown."""
    row = db.execute(
        "DELETE FROM tokens WHERE refresh_hash = ? RETURNING channel_id", (_hash(refresh),)
    ).fetchone()
    return issue_tokens(db, int(row["channel_id"]), seconds) if row else None


def revoke_token(db: sqlite3.Connection, token: str) -> None:
    """End the pair that this access or refresh token belongs to."""
    digest = _hash(token)
    db.execute("DELETE FROM tokens WHERE access_hash = ? OR refresh_hash = ?", (digest, digest))


def expire_by_fault(db: sqlite3.Connection, token: str) -> None:
    """Make an access token expired although its time has not come; a reset brings it back."""
    db.execute("UPDATE tokens SET is_expired_by_fault = 1 WHERE access_hash = ?", (_hash(token),))


def channel_of_token(db: sqlite3.Connection, token: str) -> Channel:
    """The channel an access token opens; refused as missing, unknown or expired."""
    if not token:
        raise Refusal(
            401, "token_missing", "This call needs the header “Authorization: Bearer <access token>”."
        )
    row = db.execute(
        "SELECT c.id, c.handle, c.name, t.expires_at, t.is_expired_by_fault FROM tokens t"
        " JOIN channels c ON c.id = t.channel_id WHERE t.access_hash = ?",
        (_hash(token),),
    ).fetchone()
    if row is None:
        raise Refusal(401, "token_unknown", "This access token is not valid here. Connect the channel again.")
    if row["is_expired_by_fault"] or row["expires_at"] <= time.time():
        raise expired_token()
    return Channel(row["id"], row["handle"], row["name"])


def expired_token() -> Refusal:
    """The refusal of a call whose token has run out."""
    return Refusal(401, "token_expired", "The access token has expired. Refresh it and repeat the call.")


def channel_by_handle(db: sqlite3.Connection, handle: str) -> sqlite3.Row | None:
    """The channel's row, whatever the case of the handle."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM channels WHERE handle = ?", (handle.lower(),)
    ).fetchone()
    return row


def channel_json(db: sqlite3.Connection, channel_id: int, base_url: str) -> dict[str, Any]:
    """The CHANNEL of the API's documentation."""
    row = db.execute("SELECT * FROM channels WHERE id = ?", (channel_id,)).fetchone()
    posts = db.execute(
        "SELECT count(*) FROM posts WHERE channel_id = ? AND deleted_at IS NULL AND kind = 'post'",
        (channel_id,),
    ).fetchone()[0]
    return {
        "id": str(row["id"]),
        "handle": row["handle"],
        "name": row["name"],
        "about": row["about"],
        "url": f"{base_url}/c/{row['handle']}",
        "created_at": row["created_at"],
        "counts": {"followers": row["followers"], "posts": posts},
    }


def tokens_json(db: sqlite3.Connection, tokens: Tokens, base_url: str) -> dict[str, Any]:
    """The answer that hands out a pair of tokens, in OAuth's form, with the channel they open."""
    return {
        "access_token": tokens.access,
        "token_type": "Bearer",
        "expires_in": tokens.seconds,
        "refresh_token": tokens.refresh,
        "channel": channel_json(db, tokens.channel_id, base_url),
    }


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
