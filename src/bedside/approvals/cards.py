"""How a request's card becomes the page of a signer: the same wording on several channels is shown once.

The card was written by the room that asked and is kept as it was; its shape is documented in
`docs/rooms/approvals.md`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from bedside.approvals.models import Request

PictureUrl = Callable[[str], str]


@dataclass(frozen=True)
class Wording:
    """One wording and the channels that will carry it."""

    channels: list[dict[str, str]]
    parts: list[str]
    findings: list[Any]
    links: list[dict[str, str]]

    @property
    def first(self) -> str:
        """The text of the post itself."""
        return self.parts[0] if self.parts else ""

    @property
    def further(self) -> list[str]:
        """The further parts: thread and first comment."""
        return self.parts[1:]


@dataclass(frozen=True)
class Card:
    """Everything a signer must see, ready for the template."""

    wordings: list[Wording]
    pictures: list[dict[str, str]]
    sources: list[str]
    answering: str
    campaign: str
    planned_at: datetime | None
    url: str


def card_of(request: Request, picture_url: PictureUrl) -> Card:
    """Read the card of `request`; `picture_url` says where an asset's picture is shown to this reader."""
    raw = request.card
    planned = raw.get("planned_at")
    return Card(
        wordings=_wordings(raw.get("channels", [])),
        pictures=[
            {
                "url": picture_url(p["asset"]),
                "alt": p.get("alt_text", ""),
                "name": p.get("name", ""),
                "kind": p.get("kind", "image"),
                "captions": p.get("captions", ""),
            }
            for p in raw.get("pictures", [])
        ],
        sources=list(raw.get("sources", [])),
        answering=raw.get("answering", ""),
        campaign=raw.get("campaign", ""),
        planned_at=datetime.fromisoformat(planned) if planned else None,
        url=raw.get("url", ""),
    )


def _wordings(channels: list[dict[str, Any]]) -> list[Wording]:
    found: dict[tuple[Any, ...], Wording] = {}
    for channel in channels:
        parts, links = tuple(channel.get("parts", [])), list(channel.get("links", []))
        key = (parts, tuple(tuple(sorted(link.items())) for link in links))
        if key not in found:
            findings = [SimpleNamespace(replacement=None, **f) for f in channel.get("findings", [])]
            found[key] = Wording([], list(parts), findings, links)
        found[key].channels.append(
            {
                "network": channel.get("network", ""),
                "name": channel.get("name", ""),
                "handle": channel.get("handle", ""),
            }
        )
    return list(found.values())
