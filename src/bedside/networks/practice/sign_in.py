"""How is a channel of the practice network connected?

As on a real network: by a visit at which a person allows it (OAuth code with PKCE), with tokens that
expire and rotate.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bedside.foundation import clock
from bedside.foundation.http import Http
from bedside.networks.account import Account, Credentials, Session
from bedside.networks.address import server_address
from bedside.networks.outcomes import Refused, SignInAgain
from bedside.networks.practice import calls
from bedside.networks.practice.translate import account
from bedside.networks.sign_in import Field, SignedIn, Start, Way
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

USUAL_SERVER = "http://127.0.0.1:8001"
# Refreshed when seventy percent of a token's life are over.
LIFE_USED = 0.7

_SERVER = Field(
    "server", _("Address"), _("Where the practice network runs."), "url", USUAL_SERVER, is_required=False
)

ways: tuple[Way, ...] = (
    Way(
        "visit",
        _("Visit the practice network"),
        _("You choose or name a channel there and allow Bedside to publish to it."),
        (
            Field("channel_name", _("Channel"), _("A name for the channel, for example Riverside Clinic")),
            _SERVER,
        ),
        needs_visit=True,
    ),
    Way(
        "token",
        _("Access token"),
        _("For tests and demonstrations, with tokens from the practice network's control address."),
        (
            Field("access_token", _("Access token"), "", "password"),
            Field("refresh_token", _("Refresh token"), "", "password", is_required=False),
            _SERVER,
        ),
    ),
)


def server_url(answers: Mapping[str, str]) -> str:
    """Where the practice network runs."""
    return server_address(answers.get("server", "") or USUAL_SERVER)


@as_promised
def sign_in(http: Http, way: str, answers: Mapping[str, str]) -> SignedIn:
    """Connect with tokens. Raises `Refused` when the network does not know them."""
    token = answers.get("access_token", "").strip()
    credentials = Credentials(token, answers.get("refresh_token", "").strip())
    try:
        return SignedIn(_account(http, credentials), credentials)
    except SignInAgain as refused:
        raise Refused(
            _("The practice network does not know this token. Copy it again."), code=refused.code
        ) from refused


@as_promised
def start(
    http: Http,
    answers: Mapping[str, str],
    *,
    return_url: str,
    state: str,
    app: Mapping[str, str] | None = None,
) -> Start:
    """Say where to send the person; the practice network needs no registration."""
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = {
        "redirect_uri": return_url,
        "state": state,
        "channel_name": answers.get("channel_name", ""),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    visit_url = f"{server_url(answers)}/authorize?{urlencode(query)}"
    return Start(visit_url, {"code_verifier": verifier, "return_url": return_url})


@as_promised
def finish(http: Http, remember: Mapping[str, str], *, code: str) -> SignedIn:
    """Exchange the code for tokens."""
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": remember["return_url"],
        "code_verifier": remember["code_verifier"],
    }
    try:
        credentials = _credentials(calls.with_token(http, "").call("POST", "/oauth/token", data=body))
    except Refused as refused:
        raise Refused(
            _("The practice network did not accept the permission that you brought back. Start again."),
            code=refused.code,
        ) from refused
    return SignedIn(_account(http, credentials), credentials)


def needs_refresh(credentials: Credentials, now: datetime) -> bool:
    """Whether seventy percent of the token's life are over."""
    life = float(credentials.extra.get("life_seconds", "0"))
    if credentials.expires_at is None or not credentials.refresh_token:
        return False
    return now >= credentials.expires_at - timedelta(seconds=life * (1 - LIFE_USED))


@as_promised
def refresh(session: Session) -> Credentials:
    """New tokens; the old pair is dead afterwards. Raises `SignInAgain` when the refresh token is spent."""
    body = {"grant_type": "refresh_token", "refresh_token": session.credentials.refresh_token}
    try:
        return _credentials(calls.with_token(session.http, "").call("POST", "/oauth/token", data=body))
    except Refused as refused:
        raise SignInAgain(
            _("The practice network no longer accepts our sign-in. Connect again."), code=refused.code
        ) from refused


@as_promised
def check(session: Session) -> Account:
    """Who we are, and what the network allows today."""
    return _account(session.http, session.credentials)


@as_promised
def sign_out(session: Session) -> None:
    """Revoke our tokens."""
    calls.wire(session).answer("POST", "/oauth/revoke", data={"token": session.credentials.access_token})


def _account(http: Http, credentials: Credentials) -> Account:
    wire = calls.with_token(http, credentials.access_token)
    return account(wire.get("/api/account"), wire.get("/api/instance"), http.base_url)


def _credentials(made: Mapping[str, Any]) -> Credentials:
    life = int(made["expires_in"])
    return Credentials(
        made["access_token"],
        made["refresh_token"],
        clock.now() + timedelta(seconds=life),
        {"life_seconds": str(life)},
    )
