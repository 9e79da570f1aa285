"""How do our words become Mastodon statuses, and a server's errors our outcomes?

Pure: plain values in, plain values out. What people wrote to us is translated in `heard`; calls are in
`calls`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import regex

from bedside.networks.account import Account
from bedside.networks.mastodon.fits import MENTION, limits_of
from bedside.networks.outcomes import NotDone, Refused, SignInAgain
from bedside.networks.outgoing import Receipt
from bedside.networks.plain import words_of_html
from bedside.networks.wire import Failure, garbled, usual_judgement
from bedside.networks.words import sentence as _

# A server says why in English prose; these words in it are stable across Mastodon and its relatives.
_REASONS = (
    (("character limit", "too long"), "TooLong", _("The server finds the text too long. Shorten it.")),
    (("can't be blank",), "Empty", _("The server finds the post empty. Write a text or add a picture.")),
    (
        ("cannot attach files that have not finished processing", "not been processed"),
        "NotProcessed",
        _("The server had not finished a picture or film yet. Send the post again in a minute."),
    ),
    (
        ("file size", "too large"),
        "TooLarge",
        _("The server finds a picture or film too large. Use a smaller one."),
    ),
    (("file content type", "invalid content"), "Kind", _("The server does not take this kind of file.")),
    (
        ("outside the authorized scopes",),
        "Scope",
        _("We were not given the right to do this. Connect again."),
    ),
)


def trouble(failure: Failure) -> NotDone:
    """What an error answer (`{"error"}`) means for a delivery."""
    says = str(failure.body.get("error", "")).lower()
    if failure.status == 401:
        return SignInAgain(
            _("The server no longer accepts our sign-in. Connect this channel again."), code="401"
        )
    if failure.status == 403 and "login is currently disabled" in says:
        return SignInAgain(
            _("The server has disabled this account's sign-in. Its owner must settle that, then reconnect."),
            code="Disabled",
        )
    if failure.status in (400, 403, 413, 422):
        for needles, code, why in _REASONS:
            if any(needle in says for needle in needles):
                return Refused(why, code=code)
    if failure.status == 404:
        return Refused(_("The server does not have this (any more)."), code="404")
    if failure.status == 413:
        return Refused(_("The server finds a picture or film too large. Use a smaller one."), code="413")
    return usual_judgement(failure)


def status_body(
    text: str, *, media_ids: Sequence[str], answers: str, visibility: str, language: str
) -> dict[str, Any]:
    """The body of a new status."""
    body: dict[str, Any] = {"status": text, "visibility": visibility, "language": language.split("-")[0]}
    if media_ids:
        body["media_ids"] = list(media_ids)
    if answers:
        body["in_reply_to_id"] = answers
    return body


def receipt(status: Any) -> Receipt:
    """The receipt of a status. Raises `Unsure` when the server's answer is no status."""
    try:
        return Receipt(
            remote_id=str(status["id"]),
            url=str(status.get("url") or status.get("uri") or ""),
            at=moment(status["created_at"]),
            extra={"visibility": str(status.get("visibility", "public"))},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise garbled(is_commit=True) from reason


def account(credentials_account: Mapping[str, Any], instance: Mapping[str, Any], server_url: str) -> Account:
    """Who we are (`verify_credentials`) on a server that describes itself (`instance`)."""
    domain = instance.get("domain") or instance.get("uri") or server_url.split("://", 1)[1]
    domain = str(domain).removeprefix("https://").strip("/")
    return Account(
        remote_id=str(credentials_account["id"]),
        handle=f"@{credentials_account['username']}@{domain}",
        name=credentials_account.get("display_name") or credentials_account["username"],
        url=credentials_account.get("url", ""),
        server_url=server_url,
        limits=limits_of(instance),
        avatar_url=credentials_account.get("avatar", ""),
    )


def is_same_wording(html: str, text: str) -> bool:
    """Whether a published status is the text that we sent.

    Servers shorten what they show: links lose their scheme, mentions their server, lines their ends. So
    both sides are reduced to their bare letters first.
    """
    return _bare(words_of_html(html)) == _bare(text)


def moment(value: str) -> datetime:
    """A server's time, aware and in UTC."""
    at = datetime.fromisoformat(value)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _bare(text: str) -> str:
    text = MENTION.sub(lambda match: f"@{match.group('local')}", text)
    return str(regex.sub(r"https?://|[\s\p{Cf}]", "", text)).casefold()
