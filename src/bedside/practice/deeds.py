"""The public forms: what a stranger does here, each from form to redirect. Reading is in `pages`."""

import sqlite3
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bedside.practice import channels, crowd, posts, reviews, shapes
from bedside.practice import network as networks
from bedside.practice.bodies import read_form
from bedside.practice.notices import Author, tell
from bedside.practice.posts import Draft
from bedside.practice.refusals import not_found
from bedside.practice.visitors import back_to, name_for, refuse_foreign_origin, remember, visitor_name
from bedside.practice.wording import check_text

Deed = Callable[[Request, dict[str, str]], Awaitable[Response]]


def _form(deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        refuse_foreign_origin(request)
        return await deed(request, await read_form(request))

    return endpoint


async def choose_name(request: Request, form: dict[str, str]) -> Response:
    """POST /me"""
    return remember(back_to(form.get("next", "/")), channels.check_name(form.get("name", "")))


async def comment(request: Request, form: dict[str, str]) -> Response:
    """POST /p/{id}/comment"""
    post_id = request.path_params["id"]
    written = await _write(request, form, in_reply_to=post_id)
    return remember(back_to(f"/p/{post_id}#p-{written}"), name_for(request, form))


async def post(request: Request, form: dict[str, str]) -> Response:
    """POST /post"""
    written = await _write(request, form, in_reply_to=None)
    return remember(back_to(f"/p/{written}"), name_for(request, form))


async def _write(request: Request, form: dict[str, str], *, in_reply_to: str | None) -> str:
    text = check_text(form.get("text", "").replace("\r\n", "\n"))
    author, draft = Author(name_for(request, form)), Draft(text, in_reply_to=in_reply_to)

    def store(db: sqlite3.Connection) -> str:
        accepted = posts.accept(db, draft, author, idempotent=False)
        return str(shapes.post_row(db, accepted.seq)["id"])

    return await networks.of(request).store.write(store)


async def like(request: Request, form: dict[str, str]) -> Response:
    """POST /p/{id}/like"""
    return await _react(request, form, "like")


async def repost(request: Request, form: dict[str, str]) -> Response:
    """POST /p/{id}/repost"""
    return await _react(request, form, "repost")


async def _react(request: Request, form: dict[str, str], kind: str) -> Response:
    network, here = networks.of(request), f"/p/{request.path_params['id']}"
    if not (visitor_name(request) or form.get("name", "").strip()):
        return back_to(f"/me?next={quote(form.get('next', here))}")
    name = name_for(request, form)
    row = shapes.find_post(network.store.db, request.path_params["id"])
    if row is None:
        raise not_found("post")
    await network.store.write(lambda db: crowd.toggle_reaction(db, row, kind, name))
    return remember(back_to(form.get("next", here)), name)


async def review(request: Request, form: dict[str, str]) -> Response:
    """POST /c/{handle}/review"""
    found = _channel(request)
    name, stars = name_for(request, form), reviews.check_stars(form.get("stars", ""))
    text = check_text(form.get("text", "").replace("\r\n", "\n"), may_be_empty=True)

    def store(db: sqlite3.Connection) -> str:
        seq = reviews.write_review(db, found["id"], name, stars, text)
        tell(db, found["id"], "review", Author(name), review_seq=seq)
        return str(reviews.review_row(db, seq)["id"])

    written = await networks.of(request).store.write(store)
    return remember(back_to(f"/c/{found['handle']}#review-{written}"), name)


async def follow(request: Request, form: dict[str, str]) -> Response:
    """POST /c/{handle}/follow"""
    found = _channel(request)
    here = f"/c/{found['handle']}"
    if not (visitor_name(request) or form.get("name", "").strip()):
        return back_to(f"/me?next={here}")
    name = name_for(request, form)
    await networks.of(request).store.write(lambda db: crowd.toggle_follow(db, found["id"], name))
    return remember(back_to(here), name)


def _channel(request: Request) -> sqlite3.Row:
    found = channels.channel_by_handle(networks.of(request).store.db, request.path_params["handle"])
    if found is None:
        raise not_found("channel")
    return found


ROUTES = [
    Route("/me", _form(choose_name), methods=["POST"]),
    Route("/post", _form(post), methods=["POST"]),
    Route("/p/{id}/comment", _form(comment), methods=["POST"]),
    Route("/p/{id}/like", _form(like), methods=["POST"]),
    Route("/p/{id}/repost", _form(repost), methods=["POST"]),
    Route("/c/{handle}/review", _form(review), methods=["POST"]),
    Route("/c/{handle}/follow", _form(follow), methods=["POST"]),
]
