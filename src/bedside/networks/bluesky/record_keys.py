"""Which name does a post get on Bluesky before it is sent?

A record key that we choose makes publishing repeatable: a second request with the same key cannot make a
second post (atproto.com/specs/tid, read 22 November 2026: 64 bits as 13 characters, microseconds and a
clock id).
"""

from __future__ import annotations

import hashlib
from datetime import datetime

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def record_key(key: str, at: datetime, place: int) -> str:
    """The record key of part number `place` of the delivery `key`: the same for the same arguments, for
    ever.

    Sorted by the second of `at`; the microseconds and the clock id come from `key`, so that two deliveries
    due in the same instant do not meet.
    """
    spread = int.from_bytes(hashlib.sha256(f"{key}/{place}".encode()).digest()[:8], "big")
    microseconds = int(at.timestamp()) * 1_000_000 + spread % 1_000_000
    return _spelled((microseconds << 10) | (spread >> 32) % 1024)


def _spelled(number: int) -> str:
    letters = []
    for _ in range(13):
        letters.append(ALPHABET[number & 31])
        number >>= 5
    return "".join(reversed(letters))
