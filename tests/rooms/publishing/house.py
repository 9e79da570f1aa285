"""A desk that can send: a clinic with channels on a running practice network, notes to send, and a worker's pump."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from tests.fixtures.clinic import Clinic
from tests.fixtures.practice import PracticeServer
from tests.rooms.publishing.words import KIND, Notes

from bedside.foundation import clock
from bedside.networks.actions import connect_channel
from bedside.networks.catalogue import connector_of
from bedside.networks.models import Channel
from bedside.networks.sessions import http_for
from bedside.people.doers import THE_HOUSE
from bedside.publishing.models import Delivery
from bedside.publishing.pump import Pump
from bedside.publishing.scheduling import schedule
from bedside.publishing.timing import Timing

QUICK = Timing(
    lease=5.0, renew=1.0, poll=0.02, sweep=0.2, look_ups=(0.2, 0.5, 1.0, 2.0, 4.0), pace=0.0, patience=3.0
)


@dataclass
class House:
    """Everything a story about sending needs."""

    clinic: Clinic
    network: PracticeServer
    notes: Notes
    data: Path

    def channel(self, handle: str = "riverbend") -> Channel:
        """A channel of the clinic, signed in on the practice network."""
        opened = self.network.channel(handle)
        http = http_for(self.network.base_url)
        answers = {
            "access_token": opened.access_token,
            "refresh_token": opened.refresh_token,
            "server": self.network.base_url,
        }
        signed_in = connector_of("practice").connect.sign_in(http, "token", answers)
        return connect_channel(
            organization=self.clinic.organization, network="practice", signed_in=signed_in, by=THE_HOUSE
        )

    def plan(
        self, text: str, channel: Channel, *thread: str, at: datetime | None = None, in_seconds: float = 0
    ) -> Delivery:
        """A signed note on its way to `channel`."""
        due = at or clock.now() + timedelta(seconds=in_seconds)
        return self.schedule(self.notes.write(text, *thread), channel, due)

    def schedule(self, note_id: UUID, channel: Channel, at: datetime | None = None) -> Delivery:
        return schedule(
            subject_kind=KIND, subject_id=note_id, channel=channel, at=at or clock.now(), by=THE_HOUSE
        )

    def pump(self, **more: object) -> Pump:
        return Pump(self.data, timing=QUICK, **more)

    @contextmanager
    def worker(self, **more: object) -> Iterator[Callable[..., None]]:
        """A worker at work: call what is given with a question to turn its pump until the answer is yes."""
        pump = self.pump(**more)
        pump.start()

        def until(is_done: Callable[[], object], seconds: float = 60.0) -> None:
            deadline = time.monotonic() + seconds
            while not is_done():
                assert time.monotonic() < deadline, f"not within {seconds} s: {states()}"
                pump.cycle()
                pump.wake.wait(0.02)
                pump.wake.clear()

        yield until
        pump.finish(2.0)

    def texts(self) -> list[str]:
        """What the network accepted, in order."""
        return [entry["text"] for entry in self.network.ledger()]


def states() -> dict[str, int]:
    """How many deliveries are in which state."""
    found: dict[str, int] = {}
    for state in Delivery.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def state_of(delivery: Delivery) -> str:
    """The present state of one delivery."""
    return Delivery.objects.values_list("state", flat=True).get(pk=delivery.pk)
