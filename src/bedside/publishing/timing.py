"""How long things take and how often they are tried: every span of time of this room, in one place."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Timing:
    """The worker's clockwork. All values are seconds unless their name says otherwise.

    `lease` must be longer than the longest pause of a living worker, `renew` a small part of it. An answer "it is not
    there" counts only `settles` after the question was asked: no server works that long on one request, so what is
    absent then stays absent. `pace` is the rest between two writes on SQLite, in which the web gets its turn.
    """

    lease: float = 30.0
    renew: float = 5.0
    poll: float = 0.2
    sweep: float = 5.0
    settles: float = 60.0
    look_ups: tuple[float, ...] = (2.0, 10.0, 30.0, 60.0, 120.0, 600.0, 3600.0, 21600.0)
    pace: float = 0.015
    call_at_most: float = 20.0


MOST_LANES = 64  # channels that one worker serves at the same time
MOST_FLIGHTS = 32  # calls that one worker has in the air at the same time
DEPARTURES_AT_ONCE = 64  # deliveries that one look of the gate takes in
TRIES_IN_ORDER = 3  # so often a failing delivery keeps those behind it waiting; then they pass it
TRIES_BROKEN = 5  # so often our own fault is tried again before a person is asked
FIRST_BACK_OFF = timedelta(seconds=5)
LONGEST_BACK_OFF = timedelta(minutes=15)
# No more than this many posts of one channel in a window: the strictest network here takes 300 in five minutes.
WINDOW = timedelta(minutes=5)
MOST_IN_WINDOW = 250


def back_off(tries: int, *, dice: random.Random) -> timedelta:
    """How long to wait after the `tries`-th failure: doubling, with a fifth of it left to chance."""
    span = min(FIRST_BACK_OFF * 2 ** min(tries - 1, 20), LONGEST_BACK_OFF)
    return span * dice.uniform(0.9, 1.1)


def next_look_up(look_ups: int, now: datetime, spans: Sequence[float]) -> datetime | None:
    """When to look again after `look_ups` looks that told nothing; None when it is a person's turn."""
    return now + timedelta(seconds=spans[look_ups]) if look_ups < len(spans) else None
