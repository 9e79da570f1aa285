"""How does an organization connect its Bluesky account, and stay connected?

With an app password, which can be revoked alone and cannot change the account. It buys a session of two
hours that is renewed with a rotating refresh token; the app password itself is not kept. OAuth is
described as not yet done in README.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import regex

from bedside.foundation.http import Http
from bedside.networks.account import Account, Credentials, Session
from bedside.networks.address import server_address
from bedside.networks.bluesky import calls
from bedside.networks.bluesky.fits import LIMITS
from bedside.networks.bluesky.translate import expiry, home_server
from bedside.networks.outcomes import NotDone, Refused, SignInAgain
from bedside.networks.sign_in import Field, SignedIn, Start, Way
from bedside.networks.wire import as_promised
from bedside.networks.words import sentence as _

EVERYBODYS_SERVER = "https://bsky.social"
APP_PASSWORD = regex.compile(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}")
# A session lives two hours; renewed when forty minutes are left, so that a paused worker finds it alive.
RENEW_WHEN_LEFT = timedelta(minutes=40)

ways: tuple[Way, ...] = (
    Way(
        "app_password",
        _("App password"),
        _(
            "On Bluesky open Settings → Privacy and security → App passwords, add one named Bedside, copy it here."
        ),
        (
            Field("handle", _("Handle"), _("For example riverside-clinic.bsky.social")),
            Field(
                "app_password", _("App password"), _("Four groups of four: xxxx-xxxx-xxxx-xxxx"), "password"
            ),
            Field(
                "server",
                _("Server"),
                _("Leave this as it is unless your account lives on a server of its own."),
                "url",
                EVERYBODYS_SERVER,
                is_required=False,
            ),
        ),
    ),
)


def server_url(answers: Mapping[str, str]) -> str:
    """The server at which to sign in."""
    return server_address(answers.get("server", "") or EVERYBODYS_SERVER)


@as_promised
def sign_in(http: Http, way: str, answers: Mapping[str, str]) -> SignedIn:
    """Exchange the app password for a session. Raises `Refused` with what to do when that fails."""
    password = answers.get("app_password", "").strip()
    if not APP_PASSWORD.fullmatch(password):
        raise Refused(
            _(
                "That is not an app password. Create one in Bluesky's settings; never enter the account's own."
            ),
            code="not_an_app_password",
        )
    body = {"identifier": _identifier(answers), "password": password}
    try:
        made = calls.signed(http, "").call("POST", "/xrpc/com.atproto.server.createSession", json=body)
    except SignInAgain as refused:
        raise Refused(
            _("Bluesky does not know this handle with this app password. Check both and try again."),
            code=refused.code,
        ) from refused
    credentials = _credentials(made)
    home = home_server(made.get("didDoc"), http.base_url)
    account = Account(
        made["did"], f"@{made['handle']}", made["handle"], _profile_url(made["did"]), home, LIMITS
    )
    return SignedIn(_described(Session(account, credentials, http)), credentials)


def start(
    http: Http,
    answers: Mapping[str, str],
    *,
    return_url: str,
    state: str,
    app: Mapping[str, str] | None = None,
) -> Start:
    """Bluesky is connected without a visit."""
    raise _no_visit()


def finish(http: Http, remember: Mapping[str, str], *, code: str) -> SignedIn:
    """Bluesky is connected without a visit."""
    raise _no_visit()


def needs_refresh(credentials: Credentials, now: datetime) -> bool:
    """Whether less than forty minutes are left. A token that does not say is used until it is refused."""
    return credentials.expires_at is not None and credentials.expires_at - now < RENEW_WHEN_LEFT


@as_promised
def refresh(session: Session) -> Credentials:
    """A new session for the refresh token, which is replaced too."""
    bearer = calls.signed(session.http, session.credentials.refresh_token, session)
    return _credentials(bearer.call("POST", "/xrpc/com.atproto.server.refreshSession"))


@as_promised
def check(session: Session) -> Account:
    """Who we are there, under which handle, and whether the account is active."""
    found = calls.get(session, "com.atproto.server.getSession")
    if found.get("active") is False:
        raise SignInAgain(
            _("This Bluesky account is not active. Its owner must reactivate it, then connect it again."),
            code=str(found.get("status", "inactive")),
        )
    home = home_server(found.get("didDoc"), session.account.server_url)
    return _described(session, handle=found["handle"], did=found["did"], home=home)


@as_promised
def sign_out(session: Session) -> None:
    """End the session at the server."""
    bearer = calls.signed(session.http, session.credentials.refresh_token, session)
    bearer.answer("POST", "/xrpc/com.atproto.server.deleteSession")


def _described(session: Session, *, handle: str = "", did: str = "", home: str = "") -> Account:
    """Name and picture from the account's own profile record, which every server has without asking
    others.
    """
    known = session.account
    did, home = did or known.remote_id, home or known.server_url
    profile: dict[str, Any] = {}
    try:
        found = calls.record(session, f"at://{did}/app.bsky.actor.profile/self")
        profile = found["value"] if found else {}
    except NotDone:
        pass  # a profile without a name is no reason to refuse the connection
    return Account(
        remote_id=did,
        handle=f"@{handle}" if handle else known.handle,
        name=profile.get("displayName") or handle or known.name,
        url=_profile_url(did),
        server_url=home,
        limits=LIMITS,
        avatar_url=_avatar(profile, did, home),
    )


def _avatar(profile: Mapping[str, Any], did: str, home: str) -> str:
    cid = (profile.get("avatar") or {}).get("ref", {}).get("$link", "")
    return f"{home}/xrpc/com.atproto.sync.getBlob?did={did}&cid={cid}" if cid else ""


def _credentials(made: Mapping[str, Any]) -> Credentials:
    return Credentials(made["accessJwt"], made["refreshJwt"], expiry(made["accessJwt"]))


def _identifier(answers: Mapping[str, str]) -> str:
    """The handle as people paste it: with an @, with invisible direction marks, or without its domain."""
    typed = str(regex.sub(r"[\p{Cf}\s]", "", answers.get("handle", ""))).removeprefix("@").lower()
    if not typed:
        raise Refused(
            _("Enter the account's handle, for example riverside-clinic.bsky.social."), code="no_handle"
        )
    if "." not in typed and ":" not in typed and server_url(answers) == EVERYBODYS_SERVER:
        return f"{typed}.bsky.social"
    return typed


def _profile_url(did: str) -> str:
    return f"https://bsky.app/profile/{did}"


def _no_visit() -> Refused:
    return Refused(_("Bluesky is connected with an app password, without visiting it."), code="no_visit")
