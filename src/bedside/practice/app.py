"""The practice network as one ASGI application: its routes, and what happens when something is refused or fails."""

import sqlite3
import traceback
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bedside.practice import api, control, deeds, pages, sign_in
from bedside.practice.layout import notice, page
from bedside.practice.markup import tag
from bedside.practice.network import Network
from bedside.practice.refusals import Refusal
from bedside.practice.settings import Settings
from bedside.practice.store import Store

_STATIC = Path(__file__).parent / "static"
_STYLE = (_STATIC / "practice.css").read_bytes()
_MARK = (_STATIC / "mark.svg").read_bytes()


def build(settings: Settings) -> tuple[ASGIApp, Network]:
    """The application and the network it serves; the caller closes the network's store at the end."""
    network = Network(settings, Store(settings.data), replace(settings))
    routes = [
        *api.ROUTES,
        *control.ROUTES,
        *sign_in.ROUTES,
        *pages.ROUTES,
        *deeds.ROUTES,
        Route("/static/practice.css", _style, methods=["GET"]),
        Route("/static/mark.svg", _mark, methods=["GET"]),
        Route("/favicon.ico", _mark, methods=["GET"]),
    ]
    handlers = {
        Refusal: _refused,
        HTTPException: _no_such_page,
        sqlite3.Error: _storage_failed,
        Exception: _broken,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.state.network = network
    return Unsniffed(app), network


class Unsniffed:
    """Tells browsers never to guess a type, on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, adding the header to its answer."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, told)


async def _style(request: Request) -> Response:
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=300"})


async def _mark(request: Request) -> Response:
    headers = {"Cache-Control": "max-age=3600", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(_MARK, media_type="image/svg+xml", headers=headers)


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)  # noqa: S101 - registered for this type only
    if _is_machine(request):
        return JSONResponse(refusal.body(), refusal.status, headers=refusal.headers)
    return _sorry(request, refusal.status, refusal.message)


async def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = (
        "This address does not take that kind of call."
        if status == 405
        else "There is nothing at this address."
    )
    if _is_machine(request):
        code = "wrong_method" if status == 405 else "not_found"
        return JSONResponse(Refusal(status, code, message).body(), status)
    return _sorry(request, status, message)


async def _storage_failed(request: Request, error: Exception) -> Response:
    message = f"The data could not be stored ({error}). Nothing was accepted; see whether the disk is full."
    if _is_machine(request):
        return JSONResponse(Refusal(503, "storage_failed", message).body(), 503)
    return _sorry(request, 503, message)


async def _broken(request: Request, error: Exception) -> Response:
    traceback.print_exception(error)  # Granian is told to be quiet, so this is the only place it is seen
    message = "The practice network made a mistake of its own; its output says which."
    if _is_machine(request):
        return JSONResponse(Refusal(500, "broken", message).body(), 500)
    return _sorry(request, 500, message)


def _sorry(request: Request, status: int, message: str) -> Response:
    back = tag("p", tag("a", "Back to the feed", href="/"))
    return page(
        request, "That did not work", notice("That did not work", tag("p", message), back), status=status
    )


def _is_machine(request: Request) -> bool:
    return request.url.path.startswith(("/api", "/_control", "/oauth"))
