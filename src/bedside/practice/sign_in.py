"""How a channel is connected: the page where a person allows it, and the OAuth calls that hand out tokens.

Anybody may allow anything here: the network practices sign-in, it does not protect anything. Codes live in
`sign_in_codes`, tokens in `channels`.
"""

import sqlite3
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bedside.practice import cards, channels
from bedside.practice import network as networks
from bedside.practice.bodies import read_form, read_object
from bedside.practice.layout import page
from bedside.practice.markup import Child, tag
from bedside.practice.network import Network
from bedside.practice.refusals import Refusal, bad_request
from bedside.practice.settings import NAME_MAX
from bedside.practice.visitors import refuse_foreign_origin

_NEW = "new"


async def ask(request: Request) -> Response:
    """GET /authorize - the page that asks a person"""
    asked = {key: request.query_params.get(key, "") for key in ("redirect_uri", "state", "code_challenge")}
    target = _target(asked["redirect_uri"])
    if request.query_params.get("code_challenge_method", "S256") != "S256":
        raise bad_request("Only the code challenge method S256 is known here.")
    known = networks.of(request).store.rows("SELECT id, handle, name FROM channels ORDER BY name LIMIT 200")
    suggestion = " ".join(request.query_params.get("channel_name", "").split())[:NAME_MAX]
    form = tag(
        "form",
        [tag("input", type="hidden", name=key, value=value) for key, value in asked.items()],
        tag("fieldset", tag("legend", "Which channel?"), _choices(known, suggestion)),
        tag(
            "div",
            tag("button", "Allow", name="answer", value="allow", class_="primary"),
            tag("button", "Refuse", name="answer", value="refuse", formnovalidate=True, class_="second"),
            class_="answers",
        ),
        method="post",
        action="/authorize",
        class_="card write",
    )
    who = tag("strong", target.netloc)
    return page(
        request,
        "Connect a channel",
        tag("h1", "Connect a channel"),
        tag("p", who, " asks to publish, read replies and answer on this practice network.", class_="lead"),
        form,
        form_targets=f"{target.scheme}://{target.netloc}",
    )


def _choices(known: list[sqlite3.Row], suggestion: str) -> list[Child]:
    match = next((row["id"] for row in known if row["name"].lower() == suggestion.lower()), None)
    chosen = match or (known[0]["id"] if known and not suggestion else _NEW)
    shown: list[Child] = [
        tag(
            "label",
            tag("input", type="radio", name="channel", value=row["id"], checked=row["id"] == chosen),
            cards.avatar(row["name"]),
            tag("span", row["name"], " ", tag("span", f"@{row['handle']}", class_="handle")),
            class_="choice",
        )
        for row in known
    ]
    shown.append(
        tag(
            "label",
            tag("input", type="radio", name="channel", value=_NEW, checked=chosen == _NEW),
            tag("span", "A new channel"),
            class_="choice",
        )
    )
    shown.append(tag("label", "Name of the new channel", for_="name"))
    shown.append(
        tag(
            "input",
            id="name",
            name="name",
            value=suggestion if match is None else "",
            maxlength=NAME_MAX,
            autocomplete="organization",
        )
    )
    return shown


async def answer(request: Request) -> Response:
    """POST /authorize - a person allows or refuses"""
    refuse_foreign_origin(request)
    network, form = networks.of(request), await read_form(request)
    target = form.get("redirect_uri", "")
    _target(target)
    if form.get("answer") != "allow":
        return _send_back(target, error="access_denied", state=form.get("state", ""))
    channel_id = await network.store.write(lambda db: _chosen_channel(db, form))
    code = network.codes.issue(channel_id, target, form.get("code_challenge", ""))
    return _send_back(target, code=code, state=form.get("state", ""))


def _chosen_channel(db: sqlite3.Connection, form: dict[str, str]) -> int:
    chosen = form.get("channel", _NEW)
    if chosen != _NEW:
        row = db.execute("SELECT id FROM channels WHERE id = ?", (chosen,)).fetchone()
        if row is None:
            raise bad_request("Choose one of the channels, or name a new one.")
        return int(row["id"])
    name = channels.check_name(form.get("name", ""))
    handle = channels.handle_from(name)
    taken = {row["handle"] for row in db.execute("SELECT handle FROM channels").fetchall()}
    numbered = (f"{handle[:26]}-{number}" for number in range(2, 1000))
    free = handle if handle not in taken else next(one for one in numbered if one not in taken)
    return channels.create_channel(db, free, name)[0]


async def token(request: Request) -> Response:
    """POST /oauth/token"""
    network, form = networks.of(request), await _oauth_form(request)
    seconds, grant_type = network.settings.token_seconds, form.get("grant_type")
    tokens: channels.Tokens | None = None
    if grant_type == "authorization_code":
        grant = network.codes.redeem(
            form.get("code", ""), form.get("redirect_uri", ""), form.get("code_verifier", "")
        )
        if grant is not None:
            channel_id = grant.channel_id
            tokens = await network.store.write(lambda db: channels.issue_tokens(db, channel_id, seconds))
    elif grant_type == "refresh_token":
        refresh = form.get("refresh_token", "")
        tokens = await network.store.write(lambda db: channels.refresh_tokens(db, refresh, seconds))
    else:
        return _oauth_error(
            "unsupported_grant_type", "Only authorization_code and refresh_token are known here."
        )
    return _tokens(network, tokens)


def _tokens(network: Network, tokens: channels.Tokens | None) -> Response:
    if tokens is None:
        return _oauth_error(
            "invalid_grant", "This code or refresh token is used, too old or unknown. Connect again."
        )
    body = channels.tokens_json(network.store.db, tokens, network.base_url)
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


async def revoke(request: Request) -> Response:
    """POST /oauth/revoke"""
    form = await _oauth_form(request)
    await networks.of(request).store.write(lambda db: channels.revoke_token(db, form.get("token", "")))
    return JSONResponse({})


async def _oauth_form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return {key: value for key, value in (await read_object(request)).items() if isinstance(value, str)}
    return await read_form(request)


def _oauth_error(code: str, sentence: str) -> Response:
    return JSONResponse({"error": code, "error_description": sentence}, 400)


def _target(redirect_uri: str) -> SplitResult:
    try:
        target = urlsplit(redirect_uri)
        is_fit = target.scheme in ("http", "https") and bool(target.hostname) and not target.fragment
        is_plain = (
            redirect_uri.isascii() and redirect_uri.isprintable() and not set(" ;,'\"\\") & set(target.netloc)
        )
    except ValueError:
        is_fit = is_plain = False
    if not (is_fit and is_plain):
        raise Refusal(
            400, "bad_request", "“redirect_uri” must be an absolute http or https address without fragment."
        )
    return target


def _send_back(redirect_uri: str, **words: str) -> Response:
    target = urlsplit(redirect_uri)
    query = urlencode([*parse_qsl(target.query), *((key, value) for key, value in words.items() if value)])
    return RedirectResponse(urlunsplit(target._replace(query=query)), 303)


ROUTES = [
    Route("/authorize", ask, methods=["GET"]),
    Route("/authorize", answer, methods=["POST"]),
    Route("/oauth/token", token, methods=["POST"]),
    Route("/oauth/revoke", revoke, methods=["POST"]),
]
