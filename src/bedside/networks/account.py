"""Who are we on a network, and with what do we act there?

Plain, immutable values: the account, its limits and credentials, and the session that a connector is given
for one piece of work. What leaves is in `outgoing`, what comes back in `incoming`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Self

from bedside.foundation import clock
from bedside.foundation.http import Http


@dataclass(frozen=True)
class Limits:
    """What an account may post, as its server said it; a card carries the network's usual values.

    Sizes are bytes, `max_image_pixels` is width × height. `None` means the network sets no such limit. Where
    `max_videos` is 0, films are not taken; where they are, one stands alone in a post.
    """

    max_characters: int
    max_bytes: int | None = None
    max_images: int = 4
    max_alt_characters: int = 1500
    max_image_bytes: int | None = None
    max_image_pixels: int | None = None
    max_videos: int = 0
    max_video_bytes: int | None = None
    max_video_seconds: float | None = None
    max_subtitle_bytes: int | None = None
    reserved_per_url: int | None = None
    mime_types: tuple[str, ...] = ("image/jpeg", "image/png", "image/gif", "image/webp")

    def as_json(self) -> dict[str, Any]:
        """The form in which a channel stores its limits."""
        return asdict(self) | {"mime_types": list(self.mime_types)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read stored limits; keys that this version does not know are ignored."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        if "mime_types" in values:
            values["mime_types"] = tuple(values["mime_types"])
        return cls(**values)


@dataclass(frozen=True)
class Account:
    """A page or profile on a network, as the network described it at `check`; `handle` begins with an @."""

    remote_id: str
    handle: str
    name: str
    url: str
    server_url: str
    limits: Limits
    avatar_url: str = ""


@dataclass(frozen=True)
class Credentials:
    """What lets us act for an account. Secret: encrypted at rest by the caller, never logged, hidden in
    `repr`.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None
    extra: Mapping[str, str] = field(default_factory=dict, repr=False)

    def as_json(self) -> dict[str, Any]:
        """The form that the caller encrypts and stores."""
        expires = self.expires_at.isoformat() if self.expires_at else None
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "expires_at": expires,
            "extra": dict(self.extra),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        expires = stored.get("expires_at")
        return cls(
            access_token=stored["access_token"],
            refresh_token=stored.get("refresh_token", ""),
            expires_at=datetime.fromisoformat(expires) if expires else None,
            extra=dict(stored.get("extra", {})),
        )


@dataclass(frozen=True)
class Session:
    """What a connector is given for one piece of work on one channel. Short-lived; never stored."""

    account: Account
    credentials: Credentials
    http: Http = field(repr=False)
    now: Callable[[], datetime] = field(default=clock.now, repr=False)

    @classmethod
    def at(cls, account: Account, credentials: Credentials, *, allow_private: bool) -> Self:
        """A session at the account's own server. `allow_private` only for servers that the settings allow."""
        return cls(account, credentials, Http(account.server_url, allow_private=allow_private))

    @property
    def limits(self) -> Limits:
        return self.account.limits
