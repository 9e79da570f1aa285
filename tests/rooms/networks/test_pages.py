"""Connecting a channel as a person does it: a form, a visit to the network, and back."""

import html
import re
from urllib.parse import urlsplit

import httpx
import pytest
from tests.fixtures.practice import practice_server

from bedside.networks.models import Channel

__all__ = ["practice_server"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk(client, clinic, settings, practice_server):
    clinic.organization.requires_second_factor = False
    clinic.organization.save()
    settings.BEDSIDE_PRACTICE_URL = practice_server.base_url
    settings.BEDSIDE_USUAL_SERVERS = {"practice": practice_server.base_url}
    client.force_login(clinic.administrator.user, backend=BACKEND)
    return client


def visit(desk, channel_name: str, server: str, again: str = "") -> str:
    """Fill the form in, visit the network, press "allow" there; returns the way back to Bedside."""
    page = desk.post(
        f"/networks/connect/practice/visit{again}", {"channel_name": channel_name, "server": server}
    ).content.decode()
    address = html.unescape(re.search(r'href="(http[^"]+/authorize[^"]+)"', page).group(1))
    with httpx.Client(base_url=server) as browser:
        asked = browser.get(address).text
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', asked))
        fields = {name: html.unescape(value) for name, value in fields.items()}
        choices = dict(re.findall(r'name="channel" value="([^"]+)"[^>]*>(.*?)</label>', asked))
        known = [value for value, words in choices.items() if channel_name in words]
        fields |= {"answer": "allow", "name": channel_name, "channel": known[0] if known else "new"}
        action = html.unescape(re.search(r'<form[^>]+action="([^"]+)"', asked).group(1))
        answer = browser.post(action, data=fields)
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def test_a_channel_is_connected_by_a_visit(desk, clinic, practice_server):
    way_back = visit(desk, "Riverside Clinic", practice_server.base_url)
    answer = desk.get(way_back, follow=True)
    assert "is connected" in answer.content.decode()
    channel = Channel.objects.get(organization=clinic.organization)
    assert channel.health == "healthy"
    assert channel.credentials["refresh_token"]


def test_connecting_again_keeps_the_channel(desk, clinic, practice_server):
    desk.get(visit(desk, "Riverside North", practice_server.base_url))
    channel = Channel.objects.get()
    desk.post(f"/networks/channels/{channel.pk}/disconnect")
    channel.refresh_from_db()
    assert (channel.health, channel.credentials) == ("disconnected", None)
    desk.get(visit(desk, "Riverside North", practice_server.base_url, f"?channel={channel.pk}"))
    channel.refresh_from_db()
    assert channel.health == "healthy"
    assert Channel.objects.count() == 1


def test_another_account_cannot_take_a_channels_place(desk, practice_server):
    desk.get(visit(desk, "Riverside South", practice_server.base_url))
    channel = Channel.objects.get()
    answer = desk.get(visit(desk, "Somebody Else", practice_server.base_url, f"?channel={channel.pk}"))
    assert answer.status_code == 409
    assert "You signed in as" in answer.content.decode()


def test_a_return_that_nobody_began_is_refused(desk):
    answer = desk.get("/networks/connect/return?code=stolen&state=guessed")
    assert answer.status_code == 409
    assert "belongs to no visit" in answer.content.decode()
    assert Channel.objects.count() == 0


def test_a_wrong_token_is_told_at_the_form(desk, practice_server):
    answer = desk.post(
        "/networks/connect/practice/token", {"access_token": "wrong", "server": practice_server.base_url}
    )
    assert answer.status_code == 422
    assert 'value="wrong"' not in answer.content.decode(), "a token is never written back into a page"


@pytest.mark.parametrize(
    "server", ["http://10.0.0.1", "https://localhost:1", "not a server", "http://169.254.169.254"]
)
def test_a_server_inside_the_clinic_is_not_called(desk, server):
    answer = desk.post("/networks/connect/mastodon/token", {"access_token": "x", "server": server})
    assert answer.status_code == 422
    assert Channel.objects.count() == 0


def test_only_who_manages_channels_connects_them(client, clinic):
    clinic.organization.requires_second_factor = False
    clinic.organization.save()
    client.force_login(clinic.member("author").user, backend=BACKEND)
    assert client.get("/networks/connect").status_code == 403
    assert client.get("/networks/").status_code == 200


def test_another_organizations_channel_is_not_there(desk, other_clinic):
    theirs = Channel.objects.create(
        organization=other_clinic.organization,
        network="practice",
        remote_id="x",
        handle="x",
        name="Theirs",
        connected_at=other_clinic.organization.created_at,
    )
    assert desk.get(f"/networks/channels/{theirs.pk}").status_code == 404
    assert "Theirs" not in desk.get("/networks/").content.decode()
