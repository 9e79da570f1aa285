"""Is there firm ground to send from? The disk has room, the database's clock is known, the news are told.

A worker that could not write down what it did must not do it: a full disk stops sending before a row is lost.
"""

import logging
import queue
import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from bedside.foundation import clock
from bedside.foundation.announce import announce_many

log = logging.getLogger(__name__)

AT_ONCE = 200  # news that are told together


class Disk:
    """Whether the data folder's disk has room for what sending writes; it is said once when that changes."""

    def __init__(self, folder: Path, least_free: int) -> None:
        self.folder = folder
        self.least_free = least_free
        self._had_room = True

    def has_room(self) -> bool:
        """Whether at least `least_free` bytes are free."""
        has_room = shutil.disk_usage(self.folder).free >= self.least_free
        if has_room != self._had_room:
            if has_room:
                log.warning("The disk has room again; sending goes on.")
            else:
                log.error(
                    "The disk of the data folder is nearly full, so nothing is sent. Free at least %s MB.",
                    self.least_free // 1_000_000,
                )
        self._had_room = has_room
        return has_room


class DatabaseClock:
    """The time of the database, so that workers whose clocks differ agree about leases."""

    def __init__(self) -> None:
        self.skew = timedelta(0)

    def measure(self) -> None:
        """Compare our clock with the database's (PostgreSQL; SQLite lives on our own machine)."""
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            before = clock.now()
            cursor.execute("SELECT clock_timestamp()")
            told: datetime = cursor.fetchone()[0]
            after = clock.now()
        skew = told - (before + (after - before) / 2)
        if abs(skew) > timedelta(seconds=5) and abs(self.skew) <= timedelta(seconds=5):
            log.warning(
                "This machine's clock differs from the database's by %s; the database's is used.", skew
            )
        self.skew = skew

    def now(self) -> datetime:
        """The database's present moment, aware."""
        return clock.now() + self.skew


class Herald(threading.Thread):
    """Tells the house the worker's news, in their order, so that no listener keeps the pen waiting."""

    def __init__(self) -> None:
        super().__init__(name="herald", daemon=True)
        self._news: queue.SimpleQueue[object | None] = queue.SimpleQueue()

    def tell(self, news: object) -> None:
        """Announce `news` soon; it is committed already."""
        self._news.put(news)

    def stop(self) -> None:
        """Tell what is left and end."""
        self._news.put(None)

    def run(self) -> None:
        """Announce until stopped."""
        is_open = True
        while is_open:
            heard = [self._news.get()]
            while len(heard) < AT_ONCE and not self._news.empty():
                heard.append(self._news.get())
            is_open = None not in heard
            self._announce([news for news in heard if news is not None])
        connection.close()

    def _announce(self, news: list[object]) -> None:
        try:
            announce_many(news)
        except Exception:  # one listener's fault must not silence the herald
            log.exception("News could not be told: %s", sorted({type(each).__name__ for each in news}))
            connection.close()
