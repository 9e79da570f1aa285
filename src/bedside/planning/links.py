"""Which links are in the words, and what does each show below the post where a network makes a card of it?

Pure. The words of a card are typed, or read from the organization's own site on request (`site_reading.py`).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

_LINK = re.compile(r"https?://[^\s<>\"'“”]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}…"

MOST_TITLE = 300  # characters; networks show about a hundred
MOST_DESCRIPTION = 1000


@dataclass(frozen=True)
class LinkPreview:
    """The words that a network shows in the card of a link: public, judged and signed like all others."""

    url: str
    title: str = ""
    description: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.description)


def links_in(*texts: str) -> tuple[str, ...]:
    """Each web address in these texts once, in order, without the punctuation that ends a sentence."""
    found = (address.rstrip(_AFTER_LINK) for text in texts for address in _LINK.findall(text))
    return tuple(dict.fromkeys(found))


def link_id(url: str) -> str:
    """A short name for a link, for ids on the page."""
    return hashlib.sha256(url.encode()).hexdigest()[:12]


def host_of(url: str) -> str:
    """The name of the server in a link, small letters; empty for what is no address."""
    try:
        return urlsplit(url if "://" in url else f"https://{url}").hostname or ""
    except ValueError:
        return ""


def is_own(url: str, sites: Iterable[str]) -> bool:
    """Whether a link leads to one of the organization's own sites, or to a part of one (`www.`, `news.`).

    A port must be the one that the site names; a link that carries a name and a password is nobody's.
    """
    try:
        asked = urlsplit(url)
        port = asked.port
    except ValueError:
        return False
    host = asked.hostname or ""
    if asked.scheme not in ("http", "https") or not host or asked.username or asked.password:
        return False
    for site in sites:
        own = _place_of(site)
        if own and port == own[1] and (host == own[0] or host.endswith("." + own[0])):
            return True
    return False


def _place_of(site: str) -> tuple[str, int | None] | None:
    """The host and the port of a site as the organization wrote it; `www.` is not part of its name."""
    try:
        parts = urlsplit(site.strip() if "://" in site else f"https://{site.strip()}")
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return None
    return (host, port) if "." in host else None
