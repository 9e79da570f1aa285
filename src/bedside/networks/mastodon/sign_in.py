"""How does an organization connect its account on a Mastodon server?

By visiting the server and allowing Bedside (OAuth code with PKCE; Bedside registers itself on every server
anew), or by an access token made in the server's settings. Tokens do not expire; they can be revoked.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from bedside.foundation.http import Http
from bedside.networks.account import Account, Credentials, Session
from bedside.networks.address import server_address
from bedside.networks.mastodon import calls
from bedside.networks.mastodon.translate import account
from bedside.networks.outcomes import Refused, SignInAgain, TryLater
from bedside.networks.sign_in import Field, SignedIn, Start, Way
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

SCOPES = "read:accounts read:notifications read:statuses write:media write:statuses"
CLIENT_NAME = "Bedside"

_SERVER = Field(
    "server", _("Server"), _("The part after the second @ of the handle, for example mastodon.social")
)

ways: tuple[Way, ...] = (
    Way(
        "visit",
        _("Visit the server"),
        _("You are sent to your server, sign in there and allow Bedside to read and publish."),
        (_SERVER,),
        needs_visit=True,
    ),
    Way(
        "token",
        _("Access token"),
        _("On your server open Preferences → Development, make an application, copy its access token here."),
        (_SERVER, Field("access_token", _("Access token"), "", "password")),
    ),
)


def server_url(answers: Mapping[str, str]) -> str:
    """The server, from its name, its address, or a whole handle."""
    typed = answers.get("server", "").strip()
    return server_address(typed if "://" in typed else typed.rsplit("@", 1)[-1])


@as_promised
def sign_in(http: Http, way: str, answers: Mapping[str, str]) -> SignedIn:
    """Connect with an access token. Raises `Refused` when the server does not know it."""
    token = answers.get("access_token", "").strip()
    if not token:
        raise Refused(_("Enter the access token of the application that you made."), code="no_token")
    return _signed_in(http, Credentials(token))


@as_promised
def start(
    http: Http,
    answers: Mapping[str, str],
    *,
    return_url: str,
    state: str,
    app: Mapping[str, str] | None = None,
) -> Start:
    """Register Bedside on the server (once per server and return address) and say where to send the
    person.
    """
    if not app or app.get("return_url") != return_url:
        app = _registered(http, return_url)
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": return_url,
        "scope": SCOPES,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "force_login": "true",
    }
    visit_url = f"{server_url(answers)}/oauth/authorize?{urlencode(query)}"
    return Start(visit_url, {**app, "code_verifier": verifier}, app)


@as_promised
def finish(http: Http, remember: Mapping[str, str], *, code: str) -> SignedIn:
    """Exchange the code for a token."""
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": remember["client_id"],
        "client_secret": remember["client_secret"],
        "redirect_uri": remember["return_url"],
        "code_verifier": remember["code_verifier"],
        "scope": SCOPES,
    }
    try:
        made = calls.with_token(http, "").call("POST", "/oauth/token", data=body)
    except (Refused, SignInAgain) as refused:
        raise Refused(
            _("The server did not accept the permission that you brought back. Start again."),
            code=refused.code,
        ) from refused
    keep = {"client_id": remember["client_id"], "client_secret": remember["client_secret"]}
    return _signed_in(http, Credentials(_required(made, "access_token"), extra=keep))


def needs_refresh(credentials: Credentials, now: datetime) -> bool:
    """Never: Mastodon's tokens live until they are revoked."""
    return False


def refresh(session: Session) -> Credentials:
    """There is nothing to renew, so a token that no longer works needs a person."""
    raise SignInAgain(_("The server has revoked our access. Connect this channel again."), code="revoked")


@as_promised
def check(session: Session) -> Account:
    """Who we are, and what this server allows today."""
    wire = calls.wire(session)
    me = wire.get("/api/v1/accounts/verify_credentials")
    return account(me, calls.instance(wire), session.account.server_url)


@as_promised
def sign_out(session: Session) -> None:
    """Revoke the token, where we know the application that it was given to."""
    extra = session.credentials.extra
    if "client_id" not in extra:
        return
    body = {**extra, "token": session.credentials.access_token}
    calls.wire(session).answer("POST", "/oauth/revoke", data=body)


def _signed_in(http: Http, credentials: Credentials) -> SignedIn:
    wire = calls.with_token(http, credentials.access_token)
    try:
        me = wire.get("/api/v1/accounts/verify_credentials")
    except SignInAgain as refused:
        raise Refused(
            _("The server does not know this access token. Copy it again, the whole of it."),
            code=refused.code,
        ) from refused
    return SignedIn(account(me, calls.instance(wire), http.base_url), credentials)


def _registered(http: Http, return_url: str) -> dict[str, str]:
    body = {"client_name": CLIENT_NAME, "redirect_uris": return_url, "scopes": SCOPES}
    made = calls.with_token(http, "").call("POST", "/api/v1/apps", data=body)
    return {
        "client_id": _required(made, "client_id"),
        "client_secret": _required(made, "client_secret"),
        "return_url": return_url,
    }


def _required(made: Any, name: str) -> str:
    if not isinstance(made, dict) or not made.get(name):
        raise TryLater(_("This does not answer like a Mastodon server. Check its address."), code="garbled")
    return str(made[name])
