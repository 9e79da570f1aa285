"""Does the control address do what tests and demos rely on: import, ledger, reset, settings, channels?"""

import base64
import json

import pytest
from tests.fixtures.practice import PracticeServer

PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n123").decode()
HISTORY = [
    {
        "type": "channel",
        "handle": "history",
        "name": "Old Clinic",
        "followers": 40,
        "at": "2026-07-01T08:00:00Z",
    },
    {"type": "medium", "id": "m-1", "channel": "history", "alt_text": "A door", "base64": PICTURE},
    {
        "type": "post",
        "id": "h-1",
        "channel": "history",
        "text": "We are open",
        "at": "2026-07-02T09:00:00-05:00",
        "key": "old-1",
        "media": ["m-1"],
        "views": 100,
        "likes": 7,
    },
    {
        "type": "comment",
        "id": "h-2",
        "in_reply_to": "h-1",
        "by": "Ana",
        "text": "Hi",
        "at": "2026-07-02T15:00:00Z",
    },
    {
        "type": "comment",
        "id": "h-3",
        "in_reply_to": "h-2",
        "channel": "history",
        "text": "Hello Ana",
        "at": "2026-07-02",
    },
    {
        "type": "comment",
        "id": "h-4",
        "in_reply_to": "h-1",
        "by": "Bot",
        "text": "Pills",
        "at": "2026-07-03",
        "hidden_at": "2026-07-04",
    },
    {"type": "mention", "id": "h-5", "by": "Leo", "text": "Thanks @history", "at": "2026-07-05T10:00:00Z"},
    {
        "type": "review",
        "id": "h-6",
        "channel": "history",
        "by": "Jo",
        "stars": 5,
        "text": "Kind",
        "at": "2026-07-06T10:00:00Z",
        "reply": {"id": "h-7", "text": "Thank you", "at": "2026-07-07T10:00:00Z", "key": "old-2"},
    },
    {"type": "like", "post": "h-1", "by": "Leo", "at": "2026-07-06T11:00:00Z"},
    {"type": "repost", "post": "h-1", "by": "Leo", "at": "2026-07-06T11:00:00Z", "notify": False},
    {"type": "follow", "channel": "history", "by": "Leo", "at": "2026-07-06T12:00:00Z"},
    {"type": "metrics", "post": "h-1", "views": 11},
    {"type": "metrics", "channel": "history", "followers": 2},
    {
        "type": "post",
        "id": "h-8",
        "channel": "history",
        "text": "Gone",
        "at": "2026-07-08",
        "deleted_at": "2026-07-09",
    },
]


def test_history_keeps_its_ids_times_and_numbers(network):
    assert sum(network.import_lines(HISTORY).values()) == len(HISTORY)
    headers = network.channel("history").headers
    post = network.http.get("/api/posts/h-1", headers=headers).json()
    assert post["created_at"] == "2026-07-02T14:00:00.000Z"
    assert post["counts"] == {"views": 111, "likes": 8, "replies": 2, "reposts": 1}
    assert [line["id"] for line in network.ledger()] == ["h-1", "h-3", "h-7", "h-8"]
    assert all(line["imported"] for line in network.ledger())
    account = network.http.get("/api/account/metrics", headers=headers).json()
    assert (account["followers"], account["reviews"], account["stars_average"]) == (43, 1, 5)
    notices = network.http.get("/api/notifications", headers=headers).json()["notifications"]
    assert [notice["kind"] for notice in notices] == ["reply", "reply", "mention", "review", "like", "follow"]
    assert notices[0]["at"] == "2026-07-02T15:00:00.000Z"
    found = network.http.get("/api/posts", params={"key": "old-2"}, headers=headers).json()["posts"]
    assert found[0]["review_id"] == "h-6"
    assert "We are open" in network.http.get("/c/history").text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"type": "post"}', "not understood"),
        ('{"type": "party"}', "not understood"),
        ("[1]", "not understood"),
        ("{", "not understood"),
        (json.dumps(HISTORY[2]), "already taken"),
        (json.dumps(HISTORY[3] | {"id": "x", "at": "yesterday"}), "must be a time"),
        (json.dumps(HISTORY[3] | {"id": "x", "in_reply_to": {}}), "not understood"),
        (json.dumps(HISTORY[3] | {"id": "x y"}), "“id”"),
        (json.dumps(HISTORY[11] | {"views": -1}), "whole number"),
        (json.dumps(HISTORY[6] | {"id": "x", "text": "a" * 501}), "at most 500"),
    ],
)
def test_a_bad_line_names_itself_and_nothing_is_imported(network, line, says):
    body = "\n".join([*map(json.dumps, HISTORY), line])
    answer = network.http.post("/_control/import", content=body.encode())
    assert answer.status_code == 422
    assert answer.json()["error"]["line"] == len(HISTORY) + 1
    assert says in answer.json()["error"]["message"]
    assert network.ledger() == []


