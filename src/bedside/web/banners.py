"""Which banners stand over every page: holds, an outage, the demonstration.

A banner is for what holds right now for everybody in the organization. What just happened to one member is a
message instead. `config.wiring` registers who tells.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bedside.web.pills import Tone


@dataclass(frozen=True)
class Banner:
    """One sentence, how it is meant, and where to act on it (both parts or neither)."""

    sentence: str
    tone: Tone = "info"
    icon: str = "info"
    url: str = ""
    action: str = ""


Provider = Callable[[Any], Iterable[Banner]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider(member)` contribute banners. Registering twice counts once."""
    if provider not in _providers:
        _providers.append(provider)


def banners_for(member: Any) -> list[Banner]:
    """Every banner for this member, in the order of registration."""
    return [banner for provider in _providers for banner in provider(member)]
