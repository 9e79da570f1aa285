"""Has this worker time for what can wait? While it is pressed, looking and counting give way to sending.

The worker says what presses it (`pressed_by`); who does something that can wait asks `should_wait` before it begins and
between its steps. Nobody waits for ever: under lasting pressure what waited gets a turn after a while.
"""

import time
from collections.abc import Callable

WAITS = 90.0  # seconds of pressure, after which what waited has its turn
TURN = 15.0  # seconds

_since: float | None = None


def _nothing_presses() -> bool:
    return False


_is_pressed: Callable[[], bool] = _nothing_presses


def pressed_by(is_pressed: Callable[[], bool] = _nothing_presses) -> None:
    """Let `is_pressed` say from now on whether this process has more to do at once than it can; nothing: never."""
    global _is_pressed, _since
    _is_pressed, _since = is_pressed, None


def should_wait() -> bool:
    """Whether what can wait should: this process is pressed, and it is not the turn of what waited."""
    global _since
    if not _is_pressed():
        _since = None
        return False
    now = time.monotonic()
    _since = now if _since is None else _since
    return not is_turn(now - _since)


def is_turn(pressed_for: float) -> bool:
    """Whether what waited has its turn after so many seconds of pressure."""
    return pressed_for % (WAITS + TURN) >= WAITS
