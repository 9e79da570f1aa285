"""Nothing uncleared is ever sent, and nothing is ever sent twice: for any sequence of edits, signatures, holds,
cancels, ticks, crashes and lost answers that hypothesis can think of.
"""

import contextlib
import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.rooms.publishing.house import House, states
from tests.rooms.publishing.mortal import Later, Worker

from bedside.crisis.actions import lift_hold, place_hold
from bedside.crisis.models import Hold
from bedside.foundation.refusal import Refusal
from bedside.networks.models import Channel
from bedside.people.doers import THE_HOUSE
from bedside.publishing.actions import cancel_delivery, hold_delivery, release_delivery
from bedside.publishing.models import Delivery, Lane
from bedside.publishing.timing import Timing

# In a process of its own (scripts/suite.py says why): no other run takes it up, because it is no test_*.py.
pytestmark = pytest.mark.faults

TIMING = Timing(
    lease=60, renew=5, poll=0.0, sweep=0.0, look_ups=(0.1, 0.1, 0.1, 0.1, 0.1), pace=0, patience=3
)
pick = st.integers(min_value=0, max_value=20)


class Desk(RuleBasedStateMachine):
    """A clinic with two channels; every text is unique, so that a doubled post shows."""

    house: House
    channels: list[Channel]

    def __init__(self) -> None:
        super().__init__()
        Lane.objects.all().delete()
        Delivery.objects.all().delete()
        Hold.objects.all().delete()
        self.house.network.reset()
        self.house.network.end_faults()
        self.house.notes.notes.clear()
        self.clock = Later()
        self.worker = self._hire()
        self.written = 0
        self.seen = 0

    def _hire(self) -> Worker:
        return Worker(self.house.data, TIMING, self.clock)

    def _note(self, which: int) -> UUID | None:
        ids = list(self.house.notes.notes)
        return ids[which % len(ids)] if ids else None

    def _delivery(self, which: int) -> Delivery | None:
        found = list(Delivery.objects.order_by("id"))
        return found[which % len(found)] if found else None

    def _words(self) -> str:
        self.written += 1
        return f"Text number {self.written}."

    @initialize()
    def some_plans(self) -> None:
        for channel in (0, 1, 0):
            self.plan(channel, is_thread=channel == 1)

    @rule(channel=st.integers(0, 1), is_thread=st.booleans())
    def plan(self, channel: int, is_thread: bool) -> None:
        more = [self._words()] if is_thread else []
        self.house.schedule(self.house.notes.write(self._words(), *more), self.channels[channel])

    @rule()
    def write(self) -> None:
        self.house.notes.write(self._words(), sign=False)

    @rule(which=pick)
    def edit(self, which: int) -> None:
        if note := self._note(which):
            self.house.notes.edit(note, self._words())

    @rule(which=pick)
    def sign(self, which: int) -> None:
        if note := self._note(which):
            self.house.notes.sign(note)

    @rule(which=pick, channel=st.integers(0, 1))
    def schedule(self, which: int, channel: int) -> None:
        if note := self._note(which):
            _or_refused(lambda: self.house.schedule(note, self.channels[channel]))

    @rule(which=pick, verb=st.sampled_from([hold_delivery, release_delivery, cancel_delivery]))
    def meddle(self, which: int, verb: Callable[..., object]) -> None:
        if delivery := self._delivery(which):
            _or_refused(lambda: verb(delivery, by=THE_HOUSE))

    @rule(channel=st.integers(0, 1))
    def stop(self, channel: int) -> None:
        chosen = self.channels[channel]
        place_hold(
            organization_id=chosen.organization_id, channel_id=chosen.pk, reason="A test.", by=THE_HOUSE
        )

    @precondition(lambda self: Hold.objects.in_force().exists())
    @rule()
    def go_on(self) -> None:
        for hold in Hold.objects.in_force():
            lift_hold(hold, by=THE_HOUSE)

    @rule(
        effect=st.sampled_from(["lost_answer", "server_error", "rate_limit", "malformed"]),
        count=st.integers(1, 2),
    )
    def trouble(self, effect: str, count: int) -> None:
        self.house.network.faults({"effect": effect, "count": count, "seconds": 1})

    @rule(times=st.integers(1, 4))
    def tick(self, times: int) -> None:
        allowed = self._allowed()
        if not self.worker.turn(times):
            self.worker = self._hire()
        self._check(allowed)

    @rule(commits=st.integers(1, 8), loses_last=st.booleans())
    def crash(self, commits: int, loses_last: bool) -> None:
        allowed = self._allowed()
        if not self.worker.turn(4, dies_after=commits, loses_last=loses_last):
            self.worker = self._hire()
        self._check(allowed)

    @rule()
    def time_passes(self) -> None:
        self.clock.ahead += timedelta(seconds=6)

    def _allowed(self) -> set[str]:
        """What may leave before anything is changed again: signed, scheduled as it is, not held, not stopped."""
        stopped = {hold.channel_id for hold in Hold.objects.in_force()}
        allowed: set[str] = set()
        for delivery in Delivery.objects.filter(state__in=["waiting", "sending", "unsure"]):
            note = self.house.notes.notes[delivery.subject_id]
            is_clear = note.signed == note.fingerprint == delivery.fingerprint
            if is_clear and delivery.channel_id not in stopped:
                allowed |= {note.text, *note.thread}
        return allowed

    def _check(self, allowed: set[str]) -> None:
        texts = self.house.texts()
        assert set(texts[self.seen :]) <= allowed
        self.seen = len(texts)
        posted = Counter((entry["text"], entry["channel"]) for entry in self.house.network.ledger())
        assert [post for post, times in posted.items() if times > 1] == []

    def teardown(self) -> None:
        """In the end the network is well, time passes, and everything is settled and found on the network."""
        self.house.network.end_faults()
        for _ in range(12):
            self.clock.ahead += timedelta(seconds=6)
            self.tick(2)
            open_states = {"sending", "unsure"} & states().keys()
            if not open_states:
                break
        assert not {"sending", "unsure"} & states().keys(), states()
        texts = set(self.house.texts())
        for delivery in Delivery.objects.filter(state="sent"):
            assert delivery.leaving["text"] in texts
        self.worker.end()


def _or_refused(verb: Callable[[], object]) -> None:
    with contextlib.suppress(Refusal):
        verb()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("idempotency", [True, False])
def test_nothing_uncleared_is_ever_sent_and_nothing_is_ever_sent_twice(house: House, idempotency: bool):
    house.network.settings(idempotency=idempotency)
    Desk.house = house
    Desk.channels = [house.channel("one"), house.channel("two")]
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=200 if os.environ.get("BEDSIDE_FAULTS") == "full" else 8,
            stateful_step_count=20,
            deadline=None,
            # Without explaining a failure: that traces every line, which takes many minutes here.
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    house.network.settings(idempotency=True)
