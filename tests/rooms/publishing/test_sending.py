"""From a delivery that is due to a receipt, with everything that a network may answer on the way."""

from datetime import timedelta

from tests.rooms.publishing.house import House, state_of, states

from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.networks.models import Channel
from bedside.publishing.models import Delivery, Receipt


def sent(count: int):
    return lambda: states().get("sent", 0) == count


def test_what_is_due_is_sent_once_and_has_a_receipt(house: House):
    delivery = house.plan("Flu shots are here.", house.channel())
    with house.worker() as until:
        until(sent(1))
    assert house.texts() == ["Flu shots are here."]
    receipt = Receipt.objects.get(delivery=delivery)
    assert receipt.remote_id == house.network.ledger()[0]["id"]
    assert Record.objects.filter(verb="delivery.sent", object_id=str(delivery.pk)).count() == 1


def test_what_is_due_later_waits(house: House):
    house.plan("Tomorrow.", house.channel(), in_seconds=3600)
    with house.worker() as until:
        house.plan("Now.", Channel.objects.get())
        until(sent(1))
    assert house.texts() == ["Now."]


def test_the_deliveries_of_a_channel_leave_in_the_order_of_their_times(house: House):
    first, second = house.channel("one"), house.channel("two")
    start = clock.now() - timedelta(minutes=5)
    for number in range(12):
        for channel in (first, second):
            house.plan(f"{channel.name} {number:02}", channel)
    for number, delivery in enumerate(Delivery.objects.order_by("excerpt")):
        Delivery.objects.filter(pk=delivery.pk).update(due_at=start + timedelta(seconds=number))
    with house.worker() as until, house.worker() as also:
        for _ in range(30):
            until(lambda: True)
        until(lambda: states().get("sent", 0) >= 4)
        also(sent(24))
    for handle in ("one", "two"):
        texts = [entry["text"] for entry in house.network.ledger(channel=handle)]
        assert texts == [f"{handle} {number:02}" for number in range(12)]


def test_a_lost_answer_is_looked_up_and_not_sent_again(house: House):
    house.network.faults({"effect": "lost_answer", "count": 1})
    delivery = house.plan("Only once.", house.channel())
    with house.worker() as until:
        until(sent(1))
    assert house.texts() == ["Only once."]
    kinds = list(delivery.attempts.values_list("kind", "outcome"))
    assert kinds == [("send", "unsure"), ("look_up", "found")]


def test_a_rate_limit_is_waited_for_and_the_channel_with_it(house: House):
    house.network.faults({"effect": "rate_limit", "count": 1, "seconds": 1})
    channel = house.channel()
    house.plan("First.", channel)
    house.plan("Second.", channel)
    with house.worker() as until:
        until(lambda: Channel.objects.get().not_before_at is not None)
        assert house.texts() == []
        until(sent(2))
    assert house.texts() == ["First.", "Second."]


def test_an_expired_token_is_exchanged_once_and_the_post_goes_out(house: House):
    house.network.faults({"effect": "expired_token", "count": 1})
    house.plan("With a new token.", house.channel())
    with house.worker() as until:
        until(sent(1))
    assert house.texts() == ["With a new token."]
    assert Channel.objects.get().health == "healthy"


def test_a_revoked_sign_in_holds_the_delivery_and_says_what_to_do(house: House):
    channel = house.channel()
    Channel.objects.update(credentials={"access_token": "unknown", "refresh_token": "unknown"})
    delivery = house.plan("Not without a sign-in.", channel)
    with house.worker() as until:
        until(lambda: state_of(delivery) == "held")
    channel.refresh_from_db()
    assert channel.health == "needs_sign_in"
    delivery.refresh_from_db()
    assert delivery.reason_code == "channel"
    assert delivery.reason
    assert house.texts() == []


def test_every_part_of_a_thread_goes_out_once_whatever_is_lost(house: House):
    house.network.faults({"effect": "lost_answer", "count": 2})
    house.plan("One.", house.channel(), "Two.", "Three.")
    with house.worker() as until:
        until(sent(1), seconds=20)
    assert house.texts() == ["One.", "Two.", "Three."]
    assert [part["remote_id"] for part in Receipt.objects.get().parts] == [
        entry["id"] for entry in house.network.ledger()[1:]
    ]


def test_a_refusal_of_the_network_fails_the_delivery_with_its_reason(house: House):
    channel = house.channel()
    Channel.objects.update(limits={"max_characters": 9000})  # the network's own limit is smaller
    delivery = house.plan("x" * 800, channel)
    with house.worker() as until:
        until(lambda: state_of(delivery) == "failed")
    delivery.refresh_from_db()
    assert delivery.reason
    assert house.texts() == []


def test_a_full_disk_stops_sending_before_a_row_is_lost(house: House):
    delivery = house.plan("Not now.", house.channel())
    pump = house.pump(least_free=10**18)
    pump.start()
    for _ in range(5):
        pump.cycle()
    pump.finish(1.0)
    assert state_of(delivery) == "waiting"
    assert house.texts() == []


def test_a_fault_of_ours_after_leaving_keeps_neither_the_delivery_nor_others_in_the_air(house: House):
    broken, sound = house.channel("one"), house.channel("two")
    kept, broken.credentials = broken.credentials, {"of": "another shape"}
    broken.save(update_fields=["credentials"])
    stuck, behind = house.plan("First.", broken), house.plan("Second.", broken)
    house.plan("Elsewhere.", sound)
    with house.worker() as until:
        until(lambda: stuck.attempts.filter(outcome="broken").exists())
        until(sent(1))
        assert (state_of(stuck), state_of(behind)) == ("waiting", "waiting")
        broken.credentials = kept
        broken.save(update_fields=["credentials"])
        until(sent(3))
    assert house.texts() == ["Elsewhere.", "First.", "Second."]
