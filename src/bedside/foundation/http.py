"""The only door to the internet: every call the house makes goes through `Http`.

It refuses private addresses (a server's address typed by a person must not reach into the
clinic's network), bounds time and size, follows no redirect to elsewhere, and says of every
failure whether the request may have arrived: `NotSent` or `NoAnswer`. No cookie is kept, and nothing here logs a body,
a header or a query, and no exception carries one.
"""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any, BinaryIO
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from bedside.foundation.addresses import is_public, is_this_machine

USER_AGENT = "Bedside/0.1 (+https://github.com/bedside)"
MAX_REDIRECTS = 3


class NotSent(Exception):
    """Nothing left the house: the address is refused or unknown, or nobody accepted the connection. Safe to repeat."""


class NoAnswer(Exception):
    """The request may have arrived, but no whole answer came back. Not safe to repeat without looking."""


@dataclass(frozen=True)
class Answer:
    """What a server said: status code, headers (lower-case names) and body (at most `max_bytes`)."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body as JSON. Raises ValueError when it is none."""
        try:
            return json.loads(self.body)
        except RecursionError:
            raise ValueError("The body is nested too deeply to be read.") from None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class _CheckedNetwork(httpcore.SyncBackend):
    """Connects only to public addresses (and to this machine, where that is allowed), and to the very addresses that
    were checked (no DNS rebinding).
    """

    def __init__(self, allow_loopback: bool) -> None:
        super().__init__()
        self._allow_loopback = allow_loopback

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        *first, last = _checked_addresses(host, port, self._allow_loopback)
        for address in first:
            with suppress(httpcore.ConnectError):
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
        return super().connect_tcp(last, port, timeout, local_address, socket_options)


def _checked_addresses(host: str, port: int, allow_loopback: bool) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise httpcore.ConnectError(f"The name {host} is not known.") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not (is_public(address) or (allow_loopback and is_this_machine(address))):
            raise httpcore.ConnectError(f"{host} leads to a private address, which Bedside does not call.")
    return addresses


_own = threading.local()


def _client(allow_private: bool, allow_loopback: bool) -> httpx.Client:
    """This thread's client. A pool of all threads together looks through every connection for each call, which took
    as long as the call itself when thirty hands were busy.
    """
    clients: dict[tuple[bool, bool], httpx.Client] = _own.__dict__.setdefault("clients", {})
    reach = (allow_private, allow_loopback)
    if reach not in clients:
        clients[reach] = _made_client(*reach)
    return clients[reach]


def _made_client(allow_private: bool, allow_loopback: bool) -> httpx.Client:
    limits = httpx.Limits(max_connections=10, max_keepalive_connections=10, keepalive_expiry=4.0)
    transport = httpx.HTTPTransport(verify=_trust(), limits=limits, trust_env=False)
    if not allow_private:
        # httpx offers no public place for a network backend; the pool's own is replaced before first use.
        transport._pool._network_backend = _CheckedNetwork(allow_loopback)
    client = httpx.Client(transport=transport, trust_env=False, headers={"User-Agent": USER_AGENT})
    # One client serves every account: a server's cookie must not tie one channel's calls to another's.
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return client


@cache
def _trust() -> ssl.SSLContext:
    """Whom we trust, read once for all threads."""
    return httpx.create_ssl_context(trust_env=False)


class Http:
    """Calls to one server. `allow_private` is true only for addresses that the operator's settings name;
    `allow_loopback` opens nothing but this machine.

    `timeout` counts the seconds without a byte, `whole_timeout` those until the last one.
    """

    def __init__(
        self,
        base_url: str = "",
        *,
        allow_private: bool = False,
        allow_loopback: bool = False,
        timeout: float = 20.0,
        whole_timeout: float = 60.0,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.allow_private = allow_private
        self.allow_loopback = allow_loopback
        self.timeout = timeout
        self.whole_timeout = whole_timeout
        self._headers = dict(headers or {})

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        content: bytes | BinaryIO | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        max_bytes: int = 5_000_000,
        timeout: float | None = None,
    ) -> Answer:
        """Send one request and read the whole answer. A file as `content` is read while it is sent.

        `path` is joined to the base URL, or is an absolute http(s) URL. Raises NotSent or NoAnswer;
        any status, also 4xx and 5xx, is an Answer.
        """
        url = path if "://" in path else self.base_url + path
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._once(
                method,
                url,
                max_bytes,
                json=json,
                data=data,
                files=files,
                content=content,
                headers={**self._headers, **(headers or {})},
                params=params,
                timeout=timeout or self.timeout,
            )
            onward = _onward(method, url, answer)
            if onward is None:
                return answer
            url, params = onward, None
        return answer

    def _once(self, method: str, url: str, max_bytes: int, **call: Any) -> Answer:
        if _scheme(url) not in ("http", "https"):
            raise NotSent("Only http and https addresses can be called.")
        try:
            with _client(self.allow_private, self.allow_loopback).stream(method, url, **call) as response:
                body = _body(response, max_bytes, self.whole_timeout)
                return Answer(response.status_code, dict(response.headers), body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as refused:
            raise NotSent(_reason(url, refused)) from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError):
            # A header or an address that cannot be written down; the exception may quote it, so it is dropped.
            raise NotSent(
                "The request could not be written: check the address and the credentials."
            ) from None
        except httpx.RequestError as lost:
            raise NoAnswer(_reason(url, lost)) from None


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""


def _body(response: httpx.Response, max_bytes: int, seconds: float) -> bytes:
    """The whole body; a server that sends too much, or a drop at a time for ever, is left."""
    body, give_up = bytearray(), time.monotonic() + seconds
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise httpx.ReadError(f"The answer is larger than {max_bytes:,} bytes.")
        if time.monotonic() > give_up:
            raise httpx.ReadTimeout(f"The answer took longer than {seconds:.0f} seconds.")
    return bytes(body)


def _onward(method: str, url: str, answer: Answer) -> str | None:
    """Where a GET is sent on to: only to the same host and port, at most from http to https.

    The credentials travel along, so another port of the same machine is elsewhere too.
    """
    if method != "GET" or answer.status not in (301, 302, 303, 307, 308):
        return None
    target = urljoin(url, answer.headers.get("location", url))
    here, there = urlsplit(url), urlsplit(target)
    is_same_host = here.hostname == there.hostname
    is_same_port = here.scheme == there.scheme and here.port == there.port
    is_upgrade = (here.scheme, there.scheme) == ("http", "https") and here.port is None and there.port is None
    return target if is_same_host and (is_same_port or is_upgrade) else None


def _reason(url: str, error: Exception) -> str:
    host = urlsplit(url).hostname or "the server"
    kind = type(error).__name__
    if "private address" in str(error) or "is not known" in str(error):
        return str(error)
    return f"{host} did not answer ({kind})."
