"""A program connects channels: held to what the page is held to, and never told a secret."""

import json

import pytest
from tests.api.social import APP_PASSWORD, TOKEN, SocialServer
from tests.fixtures.practice import practice_server

from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.networks.models import Channel

__all__ = ["practice_server"]

SECRETS = (APP_PASSWORD, TOKEN, "an.access.word", "a.refresh.word")


@pytest.fixture
def social(settings):
    settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS = True
    server = SocialServer()
    yield server
    server.stop()


@pytest.fixture
def practice(settings, practice_server):
    settings.BEDSIDE_PRACTICE_URL = practice_server.base_url
    settings.BEDSIDE_USUAL_SERVERS = {"practice": practice_server.base_url}
    return practice_server


def bluesky(server: str, password: str = APP_PASSWORD) -> dict:
    answers = {"handle": "@riverside.example", "app_password": password, "server": server}
    return {"network": "bluesky", "way": "app_password", "answers": answers}


def mastodon(server: str, token: str = TOKEN) -> dict:
    return {"network": "mastodon", "way": "token", "answers": {"server": server, "access_token": token}}


def on_practice(practice, handle: str) -> dict:
    made = practice.channel(handle, "Riverside Clinic")
    answers = {"access_token": made.access_token, "refresh_token": made.refresh_token}
    return {"network": "practice", "way": "token", "answers": answers}


def test_what_each_network_asks_is_listed(program, clinic, practice):
    found = {n["key"]: n for n in program(clinic, "administrator").call("GET", "/networks").json()}
    assert list(found) == ["bluesky", "mastodon", "practice"]
    asked = {q["name"]: q for q in found["bluesky"]["ways"][0]["questions"]}
    assert asked["app_password"]["kind"] == "password"
    visits = {way["key"]: way["needs_visit"] for way in found["mastodon"]["ways"]}
    assert visits == {"visit": True, "token": False}
    usual = {q["name"]: q["initial"] for q in found["practice"]["ways"][1]["questions"]}
    assert usual["server"] == practice.base_url


@pytest.mark.parametrize(
    ("wanted", "name"), [(bluesky, "Riverside on Bluesky"), (mastodon, "Riverside on Mastodon")]
)
def test_a_channel_is_connected_and_no_secret_comes_back(program, clinic, social, wanted, name):
    answer = program(clinic, "administrator").call("POST", "/channels", wanted(social.url))
    assert answer.status_code == 201
    assert (answer.json()["name"], answer.json()["health"]) == (name, "healthy")
    line = Record.objects.get(verb="channel.connected")
    assert (line.actor_kind, line.chain_id) == ("token", str(clinic.organization.pk))
    told = answer.content.decode() + json.dumps([line.words, line.data, line.object_label])
    assert not [secret for secret in SECRETS if secret in told]
    assert Channel.objects.get().credentials["access_token"] in ("an.access.word", TOKEN)


def test_the_usual_server_is_taken_where_none_is_named(program, clinic, practice):
    made = program(clinic, "administrator").call("POST", "/channels", on_practice(practice, "api-usual"))
    assert (made.status_code, made.json()["server_url"]) == (201, practice.base_url)


def test_connecting_again_keeps_the_channel_and_its_history(program, clinic, practice):
    administrator, wanted = program(clinic, "administrator"), on_practice(practice, "api-again")
    path = f"/channels/{administrator.call('POST', '/channels', wanted).json()['id']}"
    gone = administrator.call("POST", f"{path}/disconnect").json()
    assert (gone["health"], Channel.objects.get().credentials) == ("disconnected", None)
    assert administrator.call("POST", f"{path}/disconnect").status_code == 200, "twice is once"
    back = administrator.call("POST", f"{path}/reconnect", {k: wanted[k] for k in ("way", "answers")})
    assert back.json()["health"] == administrator.call("GET", path).json()["health"] == "healthy"
    assert Channel.objects.count() == 1
    verbs = Record.objects.filter(object_kind="channel").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["channel.connected", "channel.disconnected", "channel.connected"]


