"""One trial: deliveries go out while workers are killed, answers get lost and the database is cut; then the counting.

Imported when Django is set up with the trial's settings. What must hold: no post twice, none missing, every unsure
resolved.
"""

import logging
import random
import time
from collections import Counter
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count

from bedside.audit.queries import chains, first_broken_link
from bedside.faults.cuts import Cutter
from bedside.faults.ground import Ground
from bedside.faults.seed import make_clinic, plan_cleared
from bedside.faults.workers import Workers
from bedside.foundation import clock
from bedside.publishing.models import Attempt, Delivery

log = logging.getLogger(__name__)

FAULTS = (
    {"effect": "lost_answer", "rate": 0.05},
    {"effect": "rate_limit", "rate": 0.05, "seconds": 1},
    {"effect": "server_error", "rate": 0.02},
)
AT_WORK = 2


@dataclass(frozen=True)
class Plan:
    """How hard we try: `seconds` is the time in which deliveries fall due and workers are killed."""

    deliveries: int = 2000
    kills: int = 200
    cuts: int = 0
    channels: int = 40
    seconds: float = 240.0
    settle_seconds: float = 240.0
    seed: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of it; all counts but the first four must be 0."""

    accepted: int
    killed: int
    cut: int
    looked_up: int
    doubled: int
    missing: int
    unresolved: int
    strangers: int
    broken_links: int

    @property
    def is_breach(self) -> bool:
        names = ("doubled", "missing", "unresolved", "strangers", "broken_links")
        return any(getattr(self, name) for name in names)

    def as_figures(self) -> dict[str, int]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def run(place: Ground, plan: Plan) -> Outcome:
    """Seed, send under fire, let it settle in peace, count."""
    dice = random.Random(plan.seed)  # noqa: S311  # a trial that can be repeated
    call_command("migrate", verbosity=0, interactive=False)
    clinic = make_clinic(place.practice_url, plan.channels)
    first = clock.now() + timedelta(seconds=2)
    times = [first + timedelta(seconds=plan.seconds * dice.random()) for _ in range(plan.deliveries)]
    plan_cleared(clinic, sorted(times))
    place.control("POST", "faults", list(FAULTS))
    workers = Workers(place.environment, place.data / "worker.log", dice)
    cutter = Cutter(plan.cuts, plan.seconds, dice, with_long_ones=plan.seconds > 60)
    try:
        workers.start(AT_WORK)
        cutter.start()
        killed = _under_fire(workers, plan, dice)
        cutter.join(plan.seconds + 60)
        workers.start(AT_WORK)
        _settle(plan.settle_seconds)
    finally:
        workers.end()
    return _counted(place, killed, cutter.done)


def _under_fire(workers: Workers, plan: Plan, dice: random.Random) -> int:
    """Kill workers at random moments until the time is over; how many were killed."""
    started, killed = time.monotonic(), 0
    moments = sorted(dice.uniform(0.5, plan.seconds) for _ in range(plan.kills))
    for moment in moments:
        time.sleep(max(0.0, started + moment - time.monotonic()))
        workers.start(AT_WORK)
        workers.kill_one()
        killed += 1
    time.sleep(max(0.0, started + plan.seconds - time.monotonic()))
    return killed


def _settle(seconds: float) -> None:
    """Wait until nothing is under way any more."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if not Delivery.objects.exclude(state__in=["sent", "failed", "held", "cancelled"]).exists():
                return
        except (DatabaseError, InterfaceError):  # a cut of our own
            connection.close()
        time.sleep(0.5)


def _counted(place: Ground, killed: int, cut: int) -> Outcome:
    connection.close()
    ledger: list[dict[str, Any]] = place.control("GET", "ledger")
    posted = Counter((entry["channel"], entry["text"]) for entry in ledger)
    wanted = {(row.channel.name, row.excerpt) for row in Delivery.objects.select_related("channel")}
    states = {
        row["state"]: row["n"] for row in Delivery.objects.values("state").annotate(n=Count("id")).order_by()
    }
    log.warning("States in the end: %s", states)
    return Outcome(
        accepted=len(ledger),
        killed=killed,
        cut=cut,
        looked_up=Attempt.objects.filter(kind=Attempt.Kind.LOOK_UP).count(),
        doubled=sum(times - 1 for times in posted.values() if times > 1),
        missing=len(wanted - posted.keys()),
        unresolved=sum(count for state, count in states.items() if state != "sent"),
        strangers=len(posted.keys() - wanted),
        broken_links=sum(first_broken_link(key) is not None for key in chains()),
    )
