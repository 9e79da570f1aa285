"""Can this browser keep a passkey for the address it has open? Only for a name; browsers refuse numbers.

W3C Web Authentication Level 2, 5.1.3 step 7: the relying party's id is a valid domain, and an IP address is none
(read November 2026). On one's own machine `localhost` is such a name and counts as safe without TLS.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

NAME = "localhost"


@dataclass(frozen=True)
class Hindrance:
    """The open address is a number. `better` is the same page under a name, where this desk answers to one."""

    host: str
    better: str = ""


def hindrance_of(request: HttpRequest) -> Hindrance | None:
    """Why no passkey can be used at the address that is open; None where one can."""
    parts = urlsplit(f"//{request.get_host()}")
    host = parts.hostname or ""
    try:
        number = ip_address(host)
    except ValueError:
        return None
    if not number.is_loopback or NAME not in settings.ALLOWED_HOSTS:
        return Hindrance(host)
    port = f":{parts.port}" if parts.port else ""
    return Hindrance(host, f"{request.scheme}://{NAME}{port}{request.get_full_path()}")
