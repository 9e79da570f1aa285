"""The only door to the internet: every call the house makes goes through `Http`.

It refuses private addresses (a server's address typed by a person must not reach into the
clinic's network), bounds time and size, follows no redirect to elsewhere, and says of every
failure whether the request may have arrived: `NotSent` or `NoAnswer`. No cookie is kept, and nothing here logs a body,
a header or a query, and no exception carries one.
"""

import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

USER_AGENT = "Bedside/0.1 (+https://github.com/bedside)"
MAX_REDIRECTS = 3
# IPv6 addresses that carry an IPv4 address inside: NAT64 (RFC 6052) and 6to4 (RFC 3056).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_6TO4 = ipaddress.ip_network("2002::/16")


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
    """Connects only to public addresses, and to the very address that was checked (no DNS rebinding)."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return super().connect_tcp(_public_address(host, port), port, timeout, local_address, socket_options)


def _public_address(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise httpcore.ConnectError(f"The name {host} is not known.") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not is_public(address):
            raise httpcore.ConnectError(f"{host} leads to a private address, which Bedside does not call.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also when it is an IPv4 address in IPv6 clothes."""
    found = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        elif found in _6TO4:
            inner = ipaddress.IPv4Address((int(found) >> 80) & 0xFFFF_FFFF)
        found = inner or found
    return found.is_global and not found.is_multicast and not found.is_reserved


_own = threading.local()


def _client(allow_private: bool) -> httpx.Client:
    """This thread's client. A pool of all threads together looks through every connection for each call, which took
    as long as the call itself when thirty hands were busy.
    """
    clients: dict[bool, httpx.Client] = _own.__dict__.setdefault("clients", {})
    if allow_private not in clients:
        clients[allow_private] = _made_client(allow_private)
    return clients[allow_private]


def _made_client(allow_private: bool) -> httpx.Client:
    limits = httpx.Limits(max_connections=10, max_keepalive_connections=10, keepalive_expiry=4.0)
    transport = httpx.HTTPTransport(verify=_trust(), limits=limits, trust_env=False)
    if not allow_private:
        # httpx offers no public place for a network backend; the pool's own is replaced before first use.
        transport._pool._network_backend = _CheckedNetwork()
    client = httpx.Client(transport=transport, trust_env=False, headers={"User-Agent": USER_AGENT})
    # One client serves every account: a server's cookie must not tie one channel's calls to another's.
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return client


@cache
def _trust() -> ssl.SSLContext:
    """Whom we trust, read once for all threads."""
    return httpx.create_ssl_context(trust_env=False)


class Http:
    """Calls to one server. `allow_private` is true only for addresses that the operator's settings name.

    `timeout` counts the seconds without a byte, `whole_timeout` those until the last one.
    """

    def __init__(
        self,
        base_url: str = "",
        *,
        allow_private: bool = False,
        timeout: float = 20.0,
        whole_timeout: float = 60.0,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.allow_private = allow_private
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
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        max_bytes: int = 5_000_000,
        timeout: float | None = None,
    ) -> Answer:
        """Send one request and read the whole answer.

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
            with _client(self.allow_private).stream(method, url, **call) as response:
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
