"""The numbers of a post and of a channel, as the API tells them; where they grow stands in `crowd` and `posts`."""

import sqlite3
from typing import Any

from bedside.practice import moments


def post_numbers(row: sqlite3.Row) -> dict[str, Any]:
    """Views, likes, replies and reposts of one post since it was written."""
    return {
        "post_id": row["id"],
        **{name: row[name] for name in ("views", "likes", "replies", "reposts")},
        "measured_at": moments.now_text(),
    }


def channel_numbers(db: sqlite3.Connection, channel_id: int) -> dict[str, Any]:
    """A channel's totals over its posts that are not deleted, its followers and its reviews."""
    channel = db.execute("SELECT * FROM channels WHERE id = ?", (channel_id,)).fetchone()
    sums = db.execute(
        "SELECT count(*) AS posts, coalesce(sum(views), 0) AS views, coalesce(sum(likes), 0) AS likes,"
        " coalesce(sum(replies), 0) AS replies, coalesce(sum(reposts), 0) AS reposts"
        " FROM posts WHERE channel_id = ? AND deleted_at IS NULL AND kind = 'post'",
        (channel_id,),
    ).fetchone()
    rated = db.execute(
        "SELECT count(*), avg(stars) FROM reviews WHERE channel_id = ?", (channel_id,)
    ).fetchone()
    return {
        "channel": channel["handle"],
        "followers": channel["followers"],
        **dict(sums),
        "profile_views": channel["profile_views"],
        "reviews": rated[0],
        "stars_average": None if rated[1] is None else round(rated[1], 2),
        "measured_at": moments.now_text(),
    }
