"""What does an authenticator app show? The six digits of RFC 6238 for a secret and a moment."""

import base64
import hmac
import time

STEP_SECONDS = 30


def code_for(secret: str) -> str:
    """The digits for now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int(time.time()) // STEP_SECONDS
    digest = hmac.new(key, step.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
