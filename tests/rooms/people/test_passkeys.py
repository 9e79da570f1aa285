"""Passkeys and addresses: browsers keep none for a number, so the pages that offer one lead to a name."""

import pytest
from django.test import Client
from tests.fixtures.clinic import PASSWORD

NOTE = "Browsers keep passkeys for names"
PAGES = ("/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/")


def page(client, path: str, host: str) -> str:
    answer = client.get(path, headers={"host": host}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_offers_a_passkey_leads_to_itself_under_a_name(client, clinic, path):
    client.post("/accounts/login/", {"login": clinic.administrator.user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    seen = page(client, path, "127.0.0.1:9300")
    assert NOTE in seen
    assert f'href="http://localhost:9300{path}' in seen


def test_the_sign_in_page_says_it_too_and_keeps_where_one_wanted_to_go(client, clinic):
    seen = page(client, "/accounts/login/?next=/planning/", "127.0.0.1:8000")
    assert 'href="http://localhost:8000/accounts/login/?next=/planning/"' in seen


@pytest.mark.parametrize("host", ["localhost:8000", "desk.clinic.example"])
def test_under_a_name_nothing_is_said(client, clinic, settings, host):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "desk.clinic.example"]
    assert NOTE not in page(client, "/accounts/login/", host)


def test_another_machines_number_cannot_be_called_localhost(client, clinic, settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "192.0.2.7"]
    seen = page(client, "/accounts/login/", "192.0.2.7:8000")
    assert "BEDSIDE_BASE_URL" in seen
    assert "localhost" not in seen


def test_a_desk_that_does_not_answer_to_localhost_sends_nobody_there(client, clinic, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert "//localhost" not in page(client, "/accounts/login/", "127.0.0.1:8000")


def test_localhost_answers_takes_forms_and_keeps_a_session(clinic):
    user = clinic.administrator.user
    browser = Client(enforce_csrf_checks=True, headers={"host": "localhost:8000"})
    browser.get("/accounts/login/")
    token = browser.cookies["bedside_csrf"].value
    form = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = browser.post("/accounts/login/", form, headers={"origin": "http://localhost:8000"})
    assert answer.status_code == 302
    assert browser.get("/accounts/2fa/").status_code == 200
