"""The last gate: one no is enough, asked at the last moment, and it says why."""

from datetime import timedelta

import pytest
from tests.rooms.publishing.house import House, state_of, states

from bedside.audit.models import Record
from bedside.crisis.actions import lift_hold, place_hold
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.networks.models import Channel
from bedside.people.models import Notice
from bedside.publishing.models import Delivery


def held_with(house: House, delivery: Delivery, code: str) -> None:
    """Turn a worker's pump until the delivery is held, and see why."""
    with house.worker() as until:
        until(lambda: state_of(delivery) != "waiting")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason_code) == ("held", code)
    assert delivery.reason
    assert Record.objects.filter(verb="delivery.held", object_id=str(delivery.pk)).exists()
    assert house.texts() == []


def test_words_that_were_edited_after_scheduling_do_not_leave(house: House):
    delivery = house.plan("As signed.", house.channel())
    house.notes.edit(delivery.subject_id, "Changed.")
    held_with(house, delivery, "changed")


def test_words_that_were_edited_and_signed_anew_have_to_be_scheduled_anew(house: House):
    delivery = house.plan("As signed.", house.channel())
    house.notes.edit(delivery.subject_id, "Changed.")
    house.notes.sign(delivery.subject_id)
    held_with(house, delivery, "changed")


def test_words_whose_signature_was_taken_back_do_not_leave(house: House):
    delivery = house.plan("As signed.", house.channel())
    house.notes.notes[delivery.subject_id].signed = ""
    held_with(house, delivery, "not_signed")


def test_what_no_longer_exists_does_not_leave(house: House):
    delivery = house.plan("As signed.", house.channel())
    del house.notes.notes[delivery.subject_id]
    held_with(house, delivery, "gone")


@pytest.mark.parametrize("scope", ["channel", "organization", "everything"])
def test_a_hold_stops_what_is_due_and_lifting_it_lets_it_leave(house: House, scope: str):
    channel = house.channel()
    delivery = house.plan("After the storm.", channel)
    organization_id = None if scope == "everything" else channel.organization_id
    from bedside.people.doers import THE_HOUSE

    hold = place_hold(
        organization_id=organization_id,
        channel_id=channel.pk if scope == "channel" else None,
        reason="An incident in town",
        by=THE_HOUSE,
    )
    held_with(house, delivery, "hold")
    lift_hold(hold, by=THE_HOUSE)
    assert state_of(delivery) == "waiting"
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")


def test_a_hold_on_one_channel_leaves_the_others_alone(house: House):
    stopped, free = house.channel("one"), house.channel("two")
    house.plan("Stopped.", stopped)
    house.plan("Free.", free)
    place_hold(
        organization_id=stopped.organization_id,
        channel_id=stopped.pk,
        reason="Wrong logo",
        by=house.clinic.member("administrator"),
    )
    with house.worker() as until:
        until(lambda: states() == {"held": 1, "sent": 1})
    assert house.texts() == ["Free."]


def test_what_is_later_than_the_organization_allows_is_held(house: House):
    delivery = house.plan("Good morning!", house.channel())
    Delivery.objects.update(due_at=clock.now() - timedelta(minutes=31))
    held_with(house, delivery, "late")


def test_how_late_is_too_late_is_the_organizations_choice(house: House):
    delivery = house.plan("Good morning!", house.channel())
    house.clinic.organization.late_after_minutes = 120
    house.clinic.organization.save()
    Delivery.objects.update(due_at=clock.now() - timedelta(minutes=31))
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")


def test_a_channel_that_needs_a_sign_in_holds_and_connecting_it_again_lets_go(house: House):
    channel = house.channel()
    delivery = house.plan("Soon.", channel)
    Channel.objects.update(health="needs_sign_in", problem="The password was changed.")
    held_with(house, delivery, "channel")
    house.channel()
    assert state_of(delivery) == "waiting"
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")


def test_what_does_not_fit_the_network_is_held_before_any_call(house: House):
    channel = house.channel()
    delivery = house.plan("x" * 600, channel)
    held_with(house, delivery, "does_not_fit")


def test_uncleared_words_cannot_even_be_scheduled(house: House):
    channel = house.channel()
    unsigned = house.notes.write("Not signed.", sign=False)
    with pytest.raises(Refusal) as refusal:
        house.schedule(unsigned, channel)
    assert refusal.value.code == "not_signed"


def test_the_authors_hear_that_something_was_held(house: House):
    author = house.clinic.member("author")
    house.notes.authors = [author]
    delivery = house.plan("As signed.", house.channel())
    house.notes.edit(delivery.subject_id, "Changed.")
    held_with(house, delivery, "changed")
    told = Notice.objects.filter(member=author, kind="DeliveryHeld")
    assert [notice.url for notice in told] == [f"/publishing/{delivery.pk}/"]
