"""What other programs hear: signed, repeated until taken, and never anybody's words."""

import hashlib
import hmac
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.api.receiver import receiver
from tests.fixtures.signed_in import signed_in

from bedside.api.calls import send_due, tell
from bedside.api.kinds import KINDS
from bedside.api.models import Call, Webhook
from bedside.api.webhooks import end_webhook, make_webhook
from bedside.approvals.actions import ask
from bedside.approvals.news import RequestAgreed, RequestAsked, RequestReturned
from bedside.audit.models import Record
from bedside.crisis.news import HoldLifted, HoldPlaced
from bedside.foundation import clock
from bedside.foundation.announce import announce_many, heard_at_once
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.inbox.news import MessageArrived
from bedside.publishing.news import (
    DeliveryDeleted,
    DeliveryFailed,
    DeliveryHeld,
    DeliverySent,
    DeliveryUnsure,
)

__all__ = ["receiver"]


def test_a_message_is_signed_with_the_secret_shown_once(clinic, receiver):
    _made, secret = make_webhook(url=receiver.url, kinds=["delivery.sent"], by=clinic.administrator)
    tell(clinic.organization.pk, "delivery.sent", {"delivery": "d1"})
    assert send_due() == 1
    headers, body = receiver.heard[0]
    moment, signed = (part.split("=")[1] for part in headers["Bedside-Signature"].split(","))
    expected = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert signed == expected
    assert json.loads(body)["what"] == {"delivery": "d1"}


def test_only_what_was_asked_for_is_told_and_only_to_its_own(clinic, other_clinic, receiver):
    make_webhook(url=receiver.url, kinds=["hold.placed"], by=clinic.administrator)
    tell(clinic.organization.pk, "delivery.sent", {})
    tell(other_clinic.organization.pk, "hold.placed", {})
    assert send_due() == 0
    assert receiver.heard == []


def test_what_is_not_taken_is_sent_again_later_with_the_same_id(clinic, receiver):
    make_webhook(url=receiver.url, kinds=["delivery.sent"], by=clinic.administrator)
    receiver.status = 500
    tell(clinic.organization.pk, "delivery.sent", {})
    assert send_due() == 0
    assert send_due() == 0, "not before its time"
    receiver.status = 200
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert send_due() == 1
    first, second = (json.loads(body)["id"] for _headers, body in receiver.heard)
    assert first == second


def test_a_message_to_try_an_address_out_is_sent_once_and_ends_nothing(clinic, receiver):
    made, _secret = make_webhook(url=receiver.url, kinds=["delivery.sent"], by=clinic.administrator)
    page = signed_in(clinic.administrator)
    page.post(f"/api/webhooks/{made.pk}/try")
    assert send_due() == 1
    assert json.loads(receiver.heard[0][1])["kind"] == "webhook.trial"
    receiver.status = 500
    page.post(f"/api/webhooks/{made.pk}/try")
    assert send_due() == 0
    made.refresh_from_db()
    assert (made.ended_at, made.calls.first().given_up_at is not None) == (None, True)
    words = page.get("/api/webhooks").content.decode()
    assert "A message to try it out" in words


def test_an_address_that_takes_nothing_for_two_days_is_ended(clinic, receiver):
    made, _secret = make_webhook(url=receiver.url, kinds=["delivery.sent"], by=clinic.administrator)
    receiver.status = 500
    tell(clinic.organization.pk, "delivery.sent", {})
    with clock.at(clock.now() + timedelta(days=3)):
        send_due()
    made.refresh_from_db()
    assert made.ended_at is not None
    assert Call.objects.get().given_up_at is not None
    line = Record.objects.get(verb="webhook.ended")
    assert (line.actor_kind, "two days" in line.words) == ("system", True)


def test_an_ended_webhook_hears_nothing(clinic, receiver):
    made, _secret = make_webhook(url=receiver.url, kinds=["delivery.sent"], by=clinic.administrator)
    tell(clinic.organization.pk, "delivery.sent", {})
    end_webhook(made, by=clinic.administrator)
    assert send_due() == 0


def test_plain_addresses_are_refused_outside_of_trying_out(clinic, settings):
    settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS = False
    with pytest.raises(Refusal) as refused:
        make_webhook(url="http://example.org/x", kinds=["delivery.sent"], by=clinic.administrator)
    assert refused.value.code == "url_plain"


@pytest.mark.parametrize("url", ["http://10.0.0.1/x", "http://example.org/x", "http://192.168.1.20:8080/x"])
def test_trying_out_opens_plain_addresses_on_this_machine_alone(clinic, settings, url):
    settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS = True
    with pytest.raises(Refusal) as refused:
        make_webhook(url=url, kinds=["delivery.sent"], by=clinic.administrator)
    assert refused.value.code == "url_plain"


