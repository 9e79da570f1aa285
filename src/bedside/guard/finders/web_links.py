"""The links of a material, taken apart once for all rules: where each stands, its host, its path, its parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading

SHORTENERS = listed(
    "bit.ly bitly.com tinyurl.com goo.gl ow.ly buff.ly is.gd rebrand.ly cutt.ly tiny.cc lnkd.in shorturl.at t.ly "
    "rb.gy bl.ink short.io soo.gd s.id v.gd adf.ly shorte.st clck.ru trib.al dlvr.it ift.tt hubs.ly hubs.la "
    "spr.ly smarturl.it linktr.ee bit.do mcaf.ee qr.ae po.st snip.ly t2m.io tny.im x.gd yourls.org fb.me "
    "me-qr.com qrco.de urlz.fr bit.example lnk.bio linkin.bio beacons.ai tap.bio short.example tiny.example"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A web address in a field, where it stands in the plain text, and its parts, decoded: the host in lower case
    without `www.`, the path, and all parameters."""

    reading: Reading
    start: int
    end: int
    host: str
    path: str
    query: str

    @property
    def is_shortened(self) -> bool:
        """Whether the host is a shortener, or a customer's name before one."""
        host = self.host
        return host in SHORTENERS or host.partition(".")[2] in SHORTENERS or host in _SHORT_BY_HOUSE

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters by name; a part without a value has an empty one."""
        pairs = (pair.partition("=") for pair in self.query.replace(";", "&").split("&"))
        return [(key, value) for key, _, value in pairs]

    def hit(self) -> Hit:
        """The whole link, as a place in the original."""
        return Hit(self.reading.field, *self.reading.plain.span(self.start, self.end))


_SHORT_BY_HOUSE = ("discord.gg", "t.me", "wa.me")


def links_of(case: Case) -> list[Link]:
    """Every web address in every field, e-mail addresses left out; found once per case."""
    if case.links is None:
        case.links = [link for reading in case.readings for link in _links_in(reading)]
    return case.links


def _links_in(reading: Reading) -> Iterator[Link]:
    text = reading.plain.text
    for start, stop in reading.addresses:
        end = start + len(text[start:stop].rstrip(".,;:!?)'\"\x03"))
        first, last = reading.plain.span(start, end)
        written = reading.original[first:last]
        url = written if written.isascii() else text[start:end]
        if "@" not in url.split("/")[0] or "://" in url:
            yield Link(reading, start, end, *_parts(url))


# Most links: nothing to decode, no port, no parameters.
_PLAIN = re.compile(r"(?:https?://)?([a-z0-9.\-]+)(/[a-z0-9.\-/]*)?", re.IGNORECASE | re.ASCII)


def _parts(url: str) -> tuple[str, str, str]:
    """Host, path and query of a link, decoded; an address that cannot be parsed is all path."""
    if plain := _PLAIN.fullmatch(url):
        return plain[1].lower().removeprefix("www."), plain[2] or "", ""
    try:
        parsed = urlsplit(url if "://" in url else "http://" + url)
        host = (parsed.hostname or "").removeprefix("www.")
    except ValueError:
        return "", url, ""
    return (
        host,
        unquote(parsed.path),
        unquote(parsed.query + ("&" + parsed.fragment if parsed.fragment else "")),
    )
