"""How fast does what is due leave, and how punctually? Imported when Django is set up with a trial's settings.

`bench/publishing.py` prints what comes of it as figures.
"""

import logging
import time
from collections.abc import Sequence
from datetime import timedelta

from django.core.management import call_command

from bedside.faults.ground import Ground, NotReady
from bedside.faults.seed import Clinic, make_clinic, plan_cleared, plan_far_away
from bedside.foundation import clock
from bedside.foundation.models import Heartbeat
from bedside.publishing.models import Delivery

log = logging.getLogger(__name__)

LONGEST_BURST = 300.0  # seconds; a slower machine still ends, with the rate so far
AHEAD = timedelta(seconds=15)


def lay_tables() -> None:
    """Make the database of the trial."""
    call_command("migrate", verbosity=0, interactive=False)


def seed_burst(place: Ground, *, channels: int, due: int, waiting: int) -> Clinic:
    """A clinic with `waiting` deliveries far away and `due` cleared ones, due in two hours."""
    clinic = make_clinic(place.practice_url, channels)
    plan_far_away(clinic, waiting)
    plan_cleared(clinic, [clock.now() + timedelta(hours=2)] * due)
    return clinic


def start_workers(place: Ground, count: int) -> None:
    """Start workers and wait until each has shown that it lives. Raises NotReady."""
    for _ in range(count):
        place.start_worker()
    until = time.monotonic() + 60
    while Heartbeat.objects.filter(kind="worker").count() < count:
        if time.monotonic() > until:
            raise NotReady("The workers did not start within a minute.")
        time.sleep(0.2)


def burst_rate(due: int) -> float:
    """Let all cleared deliveries be due now; how many a second leave, from the first moment to the last receipt."""
    soon = Delivery.objects.filter(state="waiting", due_at__lt=clock.now() + timedelta(hours=3))
    soon.update(due_at=clock.now())
    started = time.monotonic()
    while (sent := _sent()) < due and time.monotonic() - started < LONGEST_BURST:
        time.sleep(1.0)
    return sent / (time.monotonic() - started)


def lateness(clinic: Clinic, *, seconds: int, per_second: int) -> Sequence[float]:
    """How late each of a steady stream was accepted by the network, in seconds, sorted.

    What was not sent at all counts as infinitely late.
    """
    first = clock.now() + AHEAD
    times = [first + timedelta(seconds=number / per_second) for number in range(seconds * per_second)]
    before = _sent()
    plan_cleared(clinic, times)
    until = time.monotonic() + AHEAD.total_seconds() + seconds + 30
    while _sent() < before + len(times) and time.monotonic() < until:
        time.sleep(1.0)
    sent = Delivery.objects.filter(due_at__range=(first, times[-1]), state="sent").select_related("receipt")
    late = sorted((row.receipt.accepted_at - row.due_at).total_seconds() for row in sent)
    return [*late, *[float("inf")] * (len(times) - len(late))]


def _sent() -> int:
    return Delivery.objects.filter(state="sent").count()
