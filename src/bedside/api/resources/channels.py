"""Channels: which networks there are, connecting a page or profile, connecting it again, and leaving it.

A program connects with an app password or an access token. What it sends is used once for signing in and is shown
nowhere; ways that lead through a visit to the network need a person at the desk.
"""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, Pace, member_of, needs
from bedside.foundation.refusal import Refusal
from bedside.networks.actions import disconnect
from bedside.networks.catalogue import UnknownNetwork, connectors
from bedside.networks.connecting import LONGEST_ANSWER, Errand, answers_of, sign_in, usual_server
from bedside.networks.contract import Connector
from bedside.networks.models import Channel
from bedside.networks.queries import channel_for, channels_for
from bedside.people.powers import Power

router = Router(tags=["channels"])

# Every call asks another server, with whatever password was sent: no key is for trying out passwords.
CAREFULLY = Pace("20/m", "connecting")


class QuestionOut(Schema):
    """One thing that a network asks; a `password` is never shown again. `initial` is taken where nothing is said."""

    name: str
    label: str
    help: str
    kind: Literal["text", "password", "url"]
    initial: str
    is_required: bool


class WayOut(Schema):
    """One way to sign in. Where `needs_visit` is true, a person does it at the desk."""

    key: str
    label: str
    about: str
    needs_visit: bool
    questions: list[QuestionOut]


class NetworkOut(Schema):
    """A network that channels can be connected to, and what Bedside can do there."""

    key: str
    name: str
    about: str
    facets: list[str]
    ways: list[WayOut]


class ChannelOut(Schema):
    """A connected page or profile. `problem` says what is wrong and what to do."""

    id: UUID
    network: str
    name: str
    handle: str
    url: str
    server_url: str
    location: UUID | None = Field(None, alias="location_id")
    health: Literal["healthy", "needs_sign_in", "disconnected"]
    problem: str
    connected_at: datetime


class SignIn(Given):
    """How to sign in: the way's key, and what its questions are answered with."""

    way: str = Field(min_length=1, max_length=40)
    answers: dict[str, Annotated[str, Field(max_length=LONGEST_ANSWER)]] = Field(max_length=10)


class ChannelIn(SignIn):
    """A page or profile to connect."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "network": "bluesky",
                    "way": "app_password",
                    "answers": {"handle": "riverside-clinic.bsky.social", "app_password": "the app password"},
                }
            ]
        }
    )

    network: str = Field(min_length=1, max_length=40)


@router.get("/networks", response={200: list[NetworkOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_CHANNELS)
def networks(request: HttpRequest) -> list[dict[str, Any]]:
    """The networks, and what each asks of those who connect a channel."""
    return [_network(each) for each in connectors()]


@router.get("/channels", response={200: list[ChannelOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_CHANNELS)
def channels(request: HttpRequest) -> QuerySet[Channel]:
    """The connected channels and their health, those that were disconnected included."""
    return channels_for(member_of(request))


@router.get("/channels/{channel_id}", response={200: ChannelOut, **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_CHANNELS)
def one(request: HttpRequest, channel_id: UUID) -> Channel:
    """One channel."""
    return channel_for(member_of(request), channel_id)


@router.post("/channels", response={201: ChannelOut, **PROBLEMS}, throttle=[CAREFULLY])
@needs(Power.MANAGE_CHANNELS)
def connect(request: HttpRequest, channel: ChannelIn) -> Any:
    """Connect a page or profile. One that is there already is connected again, with its history."""
    return Status(201, _sign_in(request, Errand(channel.network, channel.way), channel.answers))


@router.post("/channels/{channel_id}/reconnect", response={200: ChannelOut, **PROBLEMS}, throttle=[CAREFULLY])
@needs(Power.MANAGE_CHANNELS)
def reconnect(request: HttpRequest, channel_id: UUID, again: SignIn) -> Channel:
    """Sign the same account in again; another account is refused, because its history would mix with this one's."""
    found = channel_for(member_of(request), channel_id)
    return _sign_in(request, Errand(found.network, again.way, found.pk), again.answers)


@router.post("/channels/{channel_id}/disconnect", response={200: ChannelOut, **PROBLEMS})
@needs(Power.MANAGE_CHANNELS)
def leave(request: HttpRequest, channel_id: UUID) -> Channel:
    """Forget the credentials. What went through the channel stays to be read."""
    by = member_of(request)
    return disconnect(channel_for(by, channel_id), by=by)


def _sign_in(request: HttpRequest, errand: Errand, given: dict[str, str]) -> Channel:
    try:
        answers = answers_of(errand, given)
    except (UnknownNetwork, StopIteration):
        sentence = "There is no such network, or no such way to sign in there. GET /networks lists them."
        raise Refusal("unknown_way", sentence, field="way") from None
    return sign_in(errand, answers, by=member_of(request))


def _network(connector: Connector) -> dict[str, Any]:
    card = connector.card
    ways = [
        {**vars(way), "questions": [_question(card.key, vars(asked)) for asked in way.fields]}
        for way in connector.connect.ways
    ]
    facets = sorted(connector.facets)
    return {"key": card.key, "name": card.name, "about": card.about, "facets": facets, "ways": ways}


def _question(network: str, asked: dict[str, Any]) -> dict[str, Any]:
    is_address = asked["kind"] == "url"
    return asked | {"initial": usual_server(network, asked["initial"]) if is_address else asked["initial"]}
