"""What the practice network can be told, and the limits it keeps.

Here stand numbers and switches only; who may change them while it runs is decided in `control`.
"""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

TEXT_MAX = 500
"""Longest text of a post, in code points, each address counted as `ADDRESS_LENGTH`."""
ADDRESS_LENGTH = 23
MEDIA_MAX = 4
"""Pictures in one post."""
MEDIA_BYTES_MAX = 8 * 1024 * 1024
"""Size of a picture."""
FILM_BYTES_MAX = 40_000_000
"""Size of a film; one post has four pictures or one film."""
FILM_PIECE_MAX = 2_000_000
"""What a player gets of a film in one answer when it asks for a piece."""
CAPTIONS_BYTES_MAX = 64_000
ALT_TEXT_MAX = 1500
KEY_MAX = 200
NAME_MAX = 60
JSON_BYTES_MAX = 64 * 1024
FORM_BYTES_MAX = 32 * 1024
IMPORT_BYTES_MAX = 64 * 1024 * 1024


@dataclass
class Settings:
    """How this practice network behaves; `data` is None when everything is kept in memory."""

    host: str = "127.0.0.1"
    port: int = 8001
    data: Path | None = None
    idempotency: bool = True
    token_seconds: int = 7200
    rate_limit: int = 1_000_000
    """Calls that one channel may make in a window."""
    rate_window_seconds: int = 300

    @property
    def base_url(self) -> str:
        """The address under which people and connectors reach it, without a trailing slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it; the control address has no password."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False
