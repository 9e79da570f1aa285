"""The public pages a stranger reads: the feed, a channel, a post with its thread, a tag, and the words about all this.

What strangers do is in `deeds`; how pieces look is in `cards`.
"""

import re
import sqlite3

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bedside.practice import cards, channels, crowd, media, profile, shapes
from bedside.practice import network as networks
from bedside.practice.layout import notice, page
from bedside.practice.markup import Child, tag
from bedside.practice.refusals import not_found
from bedside.practice.settings import FILM_PIECE_MAX, NAME_MAX
from bedside.practice.visitors import visitor_name

PAGE = 25
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_BELOW = "WHERE p.root_seq = ? ORDER BY p.seq LIMIT 500"


async def feed(request: Request) -> Response:
    """GET / - everything public, newest first"""
    network, name = networks.of(request), visitor_name(request)
    rows = _posts(request, "p.kind = 'post' AND p.deleted_at IS NULL", ())
    known = network.store.rows("SELECT handle, name FROM channels ORDER BY followers DESC, handle LIMIT 8")
    write = cards.text_form("/post", "Say something to everybody", "Post", name=name)
    return page(
        request,
        "Home",
        tag("h1", "What is new", class_="said"),
        _people(known),
        tag("details", tag("summary", "Write a post"), write, class_="fold"),
        _stream(
            request, rows, "/", "Nothing has been posted yet. What a channel publishes appears here at once."
        ),
    )


async def channel(request: Request) -> Response:
    """GET /c/{handle} - a channel, its posts and its reviews"""
    network, name = networks.of(request), visitor_name(request)
    found = channels.channel_by_handle(network.store.db, request.path_params["handle"])
    if found is None:
        raise not_found("channel")
    await network.store.write(lambda db: crowd.see_channel(db, found["id"]))
    here = f"/c/{found['handle']}"
    posts = _posts(request, "p.channel_id = ? AND p.kind = 'post' AND p.deleted_at IS NULL", (found["id"],))
    return page(
        request,
        found["name"],
        profile.profile_card(network.store.db, found, name),
        tag("h2", "Posts"),
        _stream(request, posts, here, f"{found['name']} has not posted yet."),
        tag("h2", "Reviews", id="reviews"),
        profile.review_list(network.store.db, found),
        profile.review_form(found, name),
    )


async def post(request: Request) -> Response:
    """GET /p/{id} - a post with everything below it"""
    network, name = networks.of(request), visitor_name(request)
    found = shapes.find_post(network.store.db, request.path_params["id"])
    if found is None:
        raise not_found("post")
    await network.store.write(lambda db: crowd.see_post(db, found["seq"]))
    row = shapes.post_row(network.store.db, found["seq"])
    below = network.store.rows(shapes.SELECT + _BELOW, (row["root_seq"] or row["seq"],))
    done = _done(request, [row, *below])
    author = row["channel_name"] or row["stranger"]
    may_answer = not row["deleted_at"] and row["kind"] != "review_reply"
    return page(
        request,
        f"{author}: {row['text'][:40]}" if not (row["deleted_at"] or row["hidden_at"]) else "A post",
        tag("h1", f"A post by {author}", class_="said"),
        _above(row),
        cards.post_card(row, done=done, is_alone=True),
        cards.text_form(f"/p/{row['id']}/comment", f"Reply to {author}", "Reply", name=name, id_="reply")
        if may_answer
        else None,
        tag("section", cards.thread(below, row, done), class_="thread", aria_label="Replies"),
    )


async def tagged(request: Request) -> Response:
    """GET /tags/{word} - posts with a hashtag"""
    word = request.path_params["word"][:60].lower()
    rows = _posts(
        request,
        "p.kind = 'post' AND p.deleted_at IS NULL AND lower(p.text) LIKE ? ESCAPE '!'",
        (f"%#{_literal(word)}%",),
    )
    return page(
        request,
        f"#{word}",
        tag("h1", f"#{word}"),
        _stream(request, rows, f"/tags/{word}", "No post carries this tag."),
    )


async def me(request: Request) -> Response:
    """GET /me - choose the name one goes by"""
    form = tag(
        "form",
        tag("label", "The name others see", for_="name"),
        tag(
            "input",
            id="name",
            name="name",
            value=visitor_name(request),
            required=True,
            maxlength=NAME_MAX,
            autocomplete="nickname",
        ),
        tag("input", type="hidden", name="next", value=request.query_params.get("next", "/")),
        tag("button", "Use this name", class_="primary"),
        method="post",
        action="/me",
        class_="card write",
    )
    return page(
        request,
        "Your name",
        tag("h1", "Who are you today?"),
        tag(
            "p",
            "Any name will do, and you can change it as often as you like. There is no account and no password.",
            class_="lead",
        ),
        form,
    )


