"""The ledger in the browser's eyes: the list, a delivery's story, and what a person does there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.fixtures.clinic import Clinic
from tests.fixtures.signed_in import signed_in
from tests.rooms.publishing.house import House, state_of

from bedside.foundation import clock
from bedside.publishing.models import Delivery, Receipt


@pytest.fixture
def desk(house: House) -> Client:
    return signed_in(house.clinic.member("author"))


def page(desk: Client, delivery: Delivery) -> str:
    answer = desk.get(f"/publishing/{delivery.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_story_of_a_delivery_whose_answer_was_lost_is_told(desk: Client, house: House):
    house.network.faults({"effect": "lost_answer", "count": 1})
    delivery = house.plan("Flu shots are here.", house.channel())
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")
    told = page(desk, delivery)
    for sentence in (
        "Scheduled “Flu shots are here.”",
        "asked Practice network to publish it",
        "No certain answer came",
        "whether it is public",
        "It is there",
    ):
        assert sentence in told
    assert Receipt.objects.get().url in told


def test_the_ledger_has_its_parts_and_finds_words(desk: Client, house: House):
    channel = house.channel()
    house.plan("Tomorrow's clinic hours.", channel, in_seconds=9000)
    held = house.plan("Not yet.", channel, in_seconds=9000)
    Delivery.objects.filter(pk=held.pk).update(state="held", reason_code="late", reason="It is too late.")
    coming = desk.get("/publishing/?show=coming").content.decode()
    assert "Tomorrow&#x27;s clinic hours." in coming
    assert "Not yet." not in coming
    assert "It is too late." in desk.get("/publishing/?show=needs").content.decode()
    assert "Nothing matches" in desk.get("/publishing/?show=coming&q=mammogram").content.decode()
    assert "Nothing has left yet" in desk.get("/publishing/").content.decode()


def test_the_ledger_turns_its_pages_without_losing_or_doubling_a_line(desk: Client, house: House):
    channel = house.channel()
    due = clock.now() + timedelta(days=1)
    Delivery.objects.bulk_create(
        Delivery(
            organization=channel.organization,
            channel=channel,
            subject_kind="note",
            subject_id=uuid4(),
            excerpt=f"line {number:03}.",
            fingerprint="f",
            due_at=due + timedelta(minutes=number // 3),
            scheduled_at=due,
        )
        for number in range(120)
    )
    url, seen = "/publishing/?show=coming", []
    while url:
        answer = desk.get(url)
        found = answer.context["found"]
        seen += [delivery.excerpt for delivery in found.deliveries]
        url = f"{answer.context['next_url']}{found.next}" if found.next else ""
    assert sorted(seen) == [f"line {number:03}." for number in range(120)]


def test_what_left_and_what_is_being_looked_up_stand_in_one_order_over_all_pages(desk: Client, house: House):
    channel = house.channel()
    now = clock.now()
    states = ("sent", "unsure", "waiting", "sending", "sent", "cancelled")
    rows = Delivery.objects.bulk_create(
        Delivery(
            organization=channel.organization,
            channel=channel,
            subject_kind="note",
            subject_id=uuid4(),
            excerpt=f"line {number:03}.",
            fingerprint="f",
            state=states[number % len(states)],
            due_at=now - timedelta(minutes=number // 4),
            scheduled_at=now,
        )
        for number in range(180)
    )
    url, seen = "/publishing/", []
    while url:
        answer = desk.get(url)
        found = answer.context["found"]
        seen += [delivery.pk for delivery in found.deliveries]
        url = f"{answer.context['next_url']}{found.next}" if found.next else ""
    out = [row for row in rows if row.state in ("sent", "unsure", "sending")]
    assert seen == [row.pk for row in sorted(out, key=lambda row: (row.due_at, row.pk), reverse=True)]


def test_a_made_up_cursor_day_or_channel_breaks_nothing(desk: Client, house: House):
    assert desk.get("/publishing/?after=nonsense&day=soon&channel=abc&show=else&state=%00").status_code == 200


def test_holding_moving_releasing_and_cancelling_from_the_page(desk: Client, house: House):
    delivery = house.plan("Words.", house.channel(), in_seconds=9000)
    at = f"/publishing/{delivery.pk}"
    desk.post(f"{at}/hold", {"because": "wait"})
    assert state_of(delivery) == "held"
    assert "wait" in page(desk, delivery)
    desk.post(f"{at}/release")
    assert state_of(delivery) == "waiting"
    answer = desk.post(f"{at}/move", {"at": "2020-01-01T09:00"})
    assert answer.status_code == 422
    assert "That time has passed" in answer.content.decode()
    for year, kept in ((2099, delivery.due_at.year), (delivery.due_at.year + 1,) * 2):
        desk.post(f"{at}/move", {"at": f"{year}-07-01T09:00"})
        delivery.refresh_from_db()
        assert delivery.due_at.year == kept
    desk.post(f"{at}/cancel")
    assert state_of(delivery) == "cancelled"


def test_what_comes_too_late_is_said_on_the_page(desk: Client, house: House):
    delivery = house.plan("Words.", house.channel())
    Delivery.objects.update(state="sending")
    answer = desk.post(f"/publishing/{delivery.pk}/cancel", follow=True)
    assert "comes too late" in answer.content.decode()


def test_a_person_settles_what_could_not_be_told(desk: Client, house: House):
    delivery = house.plan("Words.", house.channel())
    Delivery.objects.update(state="unsure", look_ups=8, reason_code="needs_person")
    assert "say below what you see" in page(desk, delivery)
    answer = desk.post(f"/publishing/{delivery.pk}/resolve", {"says": "it is live"})
    assert answer.status_code == 422
    desk.post(
        f"/publishing/{delivery.pk}/resolve",
        {"says": "it is live", "remote_url": "https://practice.example/p/1"},
    )
    assert state_of(delivery) == "sent"


def test_deleting_asks_for_a_reason_and_keeps_the_evidence(desk: Client, house: House):
    delivery = house.plan("Words.", house.channel())
    with house.worker() as until:
        until(lambda: state_of(delivery) == "sent")
    assert desk.post(f"/publishing/{delivery.pk}/delete", {"because": ""}).status_code == 422
    desk.post(f"/publishing/{delivery.pk}/delete", {"because": "Wrong date.", "everywhere": "on"})
    assert Receipt.objects.get().evidence["because"] == "Wrong date."


def test_another_organization_sees_nothing(house: House, other_clinic: Clinic):
    delivery = house.plan("Words.", house.channel())
    desk = signed_in(other_clinic.administrator)
    assert desk.get(f"/publishing/{delivery.pk}/").status_code == 404
    assert desk.post(f"/publishing/{delivery.pk}/cancel").status_code == 404
    assert "Words." not in desk.get("/publishing/?show=coming").content.decode()


def test_a_viewer_reads_but_has_no_buttons(house: House):
    delivery = house.plan("Words.", house.channel(), in_seconds=9000)
    desk = signed_in(house.clinic.member("viewer"))
    assert "Send now" not in page(desk, delivery)
    assert desk.post(f"/publishing/{delivery.pk}/now").status_code == 403
