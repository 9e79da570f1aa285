"""How do our words become Bluesky records, and Bluesky's errors our outcomes?

Pure: plain values in, plain values out. What people wrote to us is translated in `heard`; calls are in
`calls`.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bedside.networks.bluesky.fits import marks
from bedside.networks.outcomes import NotDone, Refused, SignInAgain, TryLater
from bedside.networks.outgoing import LinkCard, Receipt, RemoteRef
from bedside.networks.wire import Failure, usual_judgement
from bedside.networks.words import sentence as _

POST = "app.bsky.feed.post"

_SIGN_IN = {"ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired", "AccountDeactivated"}


def trouble(failure: Failure) -> NotDone:
    """What an XRPC error (`{"error", "message"}`) means for a delivery."""
    name = str(failure.body.get("error", ""))
    says = str(failure.body.get("message", ""))
    if name == "AuthFactorTokenRequired":
        return Refused(
            _("Bluesky asks for a code by e-mail. Use an app password, not the account's own."), code=name
        )
    if name == "AccountTakedown":
        return Refused(
            _("Bluesky has suspended this account. Its owner must settle that with Bluesky first."), code=name
        )
    if name in _SIGN_IN or failure.status == 401:
        return SignInAgain(_("Bluesky no longer accepts our sign-in. Connect this channel again."), code=name)
    if name == "InvalidSwap":
        return TryLater(_("Somebody changed this on Bluesky at the same moment. We try again."), code=name)
    if "too big (maximum" in says:
        return Refused(_("Bluesky finds the text too long. Shorten it and send it again."), code="TooLong")
    if failure.status == 413 or name in ("BlobTooLarge", "PayloadTooLarge"):
        return Refused(_("Bluesky finds a picture or film too large. Use a smaller one."), code=name or "413")
    if name == "BlobNotFound":
        return Refused(_("Bluesky has forgotten a picture or film. Send the post again."), code=name)
    usual = usual_judgement(failure)
    usual.code = name or usual.code
    return usual


def post_record(
    text: str,
    *,
    at: datetime,
    language: str,
    dids: Mapping[str, str],
    images: Sequence[Mapping[str, Any]] = (),
    film: Mapping[str, Any] | None = None,
    reply: Mapping[str, Any] | None = None,
    link: LinkCard | None = None,
) -> dict[str, Any]:
    """The record of one post. `dids` says who the mentioned handles are; a handle not in it stays plain
    text. A record has room for one embed: pictures, or a film, or else the card of a `link`.
    """
    record: dict[str, Any] = {"$type": POST, "text": text, "createdAt": moment(at), "langs": [language]}
    if found := facets(text, dids):
        record["facets"] = found
    if images:
        record["embed"] = {"$type": "app.bsky.embed.images", "images": [_image(image) for image in images]}
    elif film:
        record["embed"] = _film(film)
    elif link:
        card = {"uri": link.url, "title": link.title, "description": link.description}
        record["embed"] = {"$type": "app.bsky.embed.external", "external": card}
    if reply:
        record["reply"] = reply
    return record


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is clickable, at offsets counted in UTF-8 bytes (app.bsky.richtext.facet)."""
    found = []
    for mark in marks(text):
        feature: dict[str, str]
        if mark.kind == "link":
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": mark.value}
        elif mark.kind == "hashtag":
            feature = {"$type": "app.bsky.richtext.facet#tag", "tag": mark.value}
        elif did := dids.get(mark.value.lower()):
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": did}
        else:
            continue
        start, end = (len(text[:place].encode()) for place in (mark.start, mark.end))
        found.append({"index": {"byteStart": start, "byteEnd": end}, "features": [feature]})
    return found


def reply_to(parent: RemoteRef) -> dict[str, Any]:
    """The strong references of an answer: its parent, and the post at the root of the conversation."""
    root = parent.extra.get("root_uri") or parent.remote_id
    root_cid = parent.extra.get("root_cid") or parent.extra.get("cid", "")
    return {
        "root": {"uri": root, "cid": root_cid},
        "parent": {"uri": parent.remote_id, "cid": parent.extra.get("cid", "")},
    }


def receipt(uri: str, cid: str, at: datetime, reply: Mapping[str, Any] | None) -> Receipt:
    """The receipt of a record; the web address names the account by its DID, which outlives a change of
    handle.
    """
    extra = {"cid": cid}
    if reply:
        extra |= {"root_uri": str(reply["root"]["uri"]), "root_cid": str(reply["root"]["cid"])}
    return Receipt(uri, web_address(uri), at, extra)


def web_address(uri: str) -> str:
    """Where people see a post; Bluesky's own site shows the posts of every server."""
    did, _collection, key = split_uri(uri)
    return f"https://bsky.app/profile/{did}/post/{key}"


def split_uri(uri: str) -> tuple[str, str, str]:
    """`at://did/collection/key` in its three pieces. Raises `Refused` for anything else."""
    pieces = uri.removeprefix("at://").split("/")
    if not uri.startswith("at://") or len(pieces) != 3:
        raise Refused(_("This is not the address of a Bluesky post."), code="not_a_uri")
    return pieces[0], pieces[1], pieces[2]


def moment(at: datetime) -> str:
    """A time as atproto writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def expiry(token: str) -> datetime | None:
    """When an access token ends, read from the token itself; `None` when it does not say."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return datetime.fromtimestamp(int(claims["exp"]), UTC)
    except (IndexError, KeyError, ValueError, TypeError, binascii.Error):
        return None


def home_server(did_document: Mapping[str, Any] | None, fallback: str) -> str:
    """The server that keeps an account, as its DID document says; people sign in at bsky.social and live
    elsewhere.
    """
    for service in (did_document or {}).get("service", ()):
        if str(service.get("id", "")).endswith("#atproto_pds"):
            return str(service.get("serviceEndpoint", fallback)).rstrip("/")
    return fallback


def _film(film: Mapping[str, Any]) -> dict[str, Any]:
    made = {"$type": "app.bsky.embed.video", "video": film["blob"], "alt": film["alt"]}
    if film["captions"]:
        made["captions"] = film["captions"]
    return made | _shape(film)


def _image(image: Mapping[str, Any]) -> dict[str, Any]:
    return {"image": image["blob"], "alt": image["alt"]} | _shape(image)


def _shape(shown: Mapping[str, Any]) -> dict[str, Any]:
    if shown["width"] <= 0 or shown["height"] <= 0:
        return {}
    return {"aspectRatio": {"width": shown["width"], "height": shown["height"]}}
