"""Deleting what is public: the evidence first, then the network, and every part of it."""

from datetime import timedelta
from threading import Thread

import pytest
from tests.rooms.publishing.house import House, state_of

from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.publishing.jobs import take_down_open
from bedside.publishing.models import Attempt, Delivery, Receipt
from bedside.publishing.sighting import look_at_new
from bedside.publishing.taking_down import delete_everywhere, delete_live, left_to_people, take_down


@pytest.fixture
def public(house: House) -> Delivery:
    """A thread of two parts that is public."""
    delivery = house.plan("Lou goes home singing!", house.channel(), "Thank you all.")
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")
    delivery.refresh_from_db()
    return delivery


def test_every_part_is_deleted_and_the_words_are_kept(house: House, public: Delivery):
    attempt = delete_live(public, by=house.clinic.administrator, because="No authorization was found.")
    take_down(str(attempt.pk))
    assert all(entry["deleted_at"] for entry in house.network.ledger())
    receipt = Receipt.objects.get(delivery=public)
    assert receipt.deleted_at is not None
    assert receipt.evidence["words"]["text"] == "Lou goes home singing!"
    assert receipt.evidence["because"] == "No authorization was found."
    assert [part["is_live"] for part in receipt.evidence["seen"]] == [True, True]


def test_the_evidence_stands_in_the_record_before_the_network_is_asked(house: House, public: Delivery):
    delete_live(public, by=house.clinic.administrator, because="No authorization was found.")
    assert not any(entry["deleted_at"] for entry in house.network.ledger())
    line = Record.objects.get(verb="delivery.deletion_asked")
    assert line.data["words"]["thread"] == ["Thank you all."]


def test_a_deletion_that_has_to_wait_is_taken_up_again(house: House, public: Delivery):
    attempt = delete_live(public, by=house.clinic.administrator, because="Wrong date.")
    house.network.faults({"effect": "rate_limit", "count": 1, "on": "all"})
    take_down(str(attempt.pk))
    attempt.refresh_from_db()
    assert attempt.ended_at is None
    Attempt.objects.filter(pk=attempt.pk).update(started_at="2026-01-01T00:00Z")
    take_down_open()
    attempt.refresh_from_db()
    assert attempt.outcome == "deleted"


def test_what_somebody_else_deleted_before_counts_as_gone(house: House, public: Delivery):
    for entry in house.network.ledger():
        headers = house.network.channel("riverbend").headers
        house.network.http.delete(f"/api/posts/{entry['id']}", headers=headers)
    attempt = delete_live(public, by=house.clinic.administrator, because="Wrong date.")
    take_down(str(attempt.pk))
    attempt.refresh_from_db()
    assert attempt.outcome == "was_gone"


@pytest.fixture
def everywhere(house: House) -> list[Delivery]:
    """The same words: public on two channels, waiting for a third."""
    channels = [house.channel(handle) for handle in ("riverbend", "eastside", "harbor")]
    note = house.notes.write("Lou goes home singing!")
    out = [house.schedule(note, channel) for channel in channels[:2]]
    with house.worker() as until:
        until(lambda: [state_of(each) for each in out] == ["sent", "sent"])
    waits = house.schedule(note, channels[2], clock.now() + timedelta(hours=1))
    return [Delivery.objects.get(pk=each.pk) for each in (*out, waits)]


def test_deleting_everywhere_reaches_what_is_public_and_holds_what_is_not_yet(
    house: House, everywhere: list[Delivery]
):
    for attempt in delete_everywhere(everywhere[0], by=house.clinic.administrator, because="No consent."):
        take_down(str(attempt.pk))
    assert [bool(entry["deleted_at"]) for entry in house.network.ledger()] == [True, True]
    assert state_of(everywhere[2]) == "held"


def test_what_a_person_found_does_not_keep_the_rest_public(house: House, everywhere: list[Delivery]):
    Receipt.objects.filter(delivery=everywhere[1]).update(extra={"found_by": "a person"})
    (attempt,) = delete_everywhere(everywhere[0], by=house.clinic.administrator, because="No consent.")
    assert attempt.delivery_id == everywhere[0].pk
    assert left_to_people(everywhere[0]) == [everywhere[1]]
    with pytest.raises(Refusal) as refusal:
        delete_everywhere(everywhere[1], by=house.clinic.administrator, because="No consent.")
    assert refusal.value.code == "not_ours_to_delete"


def test_asked_twice_the_first_evidence_stays(house: House, public: Delivery):
    delete_live(public, by=house.clinic.administrator, because="No consent.")
    with pytest.raises(Refusal) as refusal:
        delete_live(public, by=house.clinic.administrator, because="Once more.")
    assert refusal.value.code == "under_way"
    assert Receipt.objects.get().evidence["because"] == "No consent."


def test_two_workers_that_delete_the_same_tell_it_once(house: House, public: Delivery):
    attempt = delete_live(public, by=house.clinic.administrator, because="Wrong date.")
    house.network.faults({"effect": "slow", "count": 2, "on": "all"})
    workers = [Thread(target=take_down, args=[str(attempt.pk)]) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Record.objects.filter(verb="delivery.deleted").count() == 1


def test_deleting_needs_the_power_a_reason_and_something_public(house: House, public: Delivery):
    with pytest.raises(NotAllowed):
        delete_live(public, by=house.clinic.member("viewer"), because="Why not.")
    with pytest.raises(Refusal) as refusal:
        delete_live(public, by=house.clinic.administrator, because=" ")
    assert refusal.value.field == "because"
    waiting = house.plan("Later.", public.channel, in_seconds=3600)
    with pytest.raises(Refusal) as refusal:
        delete_live(waiting, by=house.clinic.administrator, because="Wrong date.")
    assert refusal.value.code == "not_public"


def test_what_was_accepted_is_looked_at_once_more(house: House, public: Delivery):
    Receipt.objects.update(accepted_at=public.scheduled_at - timedelta(seconds=20))
    assert look_at_new(seconds=5) == 1
    assert Receipt.objects.get().seen_live_at is not None
    assert look_at_new(seconds=5) == 0
