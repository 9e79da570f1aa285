"""Posts as the outside sees them: the one read that joins what a post refers to, and its JSON form.

What may be stored is decided in `posts`; how a page shows it, in `cards`.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bedside.practice.wording import mentioned

SELECT = """SELECT p.*, c.handle, c.name AS channel_name, parent.id AS parent_id, root.id AS root_id, r.id AS review_id
FROM posts p LEFT JOIN channels c ON c.id = p.channel_id LEFT JOIN posts parent ON parent.seq = p.parent_seq
LEFT JOIN posts root ON root.seq = p.root_seq LEFT JOIN reviews r ON r.seq = p.review_seq """


def post_row(db: sqlite3.Connection, seq: int) -> sqlite3.Row:
    """A post that is known to exist."""
    row: sqlite3.Row = db.execute(SELECT + "WHERE p.seq = ?", (seq,)).fetchone()
    return row


def find_post(db: sqlite3.Connection, post_id: str) -> sqlite3.Row | None:
    """A post by its public id, or None."""
    row: sqlite3.Row | None = db.execute(SELECT + "WHERE p.id = ?", (post_id,)).fetchone()
    return row


def actor_json(handle: str | None, name: str) -> dict[str, Any]:
    """Who did something: a channel with its handle, or a stranger with a name only."""
    return {"kind": "channel" if handle else "stranger", "handle": handle, "name": name}


def media_json(row: sqlite3.Row, base_url: str) -> list[dict[str, Any]]:
    """The pictures or the film of a post with their public addresses."""
    media = json.loads(row["media"]) if row["media"] != "[]" else []
    return [medium_json(one, base_url) for one in media]


def medium_json(one: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    """One picture or film; a film with subtitles names their address and language."""
    url = f"{base_url}/media/{one['id']}"
    shown = {"id": one["id"], "url": url, "alt_text": one["alt_text"], "mime": one["mime"]}
    if "language" in one:
        shown["captions"] = {"url": f"{url}/captions", "language": one["language"]}
    return shown


def post_json(row: sqlite3.Row, base_url: str, *, viewer_id: int | None) -> dict[str, Any]:
    """The POST of the API's documentation; the key is shown to the post's own channel only."""
    handle = row["handle"]
    return {
        "id": row["id"],
        "kind": row["kind"],
        "channel": handle,
        "author": actor_json(handle, row["channel_name"] if handle else row["stranger"]),
        "text": row["text"],
        "media": media_json(row, base_url),
        "key": row["key"] if viewer_id is not None and viewer_id == row["channel_id"] else None,
        "in_reply_to": row["parent_id"],
        "root_id": row["root_id"] or row["id"],
        "review_id": row["review_id"],
        "mentions": mentioned(row["text"]),
        "url": f"{base_url}/p/{row['id']}",
        "created_at": row["created_at"],
        "deleted_at": row["deleted_at"],
        "hidden_at": row["hidden_at"],
        "counts": {name: row[name] for name in ("views", "likes", "replies", "reposts")},
    }


def posts_json(rows: Sequence[sqlite3.Row], base_url: str, *, viewer_id: int | None) -> dict[str, Any]:
    """A list of posts in the API's form."""
    return {"posts": [post_json(row, base_url, viewer_id=viewer_id) for row in rows]}


def ledger_line(row: sqlite3.Row, base_url: str) -> dict[str, Any]:
    """A line of the ledger; for a reply to a review, `in_reply_to` is the review's id."""
    line = {
        "id": row["id"],
        "channel": row["handle"],
        "text": row["text"],
        "media": media_json(row, base_url),
        "key": row["key"],
        "at": row["created_at"],
        "deleted_at": row["deleted_at"],
        "kind": row["kind"],
        "in_reply_to": row["parent_id"] or row["review_id"],
    }
    if row["is_imported"]:
        line["imported"] = True
    return line
