"""Channels stay signed in: connecting keeps the row, credentials are sealed, and exchanged once however many ask."""

import threading

import pytest
from django.db import connection
from tests.fixtures.clinic import Clinic
from tests.fixtures.practice import PracticeServer, practice_server

from bedside.audit.models import Record
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.networks.actions import connect_channel, disconnect, mark_needs_sign_in, reconnect
from bedside.networks.catalogue import connector_of
from bedside.networks.models import Channel
from bedside.networks.outcomes import SignInAgain
from bedside.networks.queries import limits_of
from bedside.networks.sessions import http_for, open_session, renewed, session_for
from bedside.networks.sign_in import SignedIn

__all__ = ["practice_server"]


@pytest.fixture
def network(practice_server: PracticeServer, settings) -> PracticeServer:
    practice_server.reset()
    settings.BEDSIDE_PRACTICE_URL = practice_server.base_url
    return practice_server


def signed_in(network: PracticeServer, handle: str) -> SignedIn:
    opened = network.channel(handle)
    answers = {
        "access_token": opened.access_token,
        "refresh_token": opened.refresh_token,
        "server": network.base_url,
    }
    return connector_of("practice").connect.sign_in(http_for(network.base_url), "token", answers)


def connected(clinic: Clinic, network: PracticeServer, handle: str = "riverbend") -> Channel:
    return connect_channel(
        organization=clinic.organization,
        network="practice",
        signed_in=signed_in(network, handle),
        by=clinic.administrator,
    )


def test_tokens_are_not_readable_in_the_database(clinic: Clinic, network: PracticeServer):
    channel = connected(clinic, network)
    token = session_for(channel).credentials.access_token
    with connection.cursor() as cursor:
        cursor.execute("SELECT credentials FROM networks_channel")
        stored = cursor.fetchone()[0]
    assert token
    assert token not in stored
    assert token not in repr(open_session(channel))


def test_a_channel_connected_before_films_were_sent_takes_what_its_network_usually_takes(
    clinic: Clinic, network: PracticeServer
):
    channel = connected(clinic, network)
    assert limits_of(channel).max_videos == 1
    films = ("max_videos", "max_video_bytes", "max_video_seconds", "max_subtitle_bytes")
    channel.limits = {name: value for name, value in channel.limits.items() if name not in films}
    channel.limits["max_characters"] = 300
    channel.save()
    found = limits_of(Channel.objects.get())
    assert (found.max_videos, found.max_video_bytes, found.max_characters) == (1, 40_000_000, 300)
    channel.limits["max_videos"] = 0
    assert limits_of(channel).max_videos == 0


def test_connecting_the_same_account_again_keeps_the_channel(clinic: Clinic, network: PracticeServer):
    first = connected(clinic, network)
    mark_needs_sign_in(first, sentence="The password was changed.")
    assert connected(clinic, network).pk == first.pk
    assert Channel.objects.get().health == "healthy"


def test_signing_in_with_another_account_is_refused_for_an_existing_channel(
    clinic: Clinic, network: PracticeServer
):
    channel = connected(clinic, network)
    with pytest.raises(Refusal) as refusal:
        reconnect(channel, signed_in=signed_in(network, "somebody"), by=clinic.administrator)
    assert refusal.value.code == "other_account"


def test_disconnecting_forgets_the_credentials_and_keeps_the_row(clinic: Clinic, network: PracticeServer):
    channel = disconnect(connected(clinic, network), by=clinic.administrator)
    with pytest.raises(SignInAgain):
        open_session(Channel.objects.get(pk=channel.pk))
    assert Record.objects.filter(verb="channel.disconnected").count() == 1


def test_only_who_manages_channels_connects_them(clinic: Clinic, network: PracticeServer):
    with pytest.raises(NotAllowed):
        connect_channel(
            organization=clinic.organization,
            network="practice",
            signed_in=signed_in(network, "riverbend"),
            by=clinic.member("author"),
        )


def test_a_lost_key_asks_for_a_sign_in_and_breaks_nothing_else(
    clinic: Clinic, network: PracticeServer, settings
):
    channel = connected(clinic, network)
    settings.BEDSIDE_ENCRYPTION_KEYS = ("c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlISE=",)
    with pytest.raises(SignInAgain) as refusal:
        open_session(Channel.objects.defer("credentials").get(pk=channel.pk))
    assert refusal.value.code == "secret_unreadable"


@pytest.mark.django_db(transaction=True)
def test_credentials_are_exchanged_once_however_many_ask(clinic: Clinic, network: PracticeServer):
    channel = connected(clinic, network)
    stale, tokens = open_session(channel), []

    def ask() -> None:
        tokens.append(renewed(channel, stale).credentials.access_token)
        connection.close()

    asking = [threading.Thread(target=ask) for _ in range(5)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(30)
    assert len(tokens) == 5
    assert set(tokens) == {open_session(Channel.objects.get()).credentials.access_token}
    assert stale.credentials.access_token not in tokens


@pytest.mark.django_db(transaction=True)
def test_a_lock_whose_holder_died_lapses(clinic: Clinic, network: PracticeServer):
    channel = connected(clinic, network)
    Channel.objects.update(locked_by="gone", locked_until_at="2026-01-01T00:00Z")
    assert renewed(channel, open_session(channel)).credentials.access_token
