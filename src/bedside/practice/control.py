"""The control address: the ledger, the faults, the reset and what tests and demos need. No token: it is for loopback.

The forms of the ledger, the faults and the reset are fixed; other programs rely on them.
"""

import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bedside.practice import VERSION, channels, shapes
from bedside.practice import network as networks
from bedside.practice.bodies import read_body, read_json, read_object
from bedside.practice.faults import read_faults
from bedside.practice.history import import_lines
from bedside.practice.refusals import Refusal, invalid, not_found
from bedside.practice.schema import EMPTIED_BY_RESET
from bedside.practice.settings import IMPORT_BYTES_MAX, Settings
from bedside.practice.visitors import refuse_foreign_origin

_CHUNK = 500
_SWITCHES: dict[str, tuple[type, int]] = {
    "idempotency": (bool, 1),
    "token_seconds": (int, 10**9),
    "rate_limit": (int, 10**9),
    "rate_window_seconds": (int, 10**6),
}


async def health(request: Request) -> Response:
    """GET /_control/health"""
    counted = networks.of(request).store.row("SELECT count(*) AS n FROM posts WHERE channel_id IS NOT NULL")
    return JSONResponse({"status": "ok", "version": VERSION, "accepted": counted["n"] if counted else 0})


async def ledger(request: Request) -> Response:
    """GET /_control/ledger"""
    network, asked = networks.of(request), request.query_params
    wheres, values = ["p.channel_id IS NOT NULL"], []
    if "channel" in asked:
        wheres.append("c.handle = ?")
        values.append(asked["channel"])
    if "key" in asked:
        wheres.append("p.key = ?")
        values.append(asked["key"])
    after = 0
    if "after" in asked:
        row = shapes.find_post(network.store.db, asked["after"])
        if row is None:
            raise not_found("post")
        after = int(row["seq"])
    sql = f"{shapes.SELECT} WHERE {' AND '.join(wheres)} AND p.seq > ? ORDER BY p.seq LIMIT {_CHUNK}"

    async def lines() -> AsyncIterator[str]:
        seq = after
        while rows := network.store.rows(sql, (*values, seq)):
            seq = rows[-1]["seq"]
            yield "".join(json.dumps(shapes.ledger_line(row, network.base_url)) + "\n" for row in rows)

    return StreamingResponse(lines(), media_type="application/x-ndjson")


async def show_faults(request: Request) -> Response:
    """GET /_control/faults"""
    return JSONResponse({"faults": networks.of(request).faults.shown()})


async def set_faults(request: Request) -> Response:
    """POST /_control/faults"""
    networks.of(request).faults.set(read_faults(await read_json(request)))
    return await show_faults(request)


async def clear_faults(request: Request) -> Response:
    """DELETE /_control/faults"""
    networks.of(request).faults.clear()
    return await show_faults(request)


async def reset(request: Request) -> Response:
    """POST /_control/reset"""
    network = networks.of(request)

    def empty(db: sqlite3.Connection) -> None:
        for table in EMPTIED_BY_RESET:
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
        db.execute("UPDATE channels SET followers = 0, profile_views = 0")
        db.execute("UPDATE tokens SET is_expired_by_fault = 0")

    await network.store.write(empty)
    network.faults.clear()
    network.rates.forget()
    network.settings = replace(network.first_settings)
    return JSONResponse({"status": "reset"})


async def make_channel(request: Request) -> Response:
    """POST /_control/channels"""
    network, body = networks.of(request), await read_object(request)
    handle = channels.check_handle(body.get("handle"))
    name = channels.check_name(body.get("name") or handle)
    about = channels.check_name(body["about"], "about", channels.ABOUT_MAX) if body.get("about") else ""
    followers = body.get("followers", 0)
    if not isinstance(followers, int) or isinstance(followers, bool) or not 0 <= followers < 10**9:
        raise invalid("field_type", "“followers” must be a whole number.")
    seconds = network.settings.token_seconds

    def make(db: sqlite3.Connection) -> tuple[channels.Tokens, bool]:
        channel_id, is_new = channels.create_channel(db, handle, name, about=about, followers=followers)
        return channels.issue_tokens(db, channel_id, seconds), is_new

    tokens, is_new = await network.store.write(make)
    return JSONResponse(
        channels.tokens_json(network.store.db, tokens, network.base_url), 201 if is_new else 200
    )


async def show_settings(request: Request) -> Response:
    """GET /_control/settings"""
    settings = asdict(networks.of(request).settings)
    return JSONResponse({name: settings[name] for name in _SWITCHES})


async def set_settings(request: Request) -> Response:
    """POST /_control/settings"""
    network, body = networks.of(request), await read_object(request)
    network.settings = _changed(network.settings, body)
    return await show_settings(request)


def _changed(settings: Settings, body: dict[str, Any]) -> Settings:
    for name, value in body.items():
        kind, most = _SWITCHES.get(name, (None, 0))
        if kind is None:
            raise invalid("field_type", f"There is no setting “{name}”. There are {', '.join(_SWITCHES)}.")
        is_fit = isinstance(value, kind) and isinstance(value, bool) == (kind is bool)
        if not is_fit or not (kind is bool or 1 <= value <= most):
            raise invalid(
                "field_type", f"“{name}” must be {'true or false' if kind is bool else 'a number from 1'}."
            )
    return replace(settings, **body)


async def bring_history(request: Request) -> Response:
    """POST /_control/import"""
    network = networks.of(request)
    body = await read_body(request, IMPORT_BYTES_MAX)
    counts = await network.store.write(lambda db: import_lines(db, body))
    return JSONResponse({"imported": counts})


def _open(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            if request.method not in ("GET", "HEAD"):
                refuse_foreign_origin(request)
            return await handler(request)
        except Refusal as refusal:
            return JSONResponse(refusal.body(), refusal.status)

    return endpoint


ROUTES = [
    Route("/_control/health", _open(health), methods=["GET"]),
    Route("/_control/ledger", _open(ledger), methods=["GET"]),
    Route("/_control/faults", _open(show_faults), methods=["GET"]),
    Route("/_control/faults", _open(set_faults), methods=["POST"]),
    Route("/_control/faults", _open(clear_faults), methods=["DELETE"]),
    Route("/_control/reset", _open(reset), methods=["POST"]),
    Route("/_control/channels", _open(make_channel), methods=["POST"]),
    Route("/_control/settings", _open(show_settings), methods=["GET"]),
    Route("/_control/settings", _open(set_settings), methods=["POST"]),
    Route("/_control/import", _open(bring_history), methods=["POST"]),
]
