"""Where does the demonstration clinic speak? Channels on the practice network, their weekly times, the campaigns.

One channel has lost its sign-in, so that a visitor sees what that looks like and can mend it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from bedside.demo.agenda import Agenda
from bedside.demo.people import Cast
from bedside.demo.practice_side import PracticeSide
from bedside.demo.shelf import words
from bedside.foundation import clock
from bedside.foundation.http import Http
from bedside.networks.actions import connect_channel, mark_needs_sign_in
from bedside.networks.catalogue import connector_of
from bedside.networks.sign_in import SignedIn
from bedside.planning.actions import add_slot, create_campaign

PRACTICE = "practice"


def connect(cast: Cast, practice: PracticeSide, agenda: Agenda, began_at: datetime) -> None:
    """Connect every channel as of `began_at`; one of them is signed out again later."""
    now = clock.now()
    for channel in words("clinic")["channels"]:
        handle = _free_handle(practice, channel["handle"])
        tokens = practice.open_channel(
            handle, channel["name"], channel["about"], began_at - timedelta(days=900)
        )
        practice.tell(
            "metrics", channel=handle, followers=channel["followers"], profile_views=channel["followers"] * 3
        )
        signed_in = _sign_in(practice, tokens)
        where = cast.locations["kids"] if channel["key"] == "kids" else cast.locations["main"]
        with clock.at(began_at):
            made = connect_channel(
                organization=cast.organization,
                network=PRACTICE,
                signed_in=signed_in,
                by=cast.members["ruth"],
                location=where,
            )
        cast.channels[channel["key"]], cast.handles[channel["key"]] = made, handle
        if days := channel.get("signed_out_days_ago"):
            practice.end_tokens(tokens["access_token"])
            agenda.at(now - timedelta(days=days), partial(_sign_out, made))


def add_slots(cast: Cast) -> None:
    """Give channels the weekly times of the queue."""
    for key, times in words("clinic")["slots"].items():
        for weekday, at in times:
            add_slot(
                cast.channels[key], weekday=weekday, at=time.fromisoformat(at), by=cast.members["marcus"]
            )


def begin_campaigns(cast: Cast, today: date) -> None:
    """Begin the campaigns that the present day lies in, or that are nearest to it."""
    for campaign in words("clinic")["campaigns"]:
        starts_on, ends_on = span_of(campaign, today)
        cast.campaigns[campaign["key"]] = create_campaign(
            by=cast.members["marcus"],
            name=campaign["name"],
            goal=campaign["goal"],
            starts_on=starts_on,
            ends_on=ends_on,
        )


def span_of(campaign: Mapping[str, Any], today: date) -> tuple[date, date]:
    """The first and the last day of a campaign: days around today, or the season whose middle is nearest."""
    if days := campaign.get("days"):
        return today + timedelta(days=days[0]), today + timedelta(days=days[1])
    spans = []
    for year in (today.year - 1, today.year, today.year + 1):
        starts_on = date.fromisoformat(f"{year}-{campaign['from']}")
        ends_on = date.fromisoformat(f"{year}-{campaign['until']}")
        if ends_on < starts_on:
            ends_on = ends_on.replace(year=year + 1)
        spans.append((starts_on, ends_on))
    return min(spans, key=lambda span: abs((span[0] + (span[1] - span[0]) / 2) - today))


def _free_handle(practice: PracticeSide, wanted: str) -> str:
    """The handle, or a further one when an earlier demonstration has left its history under it."""
    handle, number = wanted, 1
    while practice.has_channel(handle):
        number += 1
        handle = f"{wanted[:26]}-{number}"
    return handle


def _sign_in(practice: PracticeSide, tokens: Mapping[str, Any]) -> SignedIn:
    """Sign in with tokens, and remember how long they last, so that they are exchanged in time."""
    http = Http(practice.base_url, allow_private=True)
    answers = {"access_token": tokens["access_token"], "refresh_token": tokens["refresh_token"]}
    signed_in = connector_of(PRACTICE).connect.sign_in(http, "token", answers)
    life = int(tokens["expires_in"])
    credentials = replace(
        signed_in.credentials,
        expires_at=clock.now() + timedelta(seconds=life),
        extra={"life_seconds": str(life)},
    )
    return SignedIn(signed_in.account, credentials)


def _sign_out(channel: Any) -> None:
    sentence = "The practice network no longer accepts our sign-in. Connect again."
    mark_needs_sign_in(channel, sentence=sentence)
