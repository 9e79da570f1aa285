"""A worker that ended in the middle: nothing it held is sent again unseen, nothing is forgotten."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from tests.rooms.publishing.house import QUICK, House, state_of, states
from tests.rooms.publishing.mortal import Later, Worker

from bedside.foundation import clock
from bedside.publishing.models import Delivery, Lane
from bedside.publishing.presence import Presence


def left_in_the_middle(house: House, *, was_asked: bool, is_public: bool, worker: str = "gone") -> Delivery:
    """A delivery as a killed worker leaves it: `sending`, perhaps asked, perhaps public."""
    channel = house.channel()
    delivery = house.plan("In the middle.", channel)
    key = f"{delivery.pk}-0"
    if is_public:
        headers = house.network.channel("riverbend").headers | {"Idempotency-Key": key}
        house.network.http.post("/api/posts", json={"text": "In the middle."}, headers=headers)
    asked_at = (clock.now() - timedelta(seconds=30)).isoformat() if was_asked else None
    part = {"kind": "post", "text": "In the middle.", "key": key, "asked_at": asked_at, "receipt": None}
    Delivery.objects.filter(pk=delivery.pk).update(
        state="sending",
        claimed_by=worker,
        attempt_token=uuid4(),
        lease_until_at=clock.now() + timedelta(seconds=1),
        leaving={"text": "In the middle."},
        progress={
            "parts": [part],
            "prepared": {},
            "is_prepared": True,
            "is_ready": True,
            "prepared_at": None,
        },
    )
    return delivery


def test_what_a_lost_worker_had_published_is_found_and_not_sent_again(house: House):
    delivery = left_in_the_middle(house, was_asked=True, is_public=True)
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")
    assert house.texts() == ["In the middle."]


def test_what_a_lost_worker_had_asked_in_vain_is_sent_after_a_look(house: House):
    delivery = left_in_the_middle(house, was_asked=True, is_public=False)
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")
    assert house.texts() == ["In the middle."]
    assert list(delivery.attempts.values_list("kind", flat=True)) == ["look_up", "send"]


def test_what_a_lost_worker_had_not_asked_for_is_looked_at_and_sent(house: House):
    delivery = left_in_the_middle(house, was_asked=False, is_public=False)
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")
    assert house.texts() == ["In the middle."]


def test_a_running_call_of_a_living_worker_is_left_alone(house: House):
    delivery = left_in_the_middle(house, was_asked=True, is_public=False)
    Delivery.objects.update(lease_until_at=clock.now() + timedelta(hours=1))
    with house.worker() as until:
        for _ in range(20):
            until(lambda: True)
    assert state_of(delivery) == "sending"


def test_a_killed_worker_of_this_machine_is_known_to_be_dead_at_once(house: House):
    program = (
        "import sys, time, pathlib\n"
        "from bedside.publishing.presence import Presence\n"
        "presence = Presence(pathlib.Path(sys.argv[1]), 'killed'); print('there', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(house.data)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "there\n"
    mine = Presence(house.data, "mine")
    assert mine.dead_among(["killed", "mine", "elsewhere"]) == []
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    assert mine.dead_among(["killed", "mine", "elsewhere"]) == ["killed"]


def test_lanes_of_a_lost_worker_are_taken_over_when_their_lease_ends(house: House):
    delivery = house.plan("Next.", house.channel())
    Lane.objects.create(
        channel=delivery.channel, claimed_by="gone", lease_until_at=clock.now() + timedelta(seconds=0.5)
    )
    with house.worker() as until:
        started = time.monotonic()
        until(lambda: states() == {"sent": 1})
    assert time.monotonic() - started >= 0.4


def test_whether_a_request_can_still_be_on_its_way_is_told_by_the_clock_it_was_asked_by(house: House):
    """The database's clock is ahead of the machine's: what is looked up must not seem to lie in the future."""
    database, at_every_turn = Later(), replace(QUICK, poll=0.0, sweep=0.0)
    database.ahead = timedelta(minutes=20)
    delivery = house.plan("By one clock.", house.channel())
    Worker(house.data, at_every_turn, database).turn(4, dies_after=2, loses_last=True)
    assert (state_of(delivery), house.texts()) == ("sending", [])
    heir = Worker(house.data, at_every_turn, database)
    heir.turn(4)
    assert (state_of(delivery), house.texts()) == ("unsure", [])
    database.ahead += timedelta(seconds=6)
    heir.turn(4)
    heir.end()
    assert (state_of(delivery), house.texts()) == ("sent", ["By one clock."])
