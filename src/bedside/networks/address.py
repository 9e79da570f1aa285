"""Which server does a person mean when they type its address?

Only the form is judged here; whether the address may be called at all (private ranges, names that do not
exist) is decided by `foundation.http` at every connection.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from bedside.foundation.addresses import is_this_machine
from bedside.networks.outcomes import Refused
from bedside.networks.words import sentence as _


def server_address(typed: str) -> str:
    """`scheme://host[:port]` of what was typed; https is assumed. Raises `Refused` with what to do."""
    typed = typed.strip().strip("/")
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _not_an_address() from None
    if parts.scheme not in ("http", "https") or not host or parts.username or " " in host:
        raise _not_an_address()
    if "." not in host and ":" not in host and not is_this_machine(host):
        raise _not_an_address()
    if parts.scheme == "http" and not is_this_machine(host):
        raise Refused(
            _("This address would send passwords unencrypted. Use the address that begins with https://."),
            code="not_encrypted",
        )
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _not_an_address() -> Refused:
    return Refused(
        _("This is not the address of a server. It looks like mastodon.example or https://mastodon.example."),
        code="not_an_address",
    )
