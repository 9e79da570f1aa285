"""Between the gate's look and the call: whatever was committed before `sending` wins."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from tests.rooms.publishing.house import House, state_of

from bedside.crisis.actions import place_hold
from bedside.foundation import clock
from bedside.people.doers import THE_HOUSE
from bedside.publishing import lanes
from bedside.publishing.actions import cancel_delivery, hold_delivery, reschedule
from bedside.publishing.departures import Departure, depart, prepared
from bedside.publishing.gate import look
from bedside.publishing.models import Delivery, Lane
from bedside.publishing.writing import Batch


def at_the_door(house: House, delivery: Delivery) -> Departure:
    """Claim the lane and pass the gate, up to the moment before `sending` is written."""
    now = clock.now()
    channels = lanes.wanted(now, besides=(), most=5)
    with transaction.atomic():
        lanes.claim(channels, worker="w", now=now, until=now + timedelta(seconds=30))
    row = Delivery.objects.select_related("channel__organization").get(pk=delivery.pk)
    return prepared(look([row], now)[0], now)


def leaves(departure: Departure) -> bool:
    batch = Batch()
    with transaction.atomic():
        leaving = depart(batch, [departure], worker="w", lease_until=clock.now() + timedelta(seconds=30))
        batch.flush()
    return bool(leaving)


def cancel(house: House, delivery: Delivery) -> None:
    cancel_delivery(delivery, by=THE_HOUSE)


def hold(house: House, delivery: Delivery) -> None:
    hold_delivery(delivery, by=THE_HOUSE)


def stop_everything(house: House, delivery: Delivery) -> None:
    place_hold(organization_id=None, reason="Stop.", by=THE_HOUSE)


def move(house: House, delivery: Delivery) -> None:
    reschedule(delivery, at=clock.now() + timedelta(hours=2), by=THE_HOUSE)


def edit(house: House, delivery: Delivery) -> None:
    house.notes.edit(delivery.subject_id, "Other words.")


def lose_the_lane(house: House, delivery: Delivery) -> None:
    Lane.objects.update(claimed_by="another worker")


def test_without_any_change_it_leaves(house: House):
    delivery = house.plan("Words.", house.channel())
    assert leaves(at_the_door(house, delivery))
    assert state_of(delivery) == "sending"
    assert delivery.attempts.count() == 1


@pytest.mark.parametrize("change", [cancel, hold, stop_everything, move, edit, lose_the_lane])
def test_a_change_committed_at_the_last_moment_wins(house: House, change: Callable[[House, Delivery], None]):
    delivery = house.plan("Words.", house.channel())
    departure = at_the_door(house, delivery)
    change(house, delivery)
    assert not leaves(departure)
    assert state_of(delivery) != "sending"
    assert delivery.attempts.count() == 0


def test_leaving_twice_after_a_lost_commit_is_leaving_once(house: House):
    delivery = house.plan("Words.", house.channel())
    departure = at_the_door(house, delivery)
    assert leaves(departure)
    assert leaves(departure)
    assert delivery.attempts.count() == 1


def test_two_workers_at_the_same_door_let_it_leave_once(house: House):
    delivery = house.plan("Words.", house.channel())
    first, second = at_the_door(house, delivery), at_the_door(house, delivery)
    assert leaves(first)
    assert not leaves(second)
