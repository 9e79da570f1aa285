"""A program sets which addresses hear what happens: held to what the page is held to, its secret shown once."""

import hashlib
import hmac
import json

import pytest
from tests.api.receiver import receiver

from bedside.api.calls import send_due, tell
from bedside.api.kinds import KINDS
from bedside.api.models import Webhook
from bedside.api.webhooks import MOST_WEBHOOKS, make_webhook
from bedside.audit.models import Record

__all__ = ["receiver"]

WANTED = {"url": "https://example.org/bedside", "kinds": ["delivery.sent"]}


def test_a_webhook_is_made_changed_and_ended_and_its_secret_is_shown_once(program, clinic):
    administrator = program(clinic, "administrator")
    made = administrator.call("POST", "/webhooks", WANTED)
    assert made.status_code == 201
    secret, path = made.json()["secret"], f"/webhooks/{made.json()['id']}"
    assert Webhook.objects.get().secret == secret
    changed = administrator.call("PUT", path, {"url": "https://example.net/x", "kinds": ["hold.placed"]})
    assert (changed.json()["url"], changed.json()["kinds"]) == ("https://example.net/x", ["hold.placed"])
    listed, one = administrator.call("GET", "/webhooks"), administrator.call("GET", path)
    assert listed.json() == [one.json()] == [changed.json()]
    renewed = administrator.call("POST", f"{path}/secret")
    assert renewed.json()["secret"] not in ("", secret)
    assert administrator.call("DELETE", path).status_code == 204
    assert administrator.call("GET", path).status_code == 404
    told = "".join(answer.content.decode() for answer in (changed, listed, one))
    lines = Record.objects.filter(object_kind="webhook", actor_kind="token").order_by("number")
    told += "".join(f"{line.words} {line.data} {line.object_label}" for line in lines)
    assert secret not in told
    assert renewed.json()["secret"] not in told
    assert [line.verb.removeprefix("webhook.") for line in lines] == [
        "made",
        "changed",
        "secret_renewed",
        "ended",
    ]


def test_it_is_tried_out_and_signed_with_the_newest_secret(program, clinic, receiver):
    administrator = program(clinic, "administrator")
    path = f"/webhooks/{administrator.call('POST', '/webhooks', WANTED | {'url': receiver.url}).json()['id']}"
    secret = administrator.call("POST", f"{path}/secret").json()["secret"]
    trial = administrator.call("POST", f"{path}/try")
    assert (trial.status_code, trial.json()["kind"], trial.json()["taken_at"]) == (202, "webhook.trial", None)
    assert send_due() == 1
    headers, body = receiver.heard[0]
    moment, signed = (part.split("=")[1] for part in headers["Bedside-Signature"].split(","))
    assert signed == hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    (call,) = administrator.call("GET", f"{path}/calls").json()["items"]
    assert (call["id"], call["status"]) == (trial.json()["id"], 204)
    assert call["taken_at"]


def test_what_waits_goes_to_the_new_address(program, clinic, receiver):
    administrator = program(clinic, "administrator")
    path = f"/webhooks/{administrator.call('POST', '/webhooks', WANTED).json()['id']}"
    tell(clinic.organization.pk, "delivery.sent", {"delivery": "d1"})
    administrator.call("PUT", path, WANTED | {"url": receiver.url})
    assert send_due() == 1
    assert json.loads(receiver.heard[0][1])["what"] == {"delivery": "d1"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"url": "http://example.org/x"}, "url_plain"),
        ({"url": "https://10.0.0.1/x"}, "url_private"),
        ({"url": "https://169.254.169.254/latest"}, "url_private"),
        ({"url": "https://localhost/x"}, "url_private"),
        ({"url": "https://[::1"}, "url_wrong"),
        ({"url": "https://user:word@example.org"}, "url_wrong"),
        ({"kinds": ["delivery.burned"]}, "kinds_unknown"),
        ({"kinds": []}, "malformed"),
        ({"secret": "mine"}, "malformed"),
    ],
)
def test_what_cannot_be_told_is_said_at_its_field_for_new_and_changed_ones(
    program, clinic, settings, change, code
):
    settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS = False
    administrator = program(clinic, "administrator")
    path = f"/webhooks/{administrator.call('POST', '/webhooks', WANTED).json()['id']}"
    for method, where in (("POST", "/webhooks"), ("PUT", path)):
        answer = administrator.call(method, where, WANTED | change)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["sentence"].endswith(".")
    assert Webhook.objects.get().url == WANTED["url"]


def test_there_is_an_end_to_how_many_are_told(program, clinic):
    for _ in range(MOST_WEBHOOKS):
        make_webhook(**WANTED, by=clinic.administrator)
    answer = program(clinic, "administrator").call("POST", "/webhooks", WANTED)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many")


def test_another_organizations_webhook_is_not_there_and_the_power_is_needed(program, clinic, other_clinic):
    theirs, _secret = make_webhook(**WANTED, by=other_clinic.administrator)
    mine, author = program(clinic, "administrator"), program(clinic, "author")
    assert mine.call("GET", "/webhooks").json() == []
    for method, path, body in (
        ("GET", "", None),
        ("PUT", "", WANTED),
        ("POST", "/secret", None),
        ("POST", "/try", None),
        ("GET", "/calls", None),
        ("DELETE", "", None),
    ):
        assert mine.call(method, f"/webhooks/{theirs.pk}{path}", body).status_code == 404
        assert author.call(method, f"/webhooks/{theirs.pk}{path}", body).status_code == 403
    assert author.call("POST", "/webhooks", WANTED).status_code == 403
    assert not theirs.calls.exists()


def test_the_kinds_are_told_in_words(program, clinic):
    found = program(clinic, "administrator").call("GET", "/webhook-kinds").json()
    assert {each["kind"]: each["says"] for each in found} == {kind: str(says) for kind, says in KINDS.items()}
