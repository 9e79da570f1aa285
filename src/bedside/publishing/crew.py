"""The worker's hands: a fixed number of threads that make calls.

They are daemon threads: a worker that is told to end does not wait for a network longer than it may; a call that is
cut off is looked up by whoever comes next.
"""

import logging
import queue
import threading
from collections.abc import Callable

from django.db import connections

log = logging.getLogger(__name__)


class Crew:
    """Runs what it is given, at most `size` things at once."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._busy = 0
        self._lock = threading.Lock()
        self._work: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._threads = 0

    @property
    def free(self) -> int:
        """How many more things would start at once."""
        return max(0, self.size - self._busy)

    def do(self, work: Callable[[], None]) -> None:
        """Have `work` done by a free hand, as soon as there is one."""
        with self._lock:
            self._busy += 1
            if self._busy > self._threads < self.size:
                self._threads += 1
                threading.Thread(target=self._run, name=f"crew-{self._threads}", daemon=True).start()
        self._work.put(work)

    def _run(self) -> None:
        while True:
            work = self._work.get()
            try:
                work()
            except Exception:  # a hand must not be lost to one piece of work
                log.exception("A piece of the worker's work failed.")
            finally:
                connections.close_all()  # only refreshing a sign-in opens one here
                with self._lock:
                    self._busy -= 1