def test_another_account_cannot_take_a_channels_place(program, clinic, practice):
    administrator = program(clinic, "administrator")
    made = administrator.call("POST", "/channels", on_practice(practice, "api-first")).json()
    other = on_practice(practice, "api-second")
    again = {"way": "token", "answers": other["answers"]}
    answer = administrator.call("POST", f"/channels/{made['id']}/reconnect", again)
    assert (answer.status_code, answer.json()["code"]) == (409, "other_account")


@pytest.mark.parametrize(
    "server",
    ["http://10.0.0.1", "https://localhost:1", "not a server", "http://169.254.169.254", "https://[fd00::1]"],
)
def test_a_server_inside_the_clinic_is_not_called(program, clinic, server):
    answer = program(clinic, "administrator").call("POST", "/channels", mastodon(server))
    assert answer.status_code == 409
    assert answer.json()["sentence"].endswith(".")
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"network": "facebook"}, "unknown_way", "way"),
        ({"way": "telepathy"}, "unknown_way", "way"),
        ({"way": "visit"}, "needs_visit", "way"),
        ({"answers": {"server": "https://social.example"}}, "answer_missing", "answers.access_token"),
        ({"answers": {"access_token": "x"}}, "answer_missing", "answers.server"),
        ({"answers": {"password": "x"}}, "not_asked", "answers"),
        ({"answers": {"access_token": "x" * 2001}}, "malformed", "answers.access_token"),
        ({"password": "x"}, "malformed", "password"),
    ],
)
def test_what_the_network_does_not_ask_is_told_at_its_field(program, clinic, change, code, field):
    wanted = mastodon("https://social.example") | change
    answer = program(clinic, "administrator").call("POST", "/channels", wanted)
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)
    assert answer.json()["sentence"].endswith(".")


def test_a_wrong_password_is_told_without_repeating_it(program, clinic, social):
    administrator, wrong = program(clinic, "administrator"), "zzzz-zzzz-zzzz-zzzz"
    for wanted in (bluesky(social.url, wrong), mastodon(social.url, wrong)):
        answer = administrator.call("POST", "/channels", wanted)
        assert answer.status_code == 409
        assert "does not know" in answer.json()["sentence"]
        assert wrong not in answer.content.decode()


def test_nobody_tries_out_passwords_with_a_key(program, clinic, social):
    administrator = program(clinic, "administrator")
    wrong = bluesky(social.url, "not-an-app-password")
    statuses = [administrator.call("POST", "/channels", wrong).status_code for _ in range(21)]
    assert statuses == [409] * 20 + [429]
    assert administrator.call("GET", "/channels").status_code == 200, "other calls go on"
    mine = program(clinic, "administrator").call("POST", "/channels", wrong)
    assert mine.status_code == 409, "each key has a pace of its own"


def test_another_organizations_channel_is_not_there_and_the_power_is_needed(program, clinic, other_clinic):
    theirs = Channel.objects.create(
        organization=other_clinic.organization,
        network="mastodon",
        remote_id="x",
        handle="x",
        name="Theirs",
        connected_at=clock.now(),
    )
    again = {"way": "token", "answers": {"server": "https://social.example", "access_token": "x"}}
    calls = [("GET", "", None), ("POST", "/disconnect", None), ("POST", "/reconnect", again)]
    for method, path, body in calls:
        answer = program(clinic, "administrator").call(method, f"/channels/{theirs.pk}{path}", body)
        assert answer.status_code == 404
    author = program(clinic, "author")
    assert author.call("GET", "/channels").json() == []
    for path, body in [
        ("/channels", mastodon("https://social.example")),
        (f"/channels/{theirs.pk}/disconnect", None),
    ]:
        assert author.call("POST", path, body).json()["code"] == "power_missing"
    theirs.refresh_from_db()
    assert theirs.health == "healthy"
