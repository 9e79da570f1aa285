"""How do the practice network's answers become our words and outcomes? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bedside.networks.account import Account
from bedside.networks.incoming import Attached, Author, IncomingMessage, IncomingReview, MessageKind
from bedside.networks.outcomes import NotDone, Refused, SignInAgain, TryLater
from bedside.networks.outgoing import Receipt, RemoteRef
from bedside.networks.plain import words
from bedside.networks.practice.fits import limits_of
from bedside.networks.wire import Failure, garbled, retry_at, usual_judgement
from bedside.networks.words import sentence as _

_REASONS = {
    "text_empty": _("The practice network finds the post empty. Write a text or add a picture."),
    "text_too_long": _("The practice network finds the text too long. Shorten it."),
    "too_many_media": _("The practice network takes fewer pictures. Remove some."),
    "unknown_media": _("The practice network has forgotten a picture. Send the post again."),
    "media_type": _(
        "The practice network does not take this kind of file. Use a JPEG or PNG picture, or an MP4 film."
    ),
    "media_too_large": _("The practice network finds a picture or film too large. Use a smaller one."),
    "film_alone": _("The practice network takes a film alone. Remove the other films and pictures."),
    "captions_type": _("The practice network could not read the subtitles. Give the film others."),
    "captions_too_large": _("The practice network finds the subtitles too large. Cut the film and them."),
    "alt_text_too_long": _("The practice network finds an alt text too long. Shorten it."),
    "parent_unknown": _("What this answers does not exist on the practice network (any more)."),
    "parent_deleted": _("What this answers has been deleted on the practice network."),
    "already_replied": _("This review has an answer already. Delete that one first."),
    "not_yours": _("This belongs to another channel of the practice network."),
    "too_large": _("The practice network finds a picture or film too large. Use a smaller one."),
}


def trouble(failure: Failure) -> NotDone:
    """What an error answer (`{"error": {"code"}}`) means for a delivery.

    A 5xx in the network's own form is documented to have stored nothing. One without it may come from
    something between us and the network, and stays unsure.
    """
    error = failure.body.get("error")
    code = str(error.get("code", "")) if isinstance(error, dict) else str(error or "")
    if failure.status == 401:
        return SignInAgain(_("The practice network no longer accepts our sign-in. Connect again."), code=code)
    if code in _REASONS:
        return Refused(_REASONS[code], code=code)
    if failure.status >= 500 and code == "server_error":
        return TryLater(
            _("The practice network had an error and stored nothing. We try again by ourselves."),
            at=retry_at(failure.headers, failure.now, or_none=True),
            code=code,
        )
    usual = usual_judgement(failure)
    usual.code = code or usual.code
    return usual


def receipt(post: Any) -> Receipt:
    """The receipt of a post. Raises `Unsure` when the answer is no post."""
    try:
        return Receipt(
            post["id"], post["url"], moment(post["created_at"]), {"root_id": post["root_id"] or ""}
        )
    except (KeyError, TypeError, ValueError) as reason:
        raise garbled(is_commit=True) from reason


def account(channel: Mapping[str, Any], instance: Mapping[str, Any], server_url: str) -> Account:
    """Who we are on the practice network, and what it allows."""
    return Account(
        remote_id=channel["id"],
        handle=f"@{channel['handle']}",
        name=channel["name"] or channel["handle"],
        url=channel["url"],
        server_url=server_url,
        limits=limits_of(instance),
    )


def message(post: Mapping[str, Any], our_handle: str, kind: MessageKind | None = None) -> IncomingMessage:
    """A post as a message. What its author deleted keeps its place and loses its words."""
    is_deleted = post["deleted_at"] is not None
    root = post["root_id"] if post["root_id"] != post["id"] else ""
    return IncomingMessage(
        ref=RemoteRef(post["id"], {"root_id": post["root_id"]}),
        kind=kind or ("reply" if post["in_reply_to"] else "mention"),
        author=_author(post["author"]),
        text="" if is_deleted else words(post["text"]),
        at=moment(post["created_at"]),
        url=post["url"],
        in_reply_to=post["in_reply_to"] or "",
        root=root or "",
        media=tuple(Attached(m["url"], m["mime"], words(m["alt_text"] or "")) for m in post["media"]),
        is_ours=f"@{post['channel']}" == our_handle,
        is_deleted=is_deleted,
    )


def review(found: Mapping[str, Any]) -> IncomingReview:
    """A rating with our answer, if there is one."""
    reply = found["reply"] or {}
    is_answered = bool(reply) and reply["deleted_at"] is None
    return IncomingReview(
        ref=RemoteRef(found["id"], {"is_review": "yes"}),
        author=_author(found["author"]),
        rating=found["stars"],
        text=words(found["text"]),
        at=moment(found["created_at"]),
        url=found["url"],
        answer=reply["text"] if is_answered else "",
        answered_at=moment(reply["created_at"]) if is_answered else None,
    )


def moment(value: str) -> datetime:
    """The network's time: ISO 8601 in UTC."""
    return datetime.fromisoformat(value)


def _author(author: Mapping[str, Any]) -> Author:
    """Strangers have a name and nothing else; the name is all that tells them apart."""
    handle = author["handle"] or ""
    return Author(
        remote_id=handle or f"stranger:{author['name']}",
        handle=f"@{handle}" if handle else "",
        name=words(author["name"] or ""),
    )
