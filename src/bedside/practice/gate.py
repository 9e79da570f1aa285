"""What every API call passes: token, rate, faults before; then the handler; then the faults that spoil the answer.

The handlers in `api` know none of this. A lost answer closes the caller's connection under the server's feet: ASGI has
no word for "say nothing", so the socket is found by its peer's address and shut.
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bedside.practice import network as networks
from bedside.practice.channels import Channel, channel_of_token, expire_by_fault, expired_token
from bedside.practice.faults import Fault
from bedside.practice.network import Network
from bedside.practice.notices import Author
from bedside.practice.rates import too_many
from bedside.practice.refusals import Refusal, bad_request

GARBAGE = b'<!doctype html><title>upstream</title><p>{"id": "p1", "te'


@dataclass(frozen=True)
class Call:
    """One API call whose token was accepted."""

    network: Network
    request: Request
    channel: Channel

    @property
    def author(self) -> Author:
        """The calling channel as an author of posts."""
        return Author(self.channel.name, self.channel.id, self.channel.handle)

    def word(self, name: str) -> str:
        """A query parameter, or an empty text."""
        return self.request.query_params.get(name, "")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from the query, at most `most`."""
        text = self.word(name)
        if not text:
            return default
        if not text.isdecimal() or len(text) > 18:
            raise bad_request(f"“{name}” must be a whole number.")
        return min(int(text), most)


Handler = Callable[[Call], Awaitable[Response]]


def guarded(kind: str, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The handler behind the gate; `kind` is "publish", "media", "read" or "other", for the faults."""

    async def endpoint(request: Request) -> Response:
        network = networks.of(request)
        channel: Channel | None = None
        try:
            token = _token(request)
            channel = channel_of_token(network.store.db, token)
            network.rates.take(channel.id, network.settings)
            await _strike_before(network, kind, token)
            response = await handler(Call(network, request, channel))
        except Refusal as refusal:
            response = JSONResponse(refusal.body(), refusal.status, headers=refusal.headers)
        else:
            response = await _strike_after(network.faults.after(kind), request, response)
        for name, value in network.rates.headers(channel.id if channel else None, network.settings).items():
            response.headers.setdefault(name, value)
        return response

    return endpoint


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def _strike_before(network: Network, kind: str, token: str) -> None:
    fault = network.faults.before(kind)
    if fault is None:
        return
    if fault.effect == "expired_token":
        await network.store.write(lambda db: expire_by_fault(db, token))
        raise expired_token()
    if fault.effect == "rate_limit":
        refusal = too_many(max(1, round(fault.seconds)))
        refusal.headers["X-RateLimit-Remaining"] = "0"
        raise refusal
    status = 500 if fault.fired % 2 else 503
    raise Refusal(status, "server_error", "The network has trouble. Nothing was stored; try again later.")


async def _strike_after(struck: list[Fault], request: Request, response: Response) -> Response:
    for fault in struck:
        if fault.effect == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault.effect == "lost_answer":
            hang_up(request.client)
        else:
            return Response(GARBAGE, 200, media_type="application/json")
    return response


def hang_up(client: Any) -> None:
    """Close the connection to this peer so that the answer never reaches it."""
    peer = (str(client[0]), int(client[1]))
    for name in os.listdir("/dev/fd"):
        connection = _socket_at(int(name))
        if connection is None:
            continue
        with connection:
            try:
                if connection.getpeername()[:2] == peer:
                    connection.shutdown(socket.SHUT_RDWR)
                    return
            except OSError:
                continue  # a listening or unconnected socket
    raise Refusal(500, "server_error", "The connection could not be closed on this system.")


def _socket_at(descriptor: int) -> socket.socket | None:
    """A further handle on the socket with this descriptor; None when it is no socket, or closed meanwhile."""
    try:
        copy = os.dup(descriptor)
    except OSError:
        return None
    try:
        return socket.socket(fileno=copy)
    except OSError:
        os.close(copy)  # or every lost answer would cost some descriptors
        return None
