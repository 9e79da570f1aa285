"""Connecting a channel, step by step: a form, perhaps a visit to the network, and back with its word.

What is kept between the steps (our registration there, the verifier) is sealed in the member's session and
used once. The `state` that comes back has to be the one that was sent.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.foundation.secrets import seal, unseal
from bedside.networks.actions import connect_channel, reconnect
from bedside.networks.catalogue import connector_of
from bedside.networks.models import Channel
from bedside.networks.outcomes import NotDone
from bedside.networks.queries import channel_for
from bedside.networks.sessions import http_for
from bedside.networks.sign_in import Field, SignedIn, Way
from bedside.people.models import Member

SESSION_KEY = "connecting_channel"
LONGEST_ANSWER = 2000  # characters; the page's form and programs are held to it


@dataclass(frozen=True)
class Errand:
    """What somebody is about: connecting on `network` by `way`, for a channel that is there already or a
    new one.
    """

    network: str
    way: str
    channel_id: UUID | None = None

    @property
    def chosen(self) -> Way:
        """The way as the connector describes it."""
        return next(w for w in connector_of(self.network).connect.ways if w.key == self.way)


def usual_server(network: str, otherwise: str) -> str:
    """The server that this installation usually means (the practice network's own address, for example)."""
    return str(settings.BEDSIDE_USUAL_SERVERS.get(network, otherwise))


def answers_of(errand: Errand, given: Mapping[str, str]) -> dict[str, str]:
    """What a program answers to a way without a visit, held to the same as the page's form: every question known and
    answered, none too long, and the usual server where none is named. Refuses at the answer.
    """
    way = errand.chosen
    if way.needs_visit:
        raise Refusal(
            "needs_visit",
            _(
                "This way leads through a visit to the network, which a person makes at the desk. Choose another way."
            ),
            field="way",
        )
    if unknown := sorted(set(given) - {asked.name for asked in way.fields}):
        sentence = _("The network asks for no “%(name)s”. Send what GET /networks lists.")
        raise Refusal("not_asked", sentence % {"name": unknown[0][:60]}, field="answers")
    return {asked.name: _answer(errand.network, asked, given.get(asked.name, "")) for asked in way.fields}


def _answer(network: str, asked: Field, given: str) -> str:
    usual = usual_server(network, asked.initial) if asked.kind == "url" else asked.initial
    said = given.strip() or usual
    if asked.is_required and not said:
        sentence = _("The network asks for “%(label)s”. Send it as “%(name)s”.")
        names = {"label": asked.label, "name": asked.name}
        raise Refusal("answer_missing", sentence % names, field=f"answers.{asked.name}")
    if len(said) > LONGEST_ANSWER:
        raise Refusal("too_long", _("This answer is too long. Copy it again."), field=f"answers.{asked.name}")
    return said


def sign_in(errand: Errand, answers: Mapping[str, str], *, by: Member) -> Channel:
    """Connect without a visit. Refuses with the network's sentence."""
    connect = connector_of(errand.network).connect
    try:
        http = http_for(connect.server_url(answers))
        return _keep(errand, connect.sign_in(http, errand.way, answers), by)
    except NotDone as refused:
        raise Refusal(refused.code or "not_connected", refused.sentence) from None


def begin_visit(errand: Errand, answers: Mapping[str, str], session: SessionBase, *, return_url: str) -> str:
    """The address that the member visits to allow it."""
    connect, state = connector_of(errand.network).connect, secrets.token_urlsafe(24)
    try:
        server = connect.server_url(answers)
        start = connect.start(http_for(server), answers, return_url=return_url, state=state)
    except NotDone as refused:
        raise Refusal(refused.code or "not_connected", refused.sentence) from None
    kept = {
        "network": errand.network,
        "way": errand.way,
        "channel": str(errand.channel_id) if errand.channel_id else None,
        "server": server,
        "state": state,
        "remember": dict(start.remember),
    }
    session[SESSION_KEY] = seal(json.dumps(kept))
    return start.visit_url


def end_visit(session: SessionBase, said: Mapping[str, str], *, by: Member) -> Channel:
    """The member is back: compare the state, exchange the code, keep the channel."""
    sealed = session.pop(SESSION_KEY, None)
    kept: dict[str, Any] = json.loads(unseal(sealed)) if sealed else {}
    if not kept or not secrets.compare_digest(kept["state"], said.get("state", "")):
        raise Refusal(
            "visit_unknown",
            _("This return belongs to no visit that was begun here. Connect the channel again."),
        )
    if not said.get("code"):
        raise Refusal(
            "not_allowed_there",
            _("The network was not allowed to connect. Nothing was changed; you can try again."),
        )
    errand = Errand(kept["network"], kept["way"], UUID(kept["channel"]) if kept["channel"] else None)
    try:
        connect = connector_of(errand.network).connect
        return _keep(
            errand, connect.finish(http_for(kept["server"]), kept["remember"], code=said["code"]), by
        )
    except NotDone as refused:
        raise Refusal(refused.code or "not_connected", refused.sentence) from None


def _keep(errand: Errand, signed_in: SignedIn, by: Member) -> Channel:
    if errand.channel_id is not None:
        return reconnect(channel_for(by, errand.channel_id), signed_in=signed_in, by=by)
    return connect_channel(organization=by.organization, network=errand.network, signed_in=signed_in, by=by)
