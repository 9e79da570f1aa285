"""Running the practice network: one process, one event loop, ended by a signal within two seconds.

Granian is embedded rather than spawned: a single process needs half the memory, and the store stays in one thread. What
the network does is in `app`.
"""

import asyncio
import signal
import socket
import sqlite3
import sys

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from bedside.practice.app import build
from bedside.practice.settings import Settings

_PATIENCE_SECONDS = 1.0


class CannotStart(Exception):
    """The practice network could not be started; the text is one sentence for the person who tried."""


def run(settings: Settings) -> None:
    """Serve until TERM or INT."""
    settings.host, settings.port = reserve(settings.host, settings.port)
    try:
        if settings.data is not None:
            settings.data.parent.mkdir(parents=True, exist_ok=True)
        app, network = build(settings)
    except (sqlite3.Error, OSError) as error:
        what = f"The data file {settings.data} cannot be used ({_why(error)})."
        raise CannotStart(f"{what} Choose another with --data, or use --memory.") from error
    try:
        asyncio.run(_serve(app, settings))
    finally:
        network.store.close()


def reserve(host: str, port: int) -> tuple[str, int]:
    """The numeric address and port to listen on; port 0 picks a free one.

    Asked here because Granian takes no host names, and would share a taken port silently.
    """
    if not 0 <= port <= 65535:
        raise CannotStart(
            f"There is no port {port}. Choose one from 1 to 65535 with --port, or 0 for a free one."
        )
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, _, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
            return str(address[0]), int(probe.getsockname()[1])
    except OSError as error:
        what = f"The practice network cannot listen on {host}:{port} ({_why(error)})."
        raise CannotStart(f"{what} Choose another port with --port.") from error


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


async def _serve(app: object, settings: Settings) -> None:
    server = Server(
        app,
        settings.host,
        settings.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        # Several workers keep dozens of connections open each; the usual 128 places would make callers wait.
        backlog=1024,
        log_enabled=False,
    )
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    serving = asyncio.create_task(server.serve())
    ready = asyncio.create_task(_announce(settings))
    await asyncio.wait([serving, asyncio.create_task(ended.wait())], return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    if serving.done():
        serving.result()
        return
    server.stop()  # type: ignore[no-untyped-call]  # granian leaves it untyped
    # Calls that are being answered slowly on purpose are not waited for.
    await asyncio.wait([serving], timeout=_PATIENCE_SECONDS)


async def _announce(settings: Settings) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection(settings.host, settings.port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        writer.close()
        print(f"Practice network is ready at {settings.base_url}", flush=True)
        if not settings.is_loopback:
            print(
                "Others on your network can reach it, and its control address has no password.",
                file=sys.stderr,
                flush=True,
            )
        return
