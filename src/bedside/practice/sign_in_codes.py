"""Codes between pressing "Allow" and fetching the token: once, for ten minutes, in memory only."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass

LIFE_SECONDS = 600
_MOST = 1000


@dataclass(frozen=True)
class Grant:
    """What a person allowed: this channel, for the program at this address."""

    channel_id: int
    redirect_uri: str
    challenge: str
    expires_at: float


class Codes:
    """Open codes; the oldest is dropped when a thousand are open."""

    def __init__(self) -> None:
        self._open: dict[str, Grant] = {}

    def issue(self, channel_id: int, redirect_uri: str, challenge: str) -> str:
        """A new code; `challenge` is the S256 code challenge, or empty."""
        if len(self._open) >= _MOST:
            del self._open[next(iter(self._open))]
        code = secrets.token_urlsafe(18)
        self._open[code] = Grant(channel_id, redirect_uri, challenge, time.time() + LIFE_SECONDS)
        return code

    def redeem(self, code: str, redirect_uri: str, verifier: str) -> Grant | None:
        """The grant behind a code; None when it is unknown, used, too old, or not for this program."""
        grant = self._open.pop(code, None)
        if grant is None or grant.expires_at <= time.time() or grant.redirect_uri != redirect_uri:
            return None
        if grant.challenge and grant.challenge != _challenge_of(verifier):
            return None
        return grant


def _challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
