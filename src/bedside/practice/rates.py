"""How many calls a channel has left: fixed windows, told on every answer.

The default limit is out of reach on purpose; tests lower it through the control address.
"""

import time

from bedside.practice.refusals import Refusal
from bedside.practice.settings import Settings


class Rates:
    """Calls counted per channel in windows that start on full multiples of their length."""

    def __init__(self) -> None:
        self._used: dict[int, tuple[int, int]] = {}

    def headers(self, channel_id: int | None, settings: Settings) -> dict[str, str]:
        """The three rate headers as they stand; an unknown caller sees a full window."""
        window = self._window(settings)
        started, used = self._used.get(channel_id or 0, (window, 0))
        left = settings.rate_limit - (used if started == window else 0)
        return {
            "X-RateLimit-Limit": str(settings.rate_limit),
            "X-RateLimit-Remaining": str(max(0, left)),
            "X-RateLimit-Reset": str((window + 1) * settings.rate_window_seconds),
        }

    def take(self, channel_id: int, settings: Settings) -> None:
        """Count one call; refused with the seconds to wait when the window is used up."""
        window = self._window(settings)
        started, used = self._used.get(channel_id, (window, 0))
        used = used + 1 if started == window else 1
        self._used[channel_id] = (window, used)
        if used > settings.rate_limit:
            raise too_many(int((window + 1) * settings.rate_window_seconds - time.time()) + 1)

    def forget(self) -> None:
        """Start all windows anew."""
        self._used.clear()

    @staticmethod
    def _window(settings: Settings) -> int:
        return int(time.time() // settings.rate_window_seconds)


def too_many(seconds: int) -> Refusal:
    """The refusal of a call that came too soon; nothing was stored."""
    message = f"Too many calls. Nothing was stored; ask again in {seconds} s."
    return Refusal(429, "rate_limited", message, headers={"Retry-After": str(seconds)})
