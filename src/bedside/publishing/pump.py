"""The worker's heart: it finds what is due, brings it to the gate, sends it, and looks for what got lost.

One thread that decides; a crew of hands that call networks; one pen that writes. It can run in any number of
processes on any number of machines: the rows decide who does what, and a doubled or lost trigger is harmless. The
steps themselves are in `lanes`, `gate`, `departures`, `flight`, `landing`, `searching` and `sweep`.
"""

import logging
import queue
import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection

from bedside.networks import sessions
from bedside.networks.contract import Progress, Session, SignInAgain
from bedside.publishing import departures, lanes
from bedside.publishing.crew import Crew
from bedside.publishing.departures import Departure
from bedside.publishing.ending import Broken, Ending, Outcome
from bedside.publishing.flight import fly
from bedside.publishing.gate import look
from bedside.publishing.ground import DatabaseClock, Disk, Herald
from bedside.publishing.landing import Landed, land_all, save_progress
from bedside.publishing.models import Delivery
from bedside.publishing.presence import Presence, new_name
from bedside.publishing.searching import Searching
from bedside.publishing.sweep import claimants, sweep
from bedside.publishing.timing import (
    DEPARTURES_AT_ONCE,
    LEAST_FREE,
    MOST_FLIGHTS,
    MOST_LANES,
    PRESSED,
    Timing,
)
from bedside.publishing.writing import Note, Pen, Together

log = logging.getLogger(__name__)

T = TypeVar("T")
WHILE_ALIVE = float("inf")


@dataclass
class Lane:
    """A channel that this worker serves: what it has to send, and whether a call is in the air."""

    channel_id: UUID
    queue: deque[UUID]
    session: Session | None = None
    is_flying: bool = False
    pause_until: datetime | None = None

    @property
    def is_done(self) -> bool:
        return not self.is_flying and not self.queue


@dataclass
class _Turns:
    """When what was done last, in monotonic seconds."""

    last: dict[str, float] = field(default_factory=dict)

    def is_time(self, name: str, seconds: float) -> bool:
        now = time.monotonic()
        if now - self.last.get(name, float("-inf")) < seconds:
            return False
        self.last[name] = now
        return True


