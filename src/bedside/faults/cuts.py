"""Cutting the database off for moments, while everybody works.

PostgreSQL: every connection but ours is ended by the server. SQLite: somebody holds the one write lock, sometimes for
longer than a writer waits.
"""

import random
import threading
import time

from django.db import connection

LONGER_THAN_A_WRITER_WAITS = 22.0


class Cutter(threading.Thread):
    """Cuts `count` times at random moments within `seconds`; `done` counts them."""

    def __init__(self, count: int, seconds: float, dice: random.Random, *, with_long_ones: bool) -> None:
        super().__init__(name="cutter", daemon=True)
        self.moments = sorted(dice.uniform(0, seconds) for _ in range(count))
        self.dice = dice
        self.with_long_ones = with_long_ones
        self.done = 0

    def run(self) -> None:
        """Cut at each moment."""
        started = time.monotonic()
        for number, moment in enumerate(self.moments):
            time.sleep(max(0.0, started + moment - time.monotonic()))
            if connection.vendor == "postgresql":
                _end_connections()
            else:
                is_long = self.with_long_ones and number == 0
                _hold_lock(LONGER_THAN_A_WRITER_WAITS if is_long else self.dice.uniform(0.2, 2.0))
            self.done += 1
        connection.close()


def _end_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _hold_lock(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        cursor.execute("ROLLBACK")
