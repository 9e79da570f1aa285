"""What did people say to us on Bluesky? Posts, notifications and threads as Bedside's messages. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bedside.networks.bluesky.translate import web_address
from bedside.networks.incoming import Attached, Author, IncomingMessage, MessageKind
from bedside.networks.outgoing import RemoteRef
from bedside.networks.plain import words

KINDS: Mapping[str, MessageKind] = {"reply": "reply", "mention": "mention", "quote": "quote"}
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def message(post: Mapping[str, Any], our_did: str, kind: MessageKind | None = None) -> IncomingMessage:
    """A post view or a notification (they share these fields) as a message."""
    record = post["record"]
    reply = record.get("reply") or {}
    parent, root = (str((reply.get(side) or {}).get("uri", "")) for side in ("parent", "root"))
    return IncomingMessage(
        ref=RemoteRef(post["uri"], _extra(post["cid"], reply)),
        kind=kind or ("reply" if reply else "mention"),
        author=_author(post["author"]),
        text=words(str(record.get("text", ""))),
        at=written_at(post),
        url=web_address(post["uri"]),
        in_reply_to=parent,
        root=root,
        media=tuple(_attached(post.get("embed") or {})),
        is_ours=post["author"]["did"] == our_did,
    )


def thread(view: Mapping[str, Any], our_did: str) -> tuple[IncomingMessage, ...]:
    """A thread view with its ancestors and answers, oldest first; deleted and blocked posts are left out."""
    found: dict[str, IncomingMessage] = {}
    top = view
    while "post" in (top.get("parent") or {}):
        top = top["parent"]
        found[top["post"]["uri"]] = message(top["post"], our_did)
    for post in _posts_below(view):
        found[post["uri"]] = message(post, our_did)
    return tuple(sorted(found.values(), key=lambda each: each.at))


def written_at(post: Mapping[str, Any]) -> datetime:
    """When the network saw the post; what its author claims (`createdAt`) may be any date."""
    try:
        return datetime.fromisoformat(post["indexedAt"]).astimezone(UTC)
    except (KeyError, ValueError):
        return _LONG_AGO


def _posts_below(view: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    waiting = [view]
    while waiting:
        node = waiting.pop()
        if "post" in node:
            yield node["post"]
            waiting.extend(node.get("replies") or ())


def _extra(cid: str, reply: Mapping[str, Any]) -> dict[str, str]:
    root = reply.get("root") or {}
    extra = {"cid": cid}
    if root.get("uri"):
        extra |= {"root_uri": str(root["uri"]), "root_cid": str(root.get("cid", ""))}
    return extra


def _author(profile: Mapping[str, Any]) -> Author:
    return Author(
        remote_id=profile["did"],
        handle=f"@{profile.get('handle', '')}",
        name=words(profile.get("displayName") or ""),
        url=f"https://bsky.app/profile/{profile['did']}",
        avatar_url=profile.get("avatar", ""),
    )


def _attached(embed: Mapping[str, Any]) -> Iterator[Attached]:
    for image in (embed.get("media") or embed).get("images") or ():
        if isinstance(image.get("fullsize"), str):
            yield Attached(image["fullsize"], "image/jpeg", words(image.get("alt", "")))