@pytest.mark.parametrize(
    "url",
    [
        "https://[::1",
        "ftp://example.org/x",
        "https://a:b@example.org/x",
        "https://exa mple.org",
        "x",
        "https://",
    ],
)
def test_what_cannot_be_called_is_refused_whoever_sends_it(clinic, url):
    with pytest.raises(Refusal) as refused:
        make_webhook(url=url, kinds=["delivery.sent"], by=clinic.administrator)
    assert refused.value.code == "url_wrong"


@pytest.mark.parametrize("is_trying_out", [True, False])
@pytest.mark.parametrize(
    "url", ["https://10.0.0.1/x", "https://[fd00::1]/x", "https://169.254.169.254/latest"]
)
def test_an_address_inside_a_private_network_is_refused_when_it_is_typed(
    clinic, settings, url, is_trying_out
):
    settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS = is_trying_out
    with pytest.raises(Refusal) as refused:
        make_webhook(url=url, kinds=["delivery.sent"], by=clinic.administrator)
    assert refused.value.code == "url_private"


def test_a_private_address_that_was_kept_before_is_not_called(clinic, receiver):
    made, _secret = make_webhook(url=receiver.url, kinds=["delivery.sent"], by=clinic.administrator)
    Webhook.objects.filter(pk=made.pk).update(url="http://10.0.0.1:9/x")
    tell(clinic.organization.pk, "delivery.sent", {})
    assert send_due() == 0
    assert "private address" in Call.objects.get().says


def test_what_is_no_address_is_told_with_an_example(clinic):
    page = signed_in(clinic.administrator).post(
        "/api/webhooks", {"url": "our server", "kinds": ["delivery.sent"]}
    )
    assert page.status_code == 422
    words = page.content.decode()
    assert "Enter a valid URL" not in words
    assert "This is not a web address." in words
    assert "https://example.org/bedside" in words


def test_only_who_manages_the_organization_may_make_one(clinic):
    with pytest.raises(NotAllowed):
        make_webhook(url="https://example.org/x", kinds=["delivery.sent"], by=clinic.member("author"))


def test_metrics_are_read_from_this_machine_or_with_a_key(client, clinic):
    page = client.get("/api/metrics")
    assert b"bedside_oldest_due_seconds 0.0" in page.content
    assert client.get("/api/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403


def test_the_page_says_in_words_what_an_address_hears(clinic, receiver):
    made, _secret = make_webhook(url=receiver.url, kinds=["delivery.sent"], by=clinic.administrator)
    tell(clinic.organization.pk, "delivery.sent", {})
    page = signed_in(clinic.administrator).get("/api/webhooks").content.decode()
    assert '<p class="small soft">Something was published</p>' in page
    assert ">Something was published</td>" in page
    assert made.words == ["Something was published"]


def test_every_kind_that_can_be_asked_for_is_told_when_it_happens(clinic, receiver):
    make_webhook(url=receiver.url, kinds=list(KINDS), by=clinic.administrator)
    mine, any_id = clinic.organization.pk, uuid4()
    asked = ask(
        organization=clinic.organization,
        subject_kind="note",
        subject_id=any_id,
        title="",
        parts=["sha256:a"],
        needs=[],
        card={},
        authors=[],
        by=clinic.administrator,
    )
    about, request = (any_id, mine, "note", any_id), (asked.pk, "note", any_id)
    happened = {
        "delivery.sent": DeliverySent(*about),
        "delivery.held": DeliveryHeld(*about, "late", "It is too late."),
        "delivery.failed": DeliveryFailed(*about, "refused", "The network said no."),
        "delivery.unsure": DeliveryUnsure(*about, "Nobody knows."),
        "delivery.deleted": DeliveryDeleted(*about),
        "request.asked": RequestAsked(*request),
        "request.agreed": RequestAgreed(*request),
        "request.returned": RequestReturned(*request, "Warmer, please.", is_refused=False),
        "message.arrived": MessageArrived(any_id, any_id, mine, "reply", is_urgent=True),
        "hold.placed": HoldPlaced(any_id, mine, None, "Storm."),
        "hold.lifted": HoldLifted(any_id, mine, None),
    }
    assert list(happened) == list(KINDS)
    with heard_at_once():
        announce_many(list(happened.values()))
    assert sorted(Call.objects.values_list("kind", flat=True)) == sorted(KINDS)
    told = json.dumps(list(Call.objects.values_list("body", flat=True)))
    assert not any(words in told for words in ("Warmer", "Storm", "too late", "said no", "Nobody knows"))
