"""Bringing history in: posts, comments, reviews and numbers with the times and ids they had, all or nothing.

Demos and benchmarks use it. A line is checked like anything else from outside; a bad one names itself by its number.
"""

import base64
import binascii
import json
import re
import sqlite3
from collections import Counter
from typing import Any

from bedside.practice import channels, crowd, media, moments, posts, reviews
from bedside.practice.notices import Author, tell, tell_of_post
from bedside.practice.posts import Draft
from bedside.practice.refusals import Refusal, invalid
from bedside.practice.wording import check_text

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NOT_UNDERSTOOD = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)
Line = dict[str, Any]


def import_lines(db: sqlite3.Connection, body: bytes) -> dict[str, int]:
    """Store every line, in order; how many of each type there were."""
    counts: Counter[str] = Counter()
    for number, text in enumerate(body.splitlines(), start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            kind = line["type"]
            _TAKERS[kind](db, line)
        except Refusal as refusal:
            message = f"Line {number}: {refusal.message} Nothing was imported."
            raise invalid(refusal.code, message, line=number) from None
        except sqlite3.IntegrityError:
            message = f"Line {number}: this id is already taken. Nothing was imported."
            raise invalid("id_taken", message, line=number) from None
        except _NOT_UNDERSTOOD as trouble:
            message = f"Line {number} is not understood ({trouble!r:.80}). Nothing was imported."
            raise invalid("line", message, line=number) from None
        counts[kind] += 1
    return dict(counts)


def _channel(db: sqlite3.Connection, line: Line) -> None:
    handle = channels.check_handle(line["handle"])
    at = moments.read(line["at"], "at") if line.get("at") else None
    channel_id, _ = channels.create_channel(
        db,
        handle,
        channels.check_name(line["name"]),
        about=str(line.get("about", ""))[: channels.ABOUT_MAX],
        at=at,
    )
    _add(db, "channels", "id", channel_id, line, ("followers", "profile_views"))


def _post(db: sqlite3.Connection, line: Line) -> None:
    channel = _channel_named(db, line["channel"])
    attached = media.attached(db, channel["id"], [str(one) for one in line.get("media", [])])
    text = check_text(line["text"], may_be_empty=bool(attached))
    author = Author(channel["name"], channel["id"], channel["handle"])
    draft = Draft(text, key=line.get("key"))
    seq = _store(db, line, draft, author, parent=None, attached=attached)
    if line.get("deleted_at"):
        deleted_at = moments.read(line["deleted_at"], "deleted_at")
        db.execute("UPDATE posts SET deleted_at = ? WHERE seq = ?", (deleted_at, seq))


def _comment(db: sqlite3.Connection, line: Line) -> None:
    parent = db.execute("SELECT * FROM posts WHERE id = ?", (line["in_reply_to"],)).fetchone()
    if parent is None:
        raise invalid("parent_unknown", "The post this should answer is not known here.")
    author = _author(db, line)
    draft = Draft(check_text(line["text"]), in_reply_to=line["in_reply_to"], key=line.get("key"))
    seq = _store(db, line, draft, author, parent=parent, attached=[])
    if line.get("hidden_at"):
        db.execute(
            "UPDATE posts SET hidden_at = ? WHERE seq = ?",
            (moments.read(line["hidden_at"], "hidden_at"), seq),
        )
        posts.count_reply(db, parent["seq"], -1)


def _mention(db: sqlite3.Connection, line: Line) -> None:
    _store(
        db,
        line,
        Draft(check_text(line["text"])),
        Author(channels.check_name(line["by"], "by")),
        parent=None,
        attached=[],
    )


def _store(
    db: sqlite3.Connection,
    line: Line,
    draft: Draft,
    author: Author,
    *,
    parent: sqlite3.Row | None,
    attached: list[Line],
) -> int:
    at = moments.read(line["at"], "at")
    seq = posts.insert(
        db, draft, author, parent=parent, attached=attached, post_id=_id(line["id"]), at=at, is_imported=True
    )
    if line.get("notify", True):
        tell_of_post(db, seq, draft.text, author, parent=parent, at=at)
    _add(db, "posts", "seq", seq, line, ("views", "likes", "reposts"))
    return seq


def _review(db: sqlite3.Connection, line: Line) -> None:
    channel, at = _channel_named(db, line["channel"]), moments.read(line["at"], "at")
    by = channels.check_name(line["by"], "by")
    text = check_text(line["text"], may_be_empty=True)
    stars = reviews.check_stars(line["stars"])
    seq = reviews.write_review(db, channel["id"], by, stars, text, review_id=_id(line["id"]), at=at)
    if line.get("notify", True):
        tell(db, channel["id"], "review", Author(by), at=at, review_seq=seq)
    if line.get("reply"):
        reply = line["reply"]
        draft = Draft(check_text(reply["text"]), review_seq=seq, key=reply.get("key"))
        author = Author(channel["name"], channel["id"], channel["handle"])
        _store(db, reply, draft, author, parent=None, attached=[])


def _reaction(db: sqlite3.Connection, line: Line) -> None:
    post = _post_named(db, line["post"])
    name, at = channels.check_name(line["by"], "by"), moments.read(line["at"], "at")
    crowd.react(db, post, line["type"], name, at=at, is_told=bool(line.get("notify", True)))


def _follow(db: sqlite3.Connection, line: Line) -> None:
    channel, at = _channel_named(db, line["channel"]), moments.read(line["at"], "at")
    name = channels.check_name(line["by"], "by")
    crowd.follow(db, channel["id"], name, at=at, is_told=bool(line.get("notify", True)))


def _metrics(db: sqlite3.Connection, line: Line) -> None:
    if "post" in line:
        _add(db, "posts", "seq", _post_named(db, line["post"])["seq"], line, ("views", "likes", "reposts"))
    else:
        _add(
            db,
            "channels",
            "id",
            _channel_named(db, line["channel"])["id"],
            line,
            ("followers", "profile_views"),
        )


def _medium(db: sqlite3.Connection, line: Line) -> None:
    channel = _channel_named(db, line["channel"])
    try:
        body = base64.b64decode(line["base64"], validate=True)
    except binascii.Error:
        raise invalid("field_type", "“base64” is not base64.") from None
    mime, alt_text = media.check_file(body), media.check_alt_text(line.get("alt_text", ""))
    media.keep(db, channel["id"], body, mime, alt_text, _id(line["id"]))


def _add(
    db: sqlite3.Connection, table: str, key: str, number: int, line: Line, columns: tuple[str, ...]
) -> None:
    for column in columns:
        value = line.get(column)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**12:
            raise invalid("field_type", f"“{column}” must be a whole number.")
        db.execute(f"UPDATE {table} SET {column} = {column} + ? WHERE {key} = ?", (value, number))  # noqa: S608 - names of our own


def _author(db: sqlite3.Connection, line: Line) -> Author:
    if "channel" in line:
        channel = _channel_named(db, line["channel"])
        return Author(channel["name"], channel["id"], channel["handle"])
    return Author(channels.check_name(line["by"], "by"))


def _channel_named(db: sqlite3.Connection, handle: str) -> sqlite3.Row:
    row = channels.channel_by_handle(db, str(handle))
    if row is None:
        raise invalid("channel_unknown", f"There is no channel “{str(handle)[:40]}”.")
    return row


def _post_named(db: sqlite3.Connection, post_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute("SELECT * FROM posts WHERE id = ?", (post_id,)).fetchone()
    if row is None:
        raise invalid("post_unknown", f"There is no post “{str(post_id)[:40]}”.")
    return row


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise invalid("field_type", "“id” must have 1 to 64 of the characters A-Z, a-z, 0-9, - and _.")
    return value


_TAKERS = {
    "channel": _channel,
    "post": _post,
    "comment": _comment,
    "mention": _mention,
    "review": _review,
    "like": _reaction,
    "repost": _reaction,
    "follow": _follow,
    "metrics": _metrics,
    "medium": _medium,
}
