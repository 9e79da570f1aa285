"""What did people say to us on Mastodon? Statuses as Bedside's messages. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bedside.networks.incoming import Attached, Author, IncomingMessage, MessageKind
from bedside.networks.mastodon.translate import moment
from bedside.networks.outgoing import RemoteRef
from bedside.networks.plain import words, words_of_html


def message(status: Mapping[str, Any], our_id: str, *, root: str = "") -> IncomingMessage:
    """A status as a message; `root` is the status that its conversation began with. A content warning is
    part of what the person wrote and stands before the text.
    """
    author = status["account"]
    text = words_of_html(status.get("content", ""))
    warning = words(status.get("spoiler_text") or "")
    return IncomingMessage(
        ref=RemoteRef(
            str(status["id"]),
            {"author": author["acct"], "visibility": str(status.get("visibility", "public"))},
        ),
        kind=kind_of(status, our_id),
        author=_author(author),
        text=f"{warning}\n\n{text}" if warning else text,
        at=moment(status["created_at"]),
        url=str(status.get("url") or status.get("uri") or ""),
        in_reply_to=str(status.get("in_reply_to_id") or ""),
        root=root,
        media=tuple(_attached(status)),
        is_ours=str(author["id"]) == our_id,
    )


def kind_of(status: Mapping[str, Any], our_id: str) -> MessageKind:
    """Direct wins: it must not be answered in public. Then: does it answer us, or only name us?"""
    if status.get("visibility") == "direct":
        return "direct"
    if str(status.get("in_reply_to_account_id") or "") == our_id:
        return "reply"
    if status.get("quote"):
        return "quote"
    return "reply" if status.get("in_reply_to_id") else "mention"


def _author(account: Mapping[str, Any]) -> Author:
    return Author(
        remote_id=str(account["id"]),
        handle=f"@{account['acct']}",
        name=words(account.get("display_name") or ""),
        url=account.get("url", ""),
        avatar_url=account.get("avatar_static") or account.get("avatar", ""),
    )


def _attached(status: Mapping[str, Any]) -> Iterator[Attached]:
    kinds = {"image": "image/*", "gifv": "video/mp4", "video": "video/*", "audio": "audio/*"}
    for media in status.get("media_attachments") or ():
        if media.get("url"):
            kind = kinds.get(media.get("type", ""), "application/octet-stream")
            yield Attached(media["url"], kind, words(media.get("description") or ""))
