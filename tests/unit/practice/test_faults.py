"""Do faults strike as documented: what is stored, what the caller hears, how often?"""

import time

import httpx
import pytest
from tests.fixtures.practice import PracticeChannel, PracticeServer


def publish(network: PracticeServer, by: PracticeChannel, key: str) -> httpx.Response:
    headers = by.headers | {"Idempotency-Key": key}
    return network.http.post("/api/posts", json={"text": f"Post {key}"}, headers=headers)


def stored(network: PracticeServer) -> list[str]:
    return [line["key"] for line in network.ledger()]


def test_a_lost_answer_was_accepted_and_can_be_found_by_its_key(network, clinic):
    network.faults({"effect": "lost_answer", "count": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        publish(network, clinic, "k1")
    found = network.http.get("/api/posts", params={"key": "k1"}, headers=clinic.headers).json()["posts"]
    assert [post["text"] for post in found] == ["Post k1"]
    assert publish(network, clinic, "k2").status_code == 201
    assert stored(network) == ["k1", "k2"]


def test_a_rate_limit_stores_nothing_and_says_when_to_come_back(network, clinic):
    network.faults({"effect": "rate_limit", "count": 1, "seconds": 2})
    answer = publish(network, clinic, "k1")
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "rate_limited")
    assert (answer.headers["retry-after"], answer.headers["x-ratelimit-remaining"]) == ("2", "0")
    assert stored(network) == []


def test_server_errors_store_nothing_and_come_in_both_kinds(network, clinic):
    network.faults({"effect": "server_error", "count": 2})
    assert {publish(network, clinic, f"k{number}").status_code for number in range(2)} == {500, 503}
    assert publish(network, clinic, "k3").status_code == 201
    assert stored(network) == ["k3"]


def test_an_expired_token_stays_expired_until_it_is_refreshed(network, clinic):
    network.faults({"effect": "expired_token", "count": 1})
    for _ in range(2):
        answer = publish(network, clinic, "k1")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token_expired")
    form = {"grant_type": "refresh_token", "refresh_token": clinic.refresh_token}
    fresh = network.http.post("/oauth/token", data=form).json()["access_token"]
    account = network.http.get("/api/account", headers={"Authorization": f"Bearer {fresh}"})
    assert account.json()["handle"] == "riverbend"
    assert stored(network) == []


def test_a_reset_brings_an_expired_token_back(network, clinic):
    network.faults({"effect": "expired_token", "count": 1})
    assert publish(network, clinic, "k1").status_code == 401
    network.reset()
    assert publish(network, clinic, "k1").status_code == 201


def test_a_malformed_answer_was_accepted(network, clinic):
    network.faults({"effect": "malformed", "count": 1})
    answer = publish(network, clinic, "k1")
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Expecting"):
        answer.json()
    assert stored(network) == ["k1"]


def test_a_slow_post_is_there_before_its_answer(network, clinic):
    network.faults({"effect": "slow", "count": 1, "seconds": 1.5})
    with pytest.raises(httpx.ReadTimeout):
        network.http.post("/api/posts", json={"text": "Slow"}, headers=clinic.headers, timeout=0.4)
    assert [line["text"] for line in network.ledger()] == ["Slow"]
    started = time.monotonic()
    assert publish(network, clinic, "k2").status_code == 201
    assert time.monotonic() - started < 1


def test_several_effects_strike_together_at_their_rates_and_a_seed_repeats_them(network, clinic):
    def once() -> list[int]:
        network.reset()
        network.faults(
            {"effect": "rate_limit", "rate": 0.2, "seed": 7},
            {"effect": "server_error", "rate": 0.1, "seed": 8},
        )
        return [publish(network, clinic, f"k{number}").status_code for number in range(200)]

    first = once()
    fired = {fault["effect"]: fault["fired"] for fault in network.faults()}
    assert fired == {"rate_limit": first.count(429), "server_error": first.count(500) + first.count(503)}
    assert 20 <= fired["rate_limit"] <= 60
    assert 5 <= fired["server_error"] <= 35
    assert first.count(201) == len(stored(network))
    assert once() == first


def test_a_refused_post_does_not_use_up_a_fault_of_accepted_ones(network, clinic):
    network.faults({"effect": "lost_answer", "count": 1})
    assert network.http.post("/api/posts", json={"text": ""}, headers=clinic.headers).status_code == 422
    assert network.faults()[0]["count"] == 1


def test_faults_strike_only_the_calls_they_are_set_on(network, clinic):
    network.faults({"effect": "server_error", "on": "read"})
    assert publish(network, clinic, "k1").status_code == 201
    assert network.http.get("/api/account", headers=clinic.headers).status_code in (500, 503)
    network.faults({"effect": "server_error", "on": "all"})
    assert publish(network, clinic, "k2").status_code in (500, 503)
    network.faults({"effect": "server_error", "rate": 0})
    assert network.faults() == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"effect": "fire"},
        {"effect": "slow", "rate": 2},
        {"effect": "slow", "on": "mars"},
        ["slow"],
        "slow",
    ],
)
def test_a_fault_that_is_not_understood_is_refused(network, body):
    assert network.http.post("/_control/faults", json=body).status_code == 422
    assert network.faults() == []