class Pump:
    """One worker's sending. `run` works until `stop` is set; `cycle` is one turn of it, for tests."""

    def __init__(
        self,
        data: Path,
        *,
        timing: Timing | None = None,
        least_free: int = LEAST_FREE,
        pen: type[Pen] = Pen,
        clock: DatabaseClock | None = None,
    ) -> None:
        self.timing = timing or Timing()
        self.name = new_name()
        self.presence = Presence(data, self.name)
        self.disk = Disk(data, least_free)
        self.clock = clock or DatabaseClock()
        self.herald = Herald()
        self.pen = pen(pace=self.timing.pace, tell=self.herald.tell)
        self.crew = Crew(MOST_FLIGHTS)
        self.lanes: dict[UUID, Lane] = {}
        self.searching = Searching(
            self.name,
            self.pen,
            self.crew,
            self.timing.look_ups,
            now=self.clock.now,
            over=self._search_over,
        )
        self.in_air: dict[UUID, None] = {}  # deliveries whose call or look-up is in the air, in their order
        self.turns = _Turns()
        self.wake = threading.Event()
        self._landed: queue.SimpleQueue[tuple[Lane | None, UUID, Ending | None]] = queue.SimpleQueue()

    def start(self) -> None:
        """Start the pen and the herald."""
        self.herald.start()
        self.pen.start()

    def run(self, stop: threading.Event) -> None:
        """Work until `stop`, through every failure of the database; then give back what is not in the air."""
        self.start()
        while not stop.is_set():
            began = time.monotonic()
            self.wake.clear()
            try:
                self.cycle()
            except (DatabaseError, InterfaceError) as reason:
                log.error("Sending waits, because the database does not answer: %s", type(reason).__name__)
                connection.close()
                self._drop_lanes()
                stop.wait(1.0)
            except Exception:  # the heart must go on; what it stumbled over stays as it was
                log.exception("One turn of sending failed.")
                self._drop_lanes()
                stop.wait(1.0)
            if not stop.is_set():
                self.wake.wait(self.timing.poll)
                stop.wait(max(0.0, began + self.timing.gather - time.monotonic()))

    def cycle(self) -> None:
        """One turn: take note of what landed, keep our leases, sweep, take lanes, let leave, look up."""
        self._note_landed()
        if self.turns.is_time("renew", self.timing.renew):
            self._renew()
        if self.turns.is_time("sweep", self.timing.sweep):
            self._sweep()
        if self.pen.is_answering and self.disk.has_room():
            self._take_lanes()
            self._let_leave()
            self._look_up()
        self._give_back()

    @property
    def is_pressed(self) -> bool:
        """Whether many channels wait for their turn here."""
        return sum(bool(lane.queue) for lane in list(self.lanes.values())) >= PRESSED

    def finish(self, within: float) -> bool:
        """End in order: nothing new leaves, what is in the air may land within so many seconds.

        False when something was still in the air; whoever comes next looks it up.
        """
        deadline = time.monotonic() + within
        for lane in self.lanes.values():
            lane.queue.clear()
        while self.in_air and time.monotonic() < deadline:
            self._note_landed()
            time.sleep(0.02)
        self._give_back()
        self.pen.stop()
        self.pen.join(max(0.1, deadline - time.monotonic()))
        self.herald.stop()
        self.herald.join(max(0.1, deadline - time.monotonic()))
        is_clean = not self.in_air and not self.pen.is_alive()
        if is_clean:
            self.presence.leave()
        return is_clean

    # -- leases

    def _until(self) -> datetime:
        return self.clock.now() + timedelta(seconds=self.timing.lease)

    def _renew(self) -> None:
        self.clock.measure()
        held, flying, until = list(self.lanes), list(self.in_air), self._until()
        if held or flying:
            self._write(lambda _batch: lanes.renew(held, flying, worker=self.name, until=until))

    def _sweep(self) -> None:
        names = claimants()
        if names:
            dead, now = self.presence.dead_among(names), self.clock.now()
            self._written(lambda batch: sweep(batch, now=now, dead=dead))

    def _take_lanes(self) -> None:
        room = MOST_LANES - len(self.lanes)
        if room <= MOST_LANES // 4 or not self.turns.is_time("lanes", self.timing.poll * 0.8):
            return
        now, until = self.clock.now(), self._until()
        wanted = lanes.wanted(now, besides=self.lanes.keys(), most=room)
        if wanted:
            turns = self._written(lambda _batch: lanes.claim(wanted, worker=self.name, now=now, until=until))
            for turn in turns:
                self.lanes[turn.channel_id] = Lane(turn.channel_id, deque(turn.delivery_ids))

    def _give_back(self) -> None:
        done = [lane for lane in self.lanes.values() if lane.is_done]
        if not done:
            return
        for lane in done:
            del self.lanes[lane.channel_id]
        paused = [lane for lane in done if lane.pause_until is not None]
        free = [lane.channel_id for lane in done if lane.pause_until is None]

        def release(_batch: object) -> None:
            lanes.release(free, worker=self.name)
            for lane in paused:
                lanes.release([lane.channel_id], worker=self.name, next_at=lane.pause_until)

        self._write(release)

    def _drop_lanes(self) -> None:
        """After a failure: forget what was planned; the rows still say what is due."""
        for lane in self.lanes.values():
            lane.queue.clear()

    # -- sending

    def _let_leave(self) -> None:
        room = min(self.crew.free, DEPARTURES_AT_ONCE)
        idle = [lane for lane in self.lanes.values() if lane.queue and not lane.is_flying][:room]
        if not idle:
            return
        heads = [lane.queue.popleft() for lane in idle]
        waiting = list(
            Delivery.objects.filter(pk__in=heads, state=Delivery.State.WAITING)
            .select_related("channel")
            .prefetch_related("channel__organization")
            .defer("channel__credentials", "channel__read_cursor")
        )
        now, until = self.clock.now(), self._until()
        candidates = [departures.prepared(looked, now) for looked in look(waiting, now)]
        leaving = self._written(
            lambda batch: departures.depart(batch, candidates, worker=self.name, lease_until=until)
        )
        for departure in leaving:
            self._launch(self.lanes[departure.delivery.channel_id], departure)

    def _launch(self, lane: Lane, departure: Departure) -> None:
        lane.is_flying = True
        self.in_air[departure.delivery.pk] = None
        try:
            lane.session = lane.session or self._session(departure)
        except SignInAgain as refusal:
            self._land(lane, self._unasked(departure, refusal))
            return
        except (
            Exception
        ) as fault:  # it has left already, so somebody has to say that the network was not asked
            log.exception("A channel's session could not be opened: %s", departure.delivery.channel_id)
            if isinstance(fault, (DatabaseError, InterfaceError)):
                connection.close()  # for those that leave with it
            self._land(lane, self._unasked(departure, Broken(type(fault).__name__)))
            return
        session = lane.session
        self.crew.do(lambda: self._fly(lane, departure, session))

    def _unasked(self, departure: Departure, outcome: Outcome) -> Landed:
        return Landed(departure.delivery, departure.token, departure.progress, outcome, self.clock.now())

    def _session(self, departure: Departure) -> Session:
        opened = sessions.open_session(departure.delivery.channel)
        return Session(opened.account, opened.credentials, opened.http, self.clock.now)

    def _fly(self, lane: Lane, departure: Departure, session: Session) -> None:
        def keep(progress: Progress) -> bool:
            kept = self._write(
                lambda _batch: save_progress(departure.delivery.pk, departure.token, progress),
                patience=self.timing.patience,
            )
            return kept.result()

        landed = fly(departure, session, keep=keep)
        if landed is None:
            self._came_down(lane, departure.delivery.pk, None)
        else:
            self._land(lane, landed)

    def _land(self, lane: Lane, landed: Landed) -> None:
        written = self._write(Together(land_all, landed), patience=WHILE_ALIVE)
        written.add_done_callback(lambda done: self._came_down(lane, landed.delivery.pk, _ending(done)))

    def _came_down(self, lane: Lane, delivery_id: UUID, ending: Ending | None) -> None:
        self._landed.put((lane, delivery_id, ending))
        self.wake.set()

    def _note_landed(self) -> None:
        while not self._landed.empty():
            lane, delivery_id, ending = self._landed.get()
            self.in_air.pop(delivery_id, None)
            if lane is None:
                continue
            lane.is_flying = False
            if ending is not None and (ending.lane_until or ending.channel_until or ending.needs_sign_in):
                lane.queue.clear()
                lane.pause_until = ending.lane_until

    def _look_up(self) -> None:
        if self.turns.is_time("look_ups", self.timing.poll):
            begun = self.searching.begin(self.clock.now(), self._until())
            self.in_air |= dict.fromkeys(begun)

    def _search_over(self, delivery_id: UUID) -> None:
        self._landed.put((None, delivery_id, None))
        self.wake.set()

    # -- the pen

    def _write(self, note: Note[T], *, patience: float = 5.0) -> "Future[T]":
        return self.pen.write(note, patience=patience)

    def _written(self, note: Note[T]) -> T:
        return self._write(note).result()


def _ending(done: "Future[Ending | None]") -> Ending | None:
    return None if done.exception() else done.result()
