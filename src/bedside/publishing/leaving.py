"""What exactly was handed to the network? Its words as JSON: for the ledger, as evidence, and to look it up later.

Pictures are named by their content, not kept: their bytes never change under that name.
"""

from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO
from typing import Any, BinaryIO

from bedside.networks.contract import LinkCard, MediaFile, Outgoing, RemoteRef


def as_json(outgoing: Outgoing) -> dict[str, Any]:
    """The words of `outgoing`, those of its link's card, and which pictures with which alt texts."""
    return {
        "text": outgoing.text,
        "thread": list(outgoing.thread),
        "first_comment": outgoing.first_comment,
        "language": outgoing.language,
        "in_reply_to": outgoing.in_reply_to.as_json() if outgoing.in_reply_to else None,
        "media": [
            {
                "content_hash": file.content_hash,
                "mime": file.mime,
                "size": file.size,
                "width": file.width,
                "height": file.height,
                "alt_text": file.alt_text,
                "name": file.name,
            }
            for file in outgoing.media
        ],
        "link": asdict(outgoing.link) if outgoing.link else None,
    }


def from_json(stored: Mapping[str, Any]) -> Outgoing:
    """What `as_json` wrote, good for looking up. Its pictures cannot be opened: they read as empty."""
    reply, link = stored.get("in_reply_to"), stored.get("link")
    return Outgoing(
        text=stored.get("text", ""),
        media=tuple(MediaFile(**file, open=_nothing) for file in stored.get("media", ())),
        thread=tuple(stored.get("thread", ())),
        first_comment=stored.get("first_comment", ""),
        in_reply_to=RemoteRef.from_json(reply) if reply else None,
        language=stored.get("language", "en"),
        link=LinkCard(**link) if link else None,
    )


def _nothing() -> BinaryIO:
    return BytesIO()
