"""The verbs about deliveries: who may, when it is too late, and what the record says."""

from datetime import datetime, timedelta

import pytest
from tests.fixtures.clinic import Clinic
from tests.rooms.publishing.house import House, state_of
from tests.rooms.publishing.words import KIND

from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.publishing.actions import (
    cancel_delivery,
    hold_delivery,
    release_delivery,
    reschedule,
    resolve_unsure,
    send_now,
)
from bedside.publishing.models import Delivery, Receipt
from bedside.publishing.scheduling import schedule

ASKED = {
    "kind": "post",
    "text": "Words.",
    "key": "k",
    "asked_at": "2026-01-01T09:00:00+00:00",
    "receipt": None,
}
UNSURE = {"parts": [ASKED], "prepared": {}, "is_prepared": True, "is_ready": True, "prepared_at": None}


@pytest.fixture
def waiting(house: House) -> Delivery:
    return house.plan("Words.", house.channel(), in_seconds=3600)


@pytest.fixture
def unsure(waiting: Delivery) -> Delivery:
    Delivery.objects.update(state="unsure", progress=UNSURE, look_ups=2)
    waiting.refresh_from_db()
    return waiting


def test_a_member_without_the_power_cannot_touch_a_delivery(house: House, waiting: Delivery):
    viewer = house.clinic.member("viewer")
    for verb in (hold_delivery, release_delivery, cancel_delivery, send_now):
        with pytest.raises(NotAllowed):
            verb(waiting, by=viewer)


def test_a_member_of_another_clinic_cannot_touch_a_delivery(waiting: Delivery, other_clinic: Clinic):
    with pytest.raises(Refusal):
        cancel_delivery(waiting, by=other_clinic.administrator)


def test_holding_and_releasing_is_recorded(house: House, waiting: Delivery):
    author = house.clinic.member("author")
    hold_delivery(waiting, by=author, because="wait for the date")
    assert "wait for the date" in waiting.reason
    release_delivery(waiting, by=author)
    assert waiting.state == "waiting"
    verbs = list(
        Record.objects.filter(object_id=str(waiting.pk)).order_by("number").values_list("verb", flat=True)
    )
    assert verbs == ["delivery.scheduled", "delivery.held", "delivery.released"]


def test_the_record_tells_a_time_on_the_clocks_of_the_organization(house: House, waiting: Delivery):
    at = clock.now() + timedelta(days=2)
    reschedule(waiting, at=at, by=house.clinic.member("author"))
    moved = Record.objects.get(object_id=str(waiting.pk), verb="delivery.rescheduled")
    assert clock.wall(at, "America/Chicago") in moved.words
    long = house.plan("Many words. " * 40, house.channel("long"), in_seconds=3600)
    assert long.excerpt.endswith("…")
    assert len(long.excerpt) <= 140


@pytest.mark.parametrize("state", ["sending", "unsure", "sent", "cancelled"])
def test_cancelling_comes_too_late_once_it_left(house: House, waiting: Delivery, state: str):
    Delivery.objects.update(state=state)
    with pytest.raises(Refusal) as refusal:
        cancel_delivery(waiting, by=house.clinic.administrator)
    assert refusal.value.code == "wrong_state"
    assert state_of(waiting) == state


def test_what_was_held_as_late_leaves_when_a_person_releases_it(house: House):
    delivery = house.plan("Better late.", house.channel())
    Delivery.objects.update(due_at=clock.now() - timedelta(hours=2))
    with house.worker() as until:
        until(lambda: state_of(delivery) == "held")
        release_delivery(delivery, by=house.clinic.administrator)
        until(lambda: state_of(delivery) == "sent")


def test_a_time_in_the_past_is_refused_with_a_sentence(house: House, waiting: Delivery):
    with pytest.raises(Refusal) as refusal:
        reschedule(waiting, at=clock.now() - timedelta(hours=1), by=house.clinic.administrator)
    assert refusal.value.code == "in_the_past"
    with pytest.raises(Refusal) as refusal:
        schedule(
            subject_kind=KIND,
            subject_id=house.notes.write("Late."),
            channel=waiting.channel,
            at=clock.now() - timedelta(hours=1),
            by=house.clinic.administrator,
        )
    assert refusal.value.code == "in_the_past"


@pytest.mark.parametrize("at", ["9999-12-31T23:59:00+00:00", "2096-02-29T12:00:00-06:00"])
def test_a_time_that_must_be_a_slip_is_refused(house: House, waiting: Delivery, at: str):
    with pytest.raises(Refusal) as refusal:
        reschedule(waiting, at=datetime.fromisoformat(at), by=house.clinic.administrator)
    assert refusal.value.code == "too_far"


def test_scheduling_again_moves_the_same_delivery(house: House, waiting: Delivery):
    moved = house.schedule(waiting.subject_id, waiting.channel, clock.now() + timedelta(hours=5))
    assert moved.pk == waiting.pk
    assert Delivery.objects.count() == 1


def test_scheduling_other_words_puts_a_new_delivery_in_the_old_ones_place(house: House, waiting: Delivery):
    house.notes.edit(waiting.subject_id, "Better words.")
    house.notes.sign(waiting.subject_id)
    newer = house.schedule(waiting.subject_id, waiting.channel, clock.now() + timedelta(hours=5))
    assert newer.pk != waiting.pk
    assert state_of(waiting) == "cancelled"


def test_what_is_public_is_not_scheduled_again(house: House, waiting: Delivery):
    Delivery.objects.update(state="sent")
    with pytest.raises(Refusal) as refusal:
        house.schedule(waiting.subject_id, waiting.channel)
    assert refusal.value.code == "already_sent"


def test_a_person_who_found_the_post_settles_it_with_its_address(house: House, unsure: Delivery):
    with pytest.raises(Refusal) as refusal:
        resolve_unsure(unsure, by=house.clinic.administrator, says="it is live")
    assert refusal.value.field == "remote_url"
    resolve_unsure(
        unsure, by=house.clinic.administrator, says="it is live", remote_url="https://practice.example/p/1"
    )
    assert unsure.state == "sent"
    assert Receipt.objects.get(delivery=unsure).url == "https://practice.example/p/1"


def test_a_person_who_did_not_find_it_lets_it_be_sent_again(house: House, unsure: Delivery):
    resolve_unsure(unsure, by=house.clinic.administrator, says="it is not live")
    send_now(unsure, by=house.clinic.administrator)
    with house.worker() as until:
        until(lambda: state_of(unsure) == "sent")
    assert house.texts() == ["Words."]


def test_nobody_decides_before_bedside_has_looked_itself(house: House, unsure: Delivery):
    Delivery.objects.update(look_ups=0)
    unsure.refresh_from_db()
    with pytest.raises(Refusal) as refusal:
        resolve_unsure(unsure, by=house.clinic.administrator, says="it is not live")
    assert refusal.value.code == "not_looked_yet"
