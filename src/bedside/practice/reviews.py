"""Reviews of a channel: a stranger's stars and words, and the one reply a channel may give."""

import secrets
import sqlite3
from typing import Any

from bedside.practice import moments, shapes
from bedside.practice.refusals import Refusal, invalid

_SELECT = "SELECT r.*, c.handle FROM reviews r JOIN channels c ON c.id = r.channel_id "


def check_stars(stars: object) -> int:
    """Stars from 1 to 5, given as a number or as a form's text."""
    text = str(stars).strip()
    if text not in ("1", "2", "3", "4", "5"):
        raise invalid("field_type", "Choose 1 to 5 stars.")
    return int(text)


def write_review(
    db: sqlite3.Connection,
    channel_id: int,
    stranger: str,
    stars: int,
    text: str,
    *,
    review_id: str | None = None,
    at: str | None = None,
) -> int:
    """Store a review and return its number."""
    made = db.execute(
        "INSERT INTO reviews (id, channel_id, stranger, stars, text, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            review_id or "r" + secrets.token_hex(6),
            channel_id,
            stranger,
            stars,
            text,
            at or moments.now_text(),
        ),
    )
    return int(made.lastrowid or 0)


def review_row(db: sqlite3.Connection, seq: int) -> sqlite3.Row:
    """A review that is known to exist."""
    row: sqlite3.Row = db.execute(_SELECT + "WHERE r.seq = ?", (seq,)).fetchone()
    return row


def own_review(db: sqlite3.Connection, review_id: str, channel_id: int) -> sqlite3.Row:
    """A review of this channel; refused when unknown or another channel's."""
    row: sqlite3.Row | None = db.execute(_SELECT + "WHERE r.id = ?", (review_id,)).fetchone()
    if row is None:
        raise Refusal(404, "not_found", "There is no such review.")
    if row["channel_id"] != channel_id:
        raise Refusal(403, "not_yours", "This review is about another channel.")
    return row


def reviews_of(
    db: sqlite3.Connection, channel_id: int, *, since: int = 0, limit: int = 50, newest_first: bool = False
) -> list[sqlite3.Row]:
    """Reviews of a channel after number `since`; by time when the newest come first."""
    order = "r.created_at DESC, r.seq DESC" if newest_first else "r.seq"
    return db.execute(
        f"{_SELECT} WHERE r.channel_id = ? AND r.seq > ? ORDER BY {order} LIMIT ?", (channel_id, since, limit)
    ).fetchall()


def reply_row(db: sqlite3.Connection, review_seq: int) -> sqlite3.Row | None:
    """The channel's reply to a review, unless it was deleted."""
    row: sqlite3.Row | None = db.execute(
        shapes.SELECT + "WHERE p.review_seq = ? AND p.deleted_at IS NULL", (review_seq,)
    ).fetchone()
    return row


def review_json(
    db: sqlite3.Connection, row: sqlite3.Row, base_url: str, *, viewer_id: int | None
) -> dict[str, Any]:
    """The REVIEW of the API's documentation."""
    reply = reply_row(db, row["seq"])
    return {
        "id": row["id"],
        "channel": row["handle"],
        "author": shapes.actor_json(None, row["stranger"]),
        "stars": row["stars"],
        "text": row["text"],
        "url": f"{base_url}/c/{row['handle']}#review-{row['id']}",
        "created_at": row["created_at"],
        "reply": shapes.post_json(reply, base_url, viewer_id=viewer_id) if reply else None,
    }
