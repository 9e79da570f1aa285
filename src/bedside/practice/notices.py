"""Notifications: what a channel is told about what others did, as a list that only grows."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from bedside.practice import moments, shapes
from bedside.practice.reviews import review_json, review_row
from bedside.practice.wording import mentioned

KINDS = ("reply", "mention", "review", "like", "repost", "follow")


@dataclass(frozen=True)
class Author:
    """Who writes or reacts: a channel (with number and handle) or a stranger (with a name only)."""

    name: str
    channel_id: int | None = None
    handle: str | None = None


def tell(
    db: sqlite3.Connection,
    channel_id: int,
    kind: str,
    by: Author,
    *,
    at: str | None = None,
    post_seq: int | None = None,
    about_seq: int | None = None,
    review_seq: int | None = None,
) -> None:
    """Tell a channel that something happened; its own doings are not told."""
    if by.channel_id == channel_id:
        return
    db.execute(
        "INSERT INTO notices (channel_id, kind, at, actor_handle, actor_name, post_seq, about_seq, review_seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (channel_id, kind, at or moments.now_text(), by.handle, by.name, post_seq, about_seq, review_seq),
    )


def tell_of_post(
    db: sqlite3.Connection,
    seq: int,
    text: str,
    by: Author,
    *,
    parent: sqlite3.Row | None,
    at: str | None = None,
) -> None:
    """Tell everyone whom a new post concerns, each once: the answered, the thread's owner, the mentioned."""
    told: set[int] = set()
    if parent is not None:
        root = db.execute(
            "SELECT seq, channel_id FROM posts WHERE seq = ?", (parent["root_seq"] or parent["seq"],)
        ).fetchone()
        for concerned in (parent, root):
            owner = concerned["channel_id"]
            if owner is not None and owner not in told:
                told.add(owner)
                tell(db, owner, "reply", by, at=at, post_seq=seq, about_seq=concerned["seq"])
    for handle in mentioned(text):
        row = db.execute("SELECT id FROM channels WHERE handle = ?", (handle,)).fetchone()
        if row and row["id"] not in told:
            told.add(row["id"])
            tell(db, row["id"], "mention", by, at=at, post_seq=seq)


def notices_json(
    db: sqlite3.Connection, channel_id: int, base_url: str, *, since: int, limit: int, kinds: list[str]
) -> dict[str, Any]:
    """Notifications after number `since`, oldest first, with the number to ask with next."""
    marks = ",".join("?" * len(kinds))
    rows = db.execute(
        f"SELECT * FROM notices WHERE channel_id = ? AND id > ? AND kind IN ({marks}) ORDER BY id LIMIT ?",  # noqa: S608 - question marks only
        (channel_id, since, *kinds, limit),
    ).fetchall()
    return {
        "notifications": [_notice_json(db, row, base_url) for row in rows],
        "next_since_id": str(rows[-1]["id"] if rows else since),
    }


def _notice_json(db: sqlite3.Connection, row: sqlite3.Row, base_url: str) -> dict[str, Any]:
    post = review = about = None
    if row["post_seq"]:
        post = shapes.post_json(shapes.post_row(db, row["post_seq"]), base_url, viewer_id=row["channel_id"])
    if row["about_seq"]:
        about = db.execute("SELECT id FROM posts WHERE seq = ?", (row["about_seq"],)).fetchone()["id"]
    if row["review_seq"]:
        review = review_json(db, review_row(db, row["review_seq"]), base_url, viewer_id=row["channel_id"])
    return {
        "id": str(row["id"]),
        "kind": row["kind"],
        "at": row["at"],
        "actor": shapes.actor_json(row["actor_handle"], row["actor_name"]),
        "post": post,
        "about_post_id": about,
        "review": review,
    }
