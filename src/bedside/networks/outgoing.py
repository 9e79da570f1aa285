"""What is to leave the house for a network, and what does the network answer?

Plain, immutable values. What can go wrong is in `outcomes`, how far a delivery got in `progress`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Literal, Self

MarkKind = Literal["link", "mention", "hashtag"]
LONGEST_ID = 300
LONGEST_ADDRESS = 1000


def _insist_on_keeping(remote_id: str, address: str = "") -> None:
    """Raises `ValueError` for what no table keeps: written down, one garbled answer would take others with it."""
    if not 0 < len(remote_id) <= LONGEST_ID or len(address) > LONGEST_ADDRESS or "\0" in remote_id + address:
        raise ValueError("The network named something in a way that cannot be kept.")


@dataclass(frozen=True)
class Subtitles:
    """The subtitles of a film as clean WebVTT: nothing in it but times and words that were judged."""

    content_hash: str
    size: int
    language: str
    read: Callable[[], bytes] = field(repr=False, compare=False)


@dataclass(frozen=True)
class MediaFile:
    """One picture or film of a post. `open()` gives the bytes when they are needed, and not before.

    `seconds` is how long a film is, 0 where that is not known.
    """

    content_hash: str
    mime: str
    size: int
    width: int
    height: int
    alt_text: str
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)
    name: str = "picture"
    seconds: float = 0.0
    subtitles: Subtitles | None = None

    @property
    def is_film(self) -> bool:
        return self.mime.startswith("video/")


@dataclass(frozen=True)
class LinkCard:
    """What a network shows of a link below the text, where the words of it are ours to give."""

    url: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class RemoteRef:
    """Something that exists on a network: its id there, and what the network wants to hear beside it.

    `extra` comes from a receipt or an incoming message and is passed back unchanged (Bluesky: `cid` and the
    root of the thread; Mastodon: the `author` whom an answer must mention).
    """

    remote_id: str
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _insist_on_keeping(self.remote_id)

    def as_json(self) -> dict[str, Any]:
        return {"remote_id": self.remote_id, "extra": dict(self.extra)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(stored["remote_id"], dict(stored.get("extra", {})))


@dataclass(frozen=True)
class Outgoing:
    """What is to leave the house for one channel. Links, mentions and hashtags are found in the text itself.

    `thread` holds the further parts after `text`; `first_comment` is our own first reply below the post;
    pictures belong to the first part, and so does `link`, the card of a link in it.
    """

    text: str
    media: tuple[MediaFile, ...] = ()
    thread: tuple[str, ...] = ()
    first_comment: str = ""
    in_reply_to: RemoteRef | None = None
    language: str = "en"
    link: LinkCard | None = None

    @property
    def digest(self) -> str:
        """The same for the same words and pictures, and for no others."""
        parts = [self.text, *self.thread, "\0", self.first_comment, self.language]
        parts += [f"{file.content_hash} {file.alt_text}" for file in self.media]
        parts += [f"\0subtitles {file.subtitles.content_hash}" for file in self.media if file.subtitles]
        parts += [json.dumps(self.in_reply_to.as_json(), sort_keys=True)] if self.in_reply_to else []
        parts += ["\0link", self.link.url, self.link.title, self.link.description] if self.link else []
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """The network's word that something is public: where it is, and since when (the network's time, or
    ours).
    """

    remote_id: str
    url: str
    at: datetime
    extra: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Receipt, ...] = ()

    def __post_init__(self) -> None:
        _insist_on_keeping(self.remote_id, self.url)

    @property
    def ref(self) -> RemoteRef:
        """The same thing as an address for `delete`, `measure` or an answer."""
        return RemoteRef(self.remote_id, self.extra)

    def as_json(self) -> dict[str, Any]:
        return {
            "remote_id": self.remote_id,
            "url": self.url,
            "at": self.at.isoformat(),
            "extra": dict(self.extra),
            "parts": [part.as_json() for part in self.parts],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            remote_id=stored["remote_id"],
            url=stored["url"],
            at=datetime.fromisoformat(stored["at"]),
            extra=dict(stored.get("extra", {})),
            parts=tuple(cls.from_json(part) for part in stored.get("parts", ())),
        )


@dataclass(frozen=True)
class Deleted:
    """The evidence that a post is gone. `was_gone` when somebody else had removed it before us."""

    at: datetime
    was_gone: bool


@dataclass(frozen=True)
class Count:
    """How long a text is as this network counts it; `unit` names what is counted ("characters",
    "graphemes").
    """

    used: int
    allowed: int
    unit: str = "characters"

    @property
    def left(self) -> int:
        return self.allowed - self.used


@dataclass(frozen=True)
class Problem:
    """Why a network would not take this post. `field` is `text`, `thread.0`, `first_comment`,
    `media.1.alt_text` …
    """

    code: str
    sentence: str
    field: str = "text"


@dataclass(frozen=True)
class Mark:
    """A stretch of text that the network shows as a link, mention or hashtag; offsets count Python
    characters.
    """

    start: int
    end: int
    kind: MarkKind
    value: str
