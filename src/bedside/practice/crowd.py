"""What strangers do besides writing: like, repost, follow, look.

Every function runs inside a transaction of `store`.
"""

import sqlite3

from bedside.practice.notices import Author, tell
from bedside.practice.refusals import Refusal

_COLUMN = {"like": "likes", "repost": "reposts"}


def toggle_reaction(db: sqlite3.Connection, post: sqlite3.Row, kind: str, name: str) -> bool:
    """Like or repost, or take it back; True when it stands afterwards."""
    if post["deleted_at"] is not None:
        raise Refusal(410, "deleted", "This post was deleted.")
    taken_back = db.execute(
        "DELETE FROM reactions WHERE post_seq = ? AND kind = ? AND name = ?", (post["seq"], kind, name)
    ).rowcount
    if taken_back:
        _count(db, post["seq"], kind, -1)
        return False
    react(db, post, kind, name)
    return True


def react(
    db: sqlite3.Connection,
    post: sqlite3.Row,
    kind: str,
    name: str,
    *,
    at: str | None = None,
    is_told: bool = True,
) -> None:
    """Like or repost once; a second time by the same name changes nothing."""
    new = db.execute(
        "INSERT OR IGNORE INTO reactions (post_seq, kind, name) VALUES (?, ?, ?)", (post["seq"], kind, name)
    ).rowcount
    if not new:
        return
    _count(db, post["seq"], kind, 1)
    if is_told and post["channel_id"] is not None:
        tell(db, post["channel_id"], kind, Author(name), at=at, about_seq=post["seq"])


def toggle_follow(db: sqlite3.Connection, channel_id: int, name: str) -> bool:
    """Follow a channel, or stop; True when it is followed afterwards."""
    stopped = db.execute("DELETE FROM follows WHERE channel_id = ? AND name = ?", (channel_id, name)).rowcount
    if stopped:
        db.execute("UPDATE channels SET followers = followers - 1 WHERE id = ?", (channel_id,))
        return False
    follow(db, channel_id, name)
    return True


def follow(
    db: sqlite3.Connection, channel_id: int, name: str, *, at: str | None = None, is_told: bool = True
) -> None:
    """Follow a channel once."""
    new = db.execute(
        "INSERT OR IGNORE INTO follows (channel_id, name) VALUES (?, ?)", (channel_id, name)
    ).rowcount
    if new:
        db.execute("UPDATE channels SET followers = followers + 1 WHERE id = ?", (channel_id,))
        if is_told:
            tell(db, channel_id, "follow", Author(name), at=at)


def see_post(db: sqlite3.Connection, seq: int) -> None:
    """Somebody opened the post's own page."""
    db.execute("UPDATE posts SET views = views + 1 WHERE seq = ?", (seq,))


def see_channel(db: sqlite3.Connection, channel_id: int) -> None:
    """Somebody opened the channel's page."""
    db.execute("UPDATE channels SET profile_views = profile_views + 1 WHERE id = ?", (channel_id,))


def _count(db: sqlite3.Connection, seq: int, kind: str, step: int) -> None:
    column = _COLUMN[kind]
    db.execute(f"UPDATE posts SET {column} = {column} + ? WHERE seq = ?", (step, seq))  # noqa: S608 - one of two words above
