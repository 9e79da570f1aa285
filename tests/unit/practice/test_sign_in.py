"""Can a channel be connected as documented: the page, the code, the tokens, their rotation and their end?"""

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.fixtures.practice import PracticeServer

BACK = "http://127.0.0.1:8000/back?kept=1"


def allow(network: PracticeServer, **form: str) -> dict[str, list[str]]:
    fields = {
        "redirect_uri": BACK,
        "state": "s1",
        "channel": "new",
        "name": "Sunny Dental",
        "answer": "allow",
    }
    answer = network.http.post("/authorize", data=fields | form)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("http://127.0.0.1:8000/back?kept=1&")
    return parse_qs(urlsplit(answer.headers["location"]).query)


def redeem(network: PracticeServer, code: str, **more: str) -> httpx.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    return network.http.post("/oauth/token", data=form | more)


def account(network: PracticeServer, token: str) -> httpx.Response:
    return network.http.get("/api/account", headers={"Authorization": f"Bearer {token}"})


def test_the_page_suggests_the_channel_and_lets_its_form_lead_back(network):
    page = network.http.get(
        "/authorize", params={"redirect_uri": BACK, "state": "<s>", "channel_name": "Sunny & Co"}
    )
    assert 'value="Sunny &amp; Co"' in page.text
    assert 'value="&lt;s&gt;"' in page.text
    assert "form-action 'self' http://127.0.0.1:8000" in page.headers["content-security-policy"]


def test_allowing_gives_a_code_that_serves_once(network):
    back = allow(network)
    assert back["state"] == ["s1"]
    tokens = redeem(network, back["code"][0]).json()
    assert tokens["channel"]["name"] == "Sunny Dental"
    assert account(network, tokens["access_token"]).json()["id"] == tokens["channel"]["id"]
    assert redeem(network, back["code"][0]).json()["error"] == "invalid_grant"


def test_refusing_sends_back_without_a_code(network):
    back = allow(network, answer="refuse")
    assert (back["error"], back["state"]) == (["access_denied"], ["s1"])
    assert "code" not in back


def test_connecting_an_existing_channel_keeps_its_identity(network, clinic):
    tokens = redeem(network, allow(network, channel=clinic.id)["code"][0]).json()
    assert tokens["channel"]["id"] == clinic.id
    assert account(network, clinic.access_token).status_code == 200


def test_a_code_challenge_must_be_met(network):
    verifier = "a" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    stolen = allow(network, code_challenge=challenge)["code"][0]
    assert redeem(network, stolen, code_verifier="b" * 50).status_code == 400
    code = allow(network, code_challenge=challenge)["code"][0]
    assert redeem(network, code, code_verifier=verifier).status_code == 200


def test_a_code_is_for_the_program_it_was_given_to(network):
    code = allow(network)["code"][0]
    assert redeem(network, code, redirect_uri="http://127.0.0.1:9/else").json()["error"] == "invalid_grant"


def test_refreshing_ends_the_old_pair(network, clinic):
    form = {"grant_type": "refresh_token", "refresh_token": clinic.refresh_token}
    fresh = network.http.post("/oauth/token", json=form).json()
    assert account(network, fresh["access_token"]).status_code == 200
    assert account(network, clinic.access_token).json()["error"]["code"] == "token_unknown"
    assert network.http.post("/oauth/token", data=form).json()["error"] == "invalid_grant"


def test_a_revoked_token_opens_nothing(network, clinic):
    network.http.post("/oauth/revoke", data={"token": clinic.refresh_token})
    assert account(network, clinic.access_token).status_code == 401


def test_a_token_ends_after_its_life(network):
    network.settings(token_seconds=1)
    brief = network.channel("brief")
    assert brief.expires_in == 1
    time.sleep(1.05)
    assert account(network, brief.access_token).json()["error"]["code"] == "token_expired"


@pytest.mark.parametrize(
    "address",
    ["", "/back", "javascript:alert(1)", "http://", "ftp://x/y", "http://x/#a", "http://x;y/", "http://[/"],
)
def test_an_unfit_return_address_is_refused_on_the_page(network, address):
    answer = network.http.get("/authorize", params={"redirect_uri": address})
    assert answer.status_code == 400
    assert "redirect_uri" in answer.text


def test_a_form_on_another_site_cannot_allow_anything(network):
    answer = network.http.post(
        "/authorize",
        data={"redirect_uri": BACK, "answer": "allow"},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_an_unknown_grant_is_refused_in_oauths_own_form(network):
    answer = network.http.post("/oauth/token", data={"grant_type": "password"})
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")
