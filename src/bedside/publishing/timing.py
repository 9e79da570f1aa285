"""How long things take and how often they are tried: every span of time of this room, in one place."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Timing:
    """The worker's clockwork. All values are seconds unless their name says otherwise.

    `lease` must be longer than the longest pause of a living worker, `renew` a small part of it. `look_ups` are the
    waits between the looks for an unsure delivery; after the last it is a person's turn. `pace` is the rest between
    two writes: on SQLite the web gets its turn in it, and everywhere more comes together in one commit. `gather` is the
    least time between two looks of the gate, so that a burst is looked at, written and recorded in groups.
    `patience` is how long a write may wait for a database that does not answer before the call that depends on it is
    given up.
    """

    lease: float = 30.0
    renew: float = 5.0
    poll: float = 0.2
    sweep: float = 5.0
    look_ups: tuple[float, ...] = (5.0, 15.0, 30.0, 60.0, 120.0, 600.0, 3600.0, 21600.0)
    pace: float = 0.03
    gather: float = 0.1
    patience: float = 15.0


MOST_LANES = 64  # channels that one worker serves at the same time
MOST_FLIGHTS = 48  # calls that one worker has in the air at the same time
PRESSED = 16  # lanes with more to send than their next delivery: what can wait gives way then
DEPARTURES_AT_ONCE = 64  # deliveries that one look of the gate takes in
TRIES_IN_ORDER = 3  # so often a failing delivery keeps those behind it waiting; then they pass it
TENURE = 20  # departures after which a worker gives a lane back, so that all channels get their turn
LEAST_FREE = 100_000_000  # bytes on the disk of the data folder, below which nothing leaves
TRIES_BROKEN = 5  # so often our own fault is tried again before a person is asked
FIRST_LOOK = timedelta(seconds=1)  # after an answer was lost; most are found at once
FIRST_BACK_OFF = timedelta(seconds=5)
LONGEST_BACK_OFF = timedelta(minutes=15)
# No more than this many posts of one channel in a window: the strictest network here takes 300 in five minutes.
WINDOW = timedelta(minutes=5)
MOST_IN_WINDOW = 250


def back_off(tries: int, *, dice: random.Random) -> timedelta:
    """How long to wait after the `tries`-th failure: doubling, with a fifth of it left to chance."""
    span = min(FIRST_BACK_OFF * 2 ** min(tries - 1, 20), LONGEST_BACK_OFF)
    return timedelta(seconds=span.total_seconds() * dice.uniform(0.9, 1.1))


def next_look_up(look_ups: int, now: datetime, spans: Sequence[float]) -> datetime | None:
    """When to look again after `look_ups` looks that told nothing; None when it is a person's turn."""
    return now + timedelta(seconds=spans[look_ups - 1]) if look_ups <= len(spans) else None