async def about(request: Request) -> Response:
    """GET /about - what this place is"""
    text = [
        "This is a social network to practice on. Bedside can publish here as it does on a real network, and you can "
        "be the public: comment, like, repost, write a review, mention a channel.",
        "Everything stays on this machine. Nobody else reads it, and nothing you do here reaches a real network.",
        "Whatever a channel published is kept in a ledger, so a test can prove that nothing was lost or sent twice.",
    ]
    return page(request, "What is this?", notice("A place to practice", [tag("p", one) for one in text]))


async def picture(request: Request) -> Response:
    """GET /media/{id} - a picture or film, as nothing else; of a film the piece that a player asks for"""
    db, media_id = networks.of(request).store.db, request.path_params["id"]
    mime, size = media.size_of(db, media_id)
    headers = {
        "Content-Security-Policy": "default-src 'none'; media-src 'self'; sandbox",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Disposition": "inline",
    }
    if mime != media.FILM:
        return Response(media.piece(db, media_id, 0, size), media_type=mime, headers=headers)
    headers["Accept-Ranges"] = "bytes"
    start, end = _asked_piece(request.headers.get("range", ""), size)
    if start is None:
        return Response(media.piece(db, media_id, 0, size), media_type=mime, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return Response(media.piece(db, media_id, start, end - start + 1), 206, media_type=mime, headers=headers)


def _asked_piece(asked: str, size: int) -> tuple[int | None, int]:
    """First and last byte of a piece (RFC 9110, section 14); none where the whole is meant or nothing sensible."""
    found = _RANGE.fullmatch(asked)
    if found is None or not (found[1] or found[2]):
        return None, 0
    if not found[1]:
        start, end = max(0, size - int(found[2])), size - 1
    else:
        start = int(found[1])
        end = min(int(found[2]) if found[2] else size - 1, size - 1, start + FILM_PIECE_MAX - 1)
    return (start, end) if start <= end else (None, 0)


async def captions(request: Request) -> Response:
    """GET /media/{id}/captions - the subtitles of a film"""
    text = media.captions(networks.of(request).store.db, request.path_params["id"])
    return Response(text, media_type="text/vtt", headers={"Cache-Control": "public, max-age=31536000"})


def _posts(request: Request, where: str, values: tuple[object, ...]) -> list[sqlite3.Row]:
    store, before = networks.of(request).store, request.query_params.get("before", "")
    at, seq = "9", 0
    if before:
        row = shapes.find_post(store.db, before)
        at, seq = (row["created_at"], row["seq"]) if row else (at, seq)
    order = f"AND (p.created_at, p.seq) < (?, ?) ORDER BY p.created_at DESC, p.seq DESC LIMIT {PAGE + 1}"
    sql = f"{shapes.SELECT} WHERE {where} {order}"
    return store.rows(sql, (*values, at, seq))


def _stream(request: Request, rows: list[sqlite3.Row], here: str, nothing: str) -> list[Child]:
    if not rows:
        words = "That was all." if "before" in request.query_params else nothing
        return [tag("p", words, class_="card nothing")]
    done = _done(request, rows)
    shown: list[Child] = [
        cards.post_card(row, done=done, next_=f"{here}#p-{row['id']}") for row in rows[:PAGE]
    ]
    if len(rows) > PAGE:
        shown.append(
            tag("p", tag("a", "Earlier posts", href=f"{here}?before={rows[PAGE - 1]['id']}", class_="more"))
        )
    return shown


def _done(request: Request, rows: list[sqlite3.Row]) -> cards.Done:
    name = visitor_name(request)
    if not name or not rows:
        return cards.NOTHING_DONE
    marks = ",".join("?" * len(rows))
    found = networks.of(request).store.rows(
        f"SELECT post_seq, kind FROM reactions WHERE name = ? AND post_seq IN ({marks})",  # noqa: S608 - question marks only
        (name, *(row["seq"] for row in rows)),
    )
    return frozenset((one["post_seq"], one["kind"]) for one in found)


def _people(rows: list[sqlite3.Row]) -> Child:
    if not rows:
        return None
    links = [
        tag("li", tag("a", cards.avatar(row["name"]), tag("span", row["name"]), href=f"/c/{row['handle']}"))
        for row in rows
    ]
    return tag("nav", tag("ul", links), class_="people", aria_label="Channels")


def _above(row: sqlite3.Row) -> Child:
    if row["parent_id"] is None:
        return None
    whole = tag("a", "See the whole thread", href=f"/p/{row['root_id']}#p-{row['id']}")
    return tag(
        "p",
        "This answers ",
        tag("a", "another post", href=f"/p/{row['parent_id']}"),
        ". ",
        whole,
        class_="above",
    )


def _literal(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


ROUTES = [
    Route("/", feed, methods=["GET"]),
    Route("/c/{handle}", channel, methods=["GET"]),
    Route("/p/{id}", post, methods=["GET"]),
    Route("/tags/{word}", tagged, methods=["GET"]),
    Route("/me", me, methods=["GET"]),
    Route("/about", about, methods=["GET"]),
    Route("/media/{id}", picture, methods=["GET"]),
    Route("/media/{id}/captions", captions, methods=["GET"]),
]