def test_the_ledger_can_be_narrowed(network, clinic):
    other = network.channel("oakhill")
    for by, key in ((clinic, "k1"), (other, "k1"), (clinic, "k2")):
        headers = by.headers | {"Idempotency-Key": key}
        network.http.post("/api/posts", json={"text": f"{by.handle} {key}"}, headers=headers)
    first, second, third = network.ledger()
    assert network.ledger(channel="riverbend") == [first, third]
    assert network.ledger(key="k1") == [first, second]
    assert network.ledger(after=second["id"]) == [third]


def test_a_long_ledger_is_complete_and_in_order(network):
    lines = [
        {"type": "post", "id": f"l-{number}", "channel": "long", "text": str(number), "at": "2026-07-01"}
        for number in range(1203)
    ]
    network.import_lines([{"type": "channel", "handle": "long", "name": "Long"}, *lines])
    assert [line["text"] for line in network.ledger()] == [str(number) for number in range(1203)]


def test_a_reset_empties_everything_and_keeps_channels_and_tokens(network, clinic):
    network.import_lines(HISTORY)
    network.http.post("/api/posts", json={"text": "New"}, headers=clinic.headers)
    network.faults({"effect": "server_error"})
    network.settings(idempotency=False, rate_limit=5)
    network.reset()
    assert network.ledger() == []
    assert network.faults() == []
    settings = network.settings()
    assert (settings["idempotency"], settings["rate_limit"]) == (True, 1_000_000)
    assert network.http.get("/api/account", headers=clinic.headers).json()["handle"] == "riverbend"
    assert network.http.get("/_control/health").json()["accepted"] == 0
    assert network.http.get("/media/m-1").status_code == 404


def test_a_channel_made_twice_is_one_channel_with_two_tokens(network):
    first, second = network.channel("twin", "Twin"), network.channel("twin", "Other name")
    assert first.id == second.id
    assert first.access_token != second.access_token
    names = {network.http.get("/api/account", headers=one.headers).json()["name"] for one in (first, second)}
    assert names == {"Twin"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("channels", {"handle": "Not a handle!"}),
        ("channels", {"handle": "ok", "followers": -1}),
        ("channels", {"handle": "ok", "name": "x" * 61}),
        ("settings", {"idempotency": 1}),
        ("settings", {"token_seconds": 0}),
        ("settings", {"token_seconds": True}),
        ("settings", {"data": "/elsewhere"}),
    ],
)
def test_a_control_call_that_is_not_understood_is_refused(network: PracticeServer, path, body):
    assert network.http.post(f"/_control/{path}", json=body).status_code == 422


def test_an_unknown_address_answers_in_the_callers_language(network, clinic):
    assert network.http.get("/api/nowhere").json()["error"]["code"] == "not_found"
    assert network.http.put("/api/posts").json()["error"]["code"] == "wrong_method"
    assert "There is nothing at this address" in network.http.get("/nowhere").text
    assert network.http.get("/c/nobody").status_code == 404
    missing = network.http.get("/api/posts/nope", headers=clinic.headers)
    assert missing.json()["error"]["code"] == "not_found"


def test_a_form_on_another_site_cannot_reset_anything(network, clinic):
    network.http.post("/api/posts", json={"text": "Kept"}, headers=clinic.headers)
    answer = network.http.post("/_control/reset", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert len(network.ledger()) == 1
