"""One worker's shift: it sends what is due, does the jobs that were asked for and what recurs, shows that it
is alive, and ends when told.

What a job is, and that it may be lost or doubled, is `foundation/work.py`; which jobs there are is in the
rooms' `jobs` modules. Any number of workers may run, on any number of machines, when PostgreSQL and Redis are
set.
"""

import logging
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections
from django.utils.module_loading import autodiscover_modules

from bedside.cli import alive
from bedside.config.environment import env
from bedside.foundation import clock, leisure
from bedside.foundation.models import Heartbeat, Schedule
from bedside.foundation.work import Recurring, prepare_worker, recurring
from bedside.publishing.pump import Pump

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 0.2
RECURRING_THREADS = 2
FINISH_WITHIN_SECONDS = 3.0
"""The supervisor insists after four seconds; a job that is cut off is taken up again by its room's sweep."""


def work(*, threads: int) -> int:
    """Work until INT or TERM comes, then finish what is in hand, for a few seconds at most."""
    autodiscover_modules("jobs")
    stop = threading.Event()
    consumer = prepare_worker().create_consumer(
        workers=threads,
        periodic=False,
        initial_delay=0.05,
        max_delay=0.5,
        shutdown_timeout=FINISH_WITHIN_SECONDS,
    )
    consumer.start()
    pump = Pump(env.data)
    leisure.pressed_by(lambda: pump.is_pressed)
    sending = threading.Thread(target=send, args=(pump, stop), name="pump", daemon=True)
    sending.start()
    for number in (signal.SIGINT, signal.SIGTERM):  # the engine has set handlers of its own
        signal.signal(number, lambda *_: stop.set())
    Recurrence(stop).run()
    consumer.stop(graceful=True)
    sending.join(FINISH_WITHIN_SECONDS)
    return 0


def send(pump: Pump, stop: threading.Event) -> None:
    """Send what is due until told to end; what is then in the air may land for a moment."""
    pump.run(stop)
    pump.finish(FINISH_WITHIN_SECONDS - 0.5)


class Recurrence:
    """Calls what recurs when its turn comes, and gives signs of life."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.next_at: dict[str, float] = {}
        self.in_hand: set[str] = set()
        self.process = f"{socket.gethostname()}:{os.getpid()}"

    def run(self) -> None:
        """Look again and again, until a stop is asked."""
        pool = ThreadPoolExecutor(RECURRING_THREADS, thread_name_prefix="recurring")
        while not self.stop.is_set():
            try:
                self.look(pool)
            except DatabaseError as reason:
                log.error("What recurs waits, because the database does not answer: %s", reason)
                close_old_connections()
                self.stop.wait(2.0)
            self.stop.wait(LOOK_EVERY_SECONDS)
        pool.shutdown(wait=False, cancel_futures=True)

    def look(self, pool: ThreadPoolExecutor) -> None:
        """Start everything whose time has come and that no other worker has taken."""
        if self.is_time("signs of life", alive.EVERY_SECONDS):
            self.show_life()
        for each in list(recurring.values()):
            if each.name in self.in_hand or (each.can_wait and leisure.should_wait()):
                continue
            if not self.is_time(each.name, each.seconds):
                continue
            if Schedule.objects.claim(each.name, each.seconds):
                self.in_hand.add(each.name)
                pool.submit(self.call, each)

    def is_time(self, name: str, seconds: float) -> bool:
        """Whether this worker should look at the named thing now; it then waits its seconds before it looks
        again.
        """
        now = time.monotonic()
        if now < self.next_at.get(name, 0.0):
            return False
        self.next_at[name] = now + seconds
        return True

    def call(self, each: Recurring) -> None:
        """Do one recurring thing; whatever goes wrong in it is logged and does not end the worker."""
        close_old_connections()
        try:
            each.call()
        except Exception:  # the worker outlives any single piece of work, and the next turn tries again
            log.exception("%s failed and is tried again at its next turn.", each.name)
        finally:
            self.in_hand.discard(each.name)
            close_old_connections()

    def show_life(self) -> None:
        """Say that this worker is alive: to this machine by a file, to all machines by a row."""
        now = clock.now()
        Heartbeat.objects.update_or_create(process=self.process, defaults={"kind": "worker", "seen_at": now})
        alive.touch(env.data)
