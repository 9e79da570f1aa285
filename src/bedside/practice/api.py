"""The API's calls, each from request to answer; their contract is `docs/rooms/practice.md`.

Token, rates and faults are behind every call here and stand in `gate`.
"""

import sqlite3
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bedside.practice import VERSION, media, notices, numbers, posts, reviews, shapes
from bedside.practice.bodies import read_multipart, read_object
from bedside.practice.channels import channel_json
from bedside.practice.gate import Call, guarded
from bedside.practice.posts import Draft
from bedside.practice.refusals import bad_request, invalid, not_found
from bedside.practice.settings import (
    ADDRESS_LENGTH,
    ALT_TEXT_MAX,
    CAPTIONS_BYTES_MAX,
    FILM_BYTES_MAX,
    JSON_BYTES_MAX,
    MEDIA_BYTES_MAX,
    MEDIA_MAX,
    TEXT_MAX,
)

PAGE = 50
PAGE_MAX = 100
_ALL_BELOW = """WITH RECURSIVE below(seq) AS (SELECT seq FROM posts WHERE parent_seq = ?
 UNION SELECT posts.seq FROM posts JOIN below ON posts.parent_seq = below.seq) """


async def account(call: Call) -> Response:
    """GET /api/account"""
    return JSONResponse(channel_json(call.network.store.db, call.channel.id, call.network.base_url))


async def instance(call: Call) -> Response:
    """GET /api/instance"""
    limits = {
        "text": {"max_characters": TEXT_MAX, "characters_per_url": ADDRESS_LENGTH},
        "media": {
            "max_per_post": MEDIA_MAX,
            "types": list(media.TYPES),
            "max_bytes": MEDIA_BYTES_MAX,
            "alt_text_max_characters": ALT_TEXT_MAX,
        },
        "film": {
            "max_per_post": 1,
            "types": [media.FILM],
            "max_bytes": FILM_BYTES_MAX,
            "captions_max_bytes": CAPTIONS_BYTES_MAX,
        },
    }
    idempotency = call.network.settings.idempotency
    return JSONResponse(
        {"name": "Practice network", "version": VERSION, "limits": limits, "idempotency": idempotency}
    )


async def upload(call: Call) -> Response:
    """POST /api/media"""
    parts = await read_multipart(call.request, FILM_BYTES_MAX + CAPTIONS_BYTES_MAX + JSON_BYTES_MAX)
    given = {part.name: part.body for part in reversed(parts)}
    if "file" not in given:
        raise bad_request("The form has no field “file”.")
    file = given["file"]
    alt_text = media.check_alt_text(given.get("alt_text", b"").decode("utf-8", "replace"))
    mime = media.check_file(file)
    captions = media.check_captions(given["captions"], mime) if "captions" in given else None
    language = media.check_language(given.get("language", b"en").decode("utf-8", "replace"))

    def keep(db: sqlite3.Connection) -> str:
        media_id = media.keep(db, call.channel.id, file, mime, alt_text)
        if captions is not None:
            media.keep_captions(db, media_id, captions, language)
        return media_id

    media_id = await call.network.store.write(keep)
    one = {"id": media_id, "alt_text": alt_text, "mime": mime}
    kept = one | ({"language": language} if captions is not None else {})
    return JSONResponse(shapes.medium_json(kept, call.network.base_url) | {"bytes": len(file)}, 201)


async def publish(call: Call) -> Response:
    """POST /api/posts"""
    draft = posts.read_draft(await read_object(call.request), call.request.headers.get("idempotency-key"))
    return await _accept(call, draft)


async def reply_to_review(call: Call) -> Response:
    """POST /api/reviews/{id}/reply"""
    body = await read_object(call.request)
    review = reviews.own_review(call.network.store.db, call.request.path_params["id"], call.channel.id)
    key = call.request.headers.get("idempotency-key")
    return await _accept(
        call, posts.read_draft({"text": body.get("text", "")}, key, review_seq=review["seq"])
    )


async def _accept(call: Call, draft: Draft) -> Response:
    idempotent = call.network.settings.idempotency

    def store(db: sqlite3.Connection) -> tuple[sqlite3.Row, bool]:
        accepted = posts.accept(db, draft, call.author, idempotent=idempotent)
        return shapes.post_row(db, accepted.seq), accepted.is_new

    row, is_new = await call.network.store.write(store)
    return _post(call, row, 201 if is_new else 200)


async def list_posts(call: Call) -> Response:
    """GET /api/posts, by key, by ids, or the channel's own, newest first"""
    store = call.network.store
    if "key" in call.request.query_params:
        rows = store.rows(
            shapes.SELECT + "WHERE p.channel_id = ? AND p.key = ? ORDER BY p.seq",
            (call.channel.id, call.word("key")),
        )
    elif call.word("ids"):
        ids = call.word("ids").split(",")[:PAGE_MAX]
        rows = store.rows(f"{shapes.SELECT} WHERE p.id IN ({','.join('?' * len(ids))}) ORDER BY p.seq", ids)
    else:
        before = _seq(call, "before_id") or 2**62
        limit = call.number("limit", PAGE, PAGE_MAX)
        rows = store.rows(
            shapes.SELECT + "WHERE p.channel_id = ? AND p.seq < ? ORDER BY p.seq DESC LIMIT ?",
            (call.channel.id, before, limit),
        )
    return JSONResponse(shapes.posts_json(rows, call.network.base_url, viewer_id=call.channel.id))


