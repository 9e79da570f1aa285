"""How things are named: ids that sort by the time they were made, and secrets that nobody can guess."""

import hashlib
import os
import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A new id (UUID version 7, RFC 9562 section 5.7): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = (milliseconds & ((1 << 48) - 1)) << 80 | random
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)


def secret_token() -> str:
    """A token for a link or an API key: 256 random bits, URL-safe. Store only its `digest`."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: its SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def uuid_in(text: str) -> uuid.UUID | None:
    """The id that somebody's address or form names; None for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
