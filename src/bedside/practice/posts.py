"""What happens to posts: accepting, deleting, hiding, counting. Every function runs inside a transaction of `store`.

The rule that matters most stands here: a key that was seen before gives the same post again, unless the network is
told to be careless. How posts look from outside is in `shapes`.
"""

import hashlib
import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from bedside.practice import media, moments
from bedside.practice.notices import Author, tell_of_post
from bedside.practice.refusals import Refusal, invalid, not_found
from bedside.practice.settings import KEY_MAX, MEDIA_MAX
from bedside.practice.wording import check_text


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say, checked for everything that can be checked without the store."""

    text: str
    media_ids: tuple[str, ...] = ()
    in_reply_to: str | None = None
    review_seq: int | None = None
    key: str | None = None

    @property
    def fingerprint(self) -> bytes:
        """Equal for equal content: decides whether a repeated key repeats the same post."""
        content = json.dumps([self.text, self.media_ids, self.in_reply_to, self.review_seq])
        return hashlib.sha256(content.encode()).digest()


@dataclass(frozen=True)
class Accepted:
    """The number of a stored post, and whether it was stored just now."""

    seq: int
    is_new: bool


def read_draft(body: dict[str, Any], key: str | None, *, review_seq: int | None = None) -> Draft:
    """The draft in an API call's body; refused with what is wrong."""
    media_ids = body.get("media_ids") or []
    if not isinstance(media_ids, list) or not all(isinstance(one, str) for one in media_ids):
        raise invalid("field_type", "“media_ids” must be a list of ids.")
    if len(media_ids) > MEDIA_MAX:
        raise invalid(
            "too_many_media", f"At most {MEDIA_MAX} pictures or one film go into one post.", limit=MEDIA_MAX
        )
    parent = body.get("in_reply_to")
    if parent is not None and not isinstance(parent, str):
        raise invalid("field_type", "“in_reply_to” must be a post's id.")
    if key is not None and len(key) > KEY_MAX:
        raise invalid("key_too_long", f"An Idempotency-Key has at most {KEY_MAX} characters.", limit=KEY_MAX)
    text = check_text(body.get("text", ""), may_be_empty=bool(media_ids))
    return Draft(text, tuple(media_ids), parent, review_seq, key or None)


def accept(db: sqlite3.Connection, draft: Draft, by: Author, *, idempotent: bool) -> Accepted:
    """Store a post and tell whom it concerns; a repeated key gives the earlier post when idempotent."""
    if idempotent and draft.key is not None:
        earlier = db.execute(
            "SELECT seq, fingerprint FROM posts WHERE channel_id = ? AND key = ? ORDER BY seq",
            (by.channel_id, draft.key),
        ).fetchone()
        if earlier:
            if earlier["fingerprint"] not in (None, draft.fingerprint):
                raise invalid("key_reused", "This Idempotency-Key was used before for another post.")
            return Accepted(int(earlier["seq"]), False)
    if draft.review_seq is not None:
        refuse_second_reply(db, draft.review_seq)
    parent = _parent(db, draft.in_reply_to)
    attached = (
        media.attached(db, by.channel_id, list(draft.media_ids)) if by.channel_id and draft.media_ids else []
    )
    seq = insert(db, draft, by, parent=parent, attached=attached)
    tell_of_post(db, seq, draft.text, by, parent=parent)
    return Accepted(seq, True)


def insert(
    db: sqlite3.Connection,
    draft: Draft,
    by: Author,
    *,
    parent: sqlite3.Row | None,
    attached: list[dict[str, Any]],
    post_id: str | None = None,
    at: str | None = None,
    is_imported: bool = False,
) -> int:
    """Write the row of a post and count it on everything above it; returns its number."""
    kind = "review_reply" if draft.review_seq else "reply" if parent is not None else "post"
    root = (parent["root_seq"] or parent["seq"]) if parent is not None else None
    made = db.execute(
        "INSERT INTO posts (id, kind, channel_id, stranger, text, media, key, fingerprint, parent_seq, root_seq,"
        " review_seq, is_imported, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            post_id or "p" + secrets.token_hex(8),
            kind,
            by.channel_id,
            None if by.channel_id else by.name,
            draft.text,
            json.dumps(attached) if attached else "[]",
            draft.key,
            draft.fingerprint if draft.key and not is_imported else None,
            parent["seq"] if parent is not None else None,
            root,
            draft.review_seq,
            is_imported,
            at or moments.now_text(),
        ),
    )
    if parent is not None:
        count_reply(db, parent["seq"], 1)
    return int(made.lastrowid or 0)


def count_reply(db: sqlite3.Connection, parent_seq: int | None, step: int) -> None:
    """Add to the replies of a post and of every post above it."""
    while parent_seq is not None:
        row = db.execute(
            "UPDATE posts SET replies = replies + ? WHERE seq = ? RETURNING parent_seq", (step, parent_seq)
        ).fetchone()
        parent_seq = row["parent_seq"] if row else None


def delete(db: sqlite3.Connection, post_id: str, channel_id: int) -> int:
    """Mark an own post as deleted, once; its text stays in the ledger. Returns its number."""
    row = _named(db, post_id)
    if row["channel_id"] != channel_id:
        raise Refusal(403, "not_yours", "This post belongs to somebody else.")
    if row["deleted_at"] is None:
        db.execute("UPDATE posts SET deleted_at = ? WHERE seq = ?", (moments.now_text(), row["seq"]))
        if row["hidden_at"] is None:
            count_reply(db, row["parent_seq"], -1)
    return int(row["seq"])


def set_hidden(db: sqlite3.Connection, post_id: str, channel_id: int, *, is_hidden: bool) -> int:
    """Hide a stranger's post below one of the channel's own, or show it again. Returns its number."""
    row = _named(db, post_id)
    root = db.execute("SELECT channel_id FROM posts WHERE seq = ?", (row["root_seq"],)).fetchone()
    if root is None or root["channel_id"] != channel_id or row["channel_id"] is not None:
        raise Refusal(403, "not_yours", "Only strangers' comments below one's own posts can be hidden.")
    if (row["hidden_at"] is not None) != is_hidden:
        hidden_at = moments.now_text() if is_hidden else None
        db.execute("UPDATE posts SET hidden_at = ? WHERE seq = ?", (hidden_at, row["seq"]))
        count_reply(db, row["parent_seq"], -1 if is_hidden else 1)
    return int(row["seq"])


def refuse_second_reply(db: sqlite3.Connection, review_seq: int) -> None:
    """A review has one reply; another is possible after deleting the first."""
    if db.execute(
        "SELECT 1 FROM posts WHERE review_seq = ? AND deleted_at IS NULL", (review_seq,)
    ).fetchone():
        raise Refusal(
            409, "already_replied", "This review already has a reply. Delete it first to write another."
        )


def _parent(db: sqlite3.Connection, post_id: str | None) -> sqlite3.Row | None:
    if post_id is None:
        return None
    row: sqlite3.Row | None = db.execute("SELECT * FROM posts WHERE id = ?", (post_id,)).fetchone()
    if row is None or row["kind"] == "review_reply":
        raise invalid("parent_unknown", "The post this should answer is not known here.")
    if row["deleted_at"] is not None:
        raise invalid("parent_deleted", "The post this should answer was deleted.")
    return row


def _named(db: sqlite3.Connection, post_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute("SELECT * FROM posts WHERE id = ?", (post_id,)).fetchone()
    if row is None:
        raise not_found("post")
    return row