async def show_post(call: Call) -> Response:
    """GET /api/posts/{id}"""
    return _post(call, _named(call))


async def delete_post(call: Call) -> Response:
    """DELETE /api/posts/{id}"""
    post_id = call.request.path_params["id"]
    seq = await call.network.store.write(lambda db: posts.delete(db, post_id, call.channel.id))
    return _post(call, shapes.post_row(call.network.store.db, seq))


async def replies(call: Call) -> Response:
    """GET /api/posts/{id}/replies"""
    rows = call.network.store.rows(
        f"{_ALL_BELOW} {shapes.SELECT} JOIN below ON below.seq = p.seq WHERE p.seq > ? ORDER BY p.seq LIMIT ?",
        (_named(call)["seq"], _seq(call, "since_id"), call.number("limit", PAGE, PAGE_MAX)),
    )
    return JSONResponse(shapes.posts_json(rows, call.network.base_url, viewer_id=call.channel.id))


async def hide(call: Call) -> Response:
    """POST /api/posts/{id}/hide"""
    return await _set_hidden(call, is_hidden=True)


async def unhide(call: Call) -> Response:
    """POST /api/posts/{id}/unhide"""
    return await _set_hidden(call, is_hidden=False)


async def _set_hidden(call: Call, *, is_hidden: bool) -> Response:
    post_id = call.request.path_params["id"]
    seq = await call.network.store.write(
        lambda db: posts.set_hidden(db, post_id, call.channel.id, is_hidden=is_hidden)
    )
    return _post(call, shapes.post_row(call.network.store.db, seq))


async def post_metrics(call: Call) -> Response:
    """GET /api/posts/{id}/metrics"""
    return JSONResponse(numbers.post_numbers(_named(call)))


async def account_metrics(call: Call) -> Response:
    """GET /api/account/metrics"""
    return JSONResponse(numbers.channel_numbers(call.network.store.db, call.channel.id))


async def list_reviews(call: Call) -> Response:
    """GET /api/reviews"""
    db, since = call.network.store.db, 0
    if call.word("since_id"):
        since = reviews.own_review(db, call.word("since_id"), call.channel.id)["seq"]
    rows = reviews.reviews_of(db, call.channel.id, since=since, limit=call.number("limit", PAGE, PAGE_MAX))
    found = [reviews.review_json(db, row, call.network.base_url, viewer_id=call.channel.id) for row in rows]
    return JSONResponse({"reviews": found})


async def show_review(call: Call) -> Response:
    """GET /api/reviews/{id}"""
    db = call.network.store.db
    row = reviews.own_review(db, call.request.path_params["id"], call.channel.id)
    return JSONResponse(reviews.review_json(db, row, call.network.base_url, viewer_id=call.channel.id))


async def notifications(call: Call) -> Response:
    """GET /api/notifications"""
    kinds = [kind for kind in call.word("kinds").split(",") if kind] or list(notices.KINDS)
    if not set(kinds) <= set(notices.KINDS):
        raise invalid("field_type", f"“kinds” may name {', '.join(notices.KINDS)}.")
    since, limit = call.number("since_id", 0, 2**62), call.number("limit", PAGE, PAGE_MAX)
    network = call.network
    found: dict[str, Any] = notices.notices_json(
        network.store.db, call.channel.id, network.base_url, since=since, limit=limit, kinds=kinds
    )
    return JSONResponse(found)


def _named(call: Call) -> sqlite3.Row:
    row = shapes.find_post(call.network.store.db, call.request.path_params["id"])
    if row is None:
        raise not_found("post")
    return row


def _seq(call: Call, name: str) -> int:
    post_id = call.word(name)
    if not post_id:
        return 0
    row = shapes.find_post(call.network.store.db, post_id)
    if row is None:
        raise not_found("post")
    return int(row["seq"])


def _post(call: Call, row: sqlite3.Row, status: int = 200) -> Response:
    return JSONResponse(shapes.post_json(row, call.network.base_url, viewer_id=call.channel.id), status)


ROUTES = [
    Route("/api/posts", guarded("publish", publish), methods=["POST"]),
    Route("/api/posts", guarded("read", list_posts), methods=["GET"]),
    Route("/api/posts/{id}", guarded("read", show_post), methods=["GET"]),
    Route("/api/posts/{id}", guarded("other", delete_post), methods=["DELETE"]),
    Route("/api/posts/{id}/replies", guarded("read", replies), methods=["GET"]),
    Route("/api/posts/{id}/metrics", guarded("read", post_metrics), methods=["GET"]),
    Route("/api/posts/{id}/hide", guarded("other", hide), methods=["POST"]),
    Route("/api/posts/{id}/unhide", guarded("other", unhide), methods=["POST"]),
    Route("/api/media", guarded("media", upload), methods=["POST"]),
    Route("/api/account", guarded("read", account), methods=["GET"]),
    Route("/api/account/metrics", guarded("read", account_metrics), methods=["GET"]),
    Route("/api/instance", guarded("read", instance), methods=["GET"]),
    Route("/api/reviews", guarded("read", list_reviews), methods=["GET"]),
    Route("/api/reviews/{id}", guarded("read", show_review), methods=["GET"]),
    Route("/api/reviews/{id}/reply", guarded("publish", reply_to_review), methods=["POST"]),
    Route("/api/notifications", guarded("read", notifications), methods=["GET"]),
]
