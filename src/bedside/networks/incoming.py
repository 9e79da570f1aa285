"""What does a network tell us? Messages that people wrote to us, ratings they left, and numbers.

As little about a person as an answer needs. What we send is in `outgoing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bedside.networks.outgoing import RemoteRef

MessageKind = Literal["reply", "mention", "quote", "direct"]


@dataclass(frozen=True)
class Author:
    """The person or account who wrote to us, as shown publicly by the network.

    `handle` is written as people write it (`@ann.bsky.social`), "" where the network gives its people none.
    """

    remote_id: str
    handle: str
    name: str = ""
    url: str = ""
    avatar_url: str = ""


@dataclass(frozen=True)
class Attached:
    """A picture or file that came with a message; only its address is kept."""

    url: str
    mime: str
    alt_text: str = ""


@dataclass(frozen=True)
class IncomingMessage:
    """A reply, mention, quote or direct message. Plain text: markup and invisible characters are removed.

    `ref` is what an answer passes as `Outgoing.in_reply_to`; `in_reply_to` and `root` are remote ids ("" when
    the message begins a conversation). `is_ours` marks what our own account wrote, so that a thread reads in
    order.
    """

    ref: RemoteRef
    kind: MessageKind
    author: Author
    text: str = field(repr=False)
    at: datetime
    url: str = ""
    in_reply_to: str = ""
    root: str = ""
    media: tuple[Attached, ...] = ()
    is_ours: bool = False
    is_deleted: bool = False

    @property
    def remote_id(self) -> str:
        return self.ref.remote_id


@dataclass(frozen=True)
class Page:
    """A page of messages, and the cursor that continues after it: keep it (it is JSON) and pass it to the
    next `read`.

    `has_more` says that another `read` at once would bring more.
    """

    messages: tuple[IncomingMessage, ...]
    cursor: Mapping[str, Any]
    has_more: bool = False


@dataclass(frozen=True)
class IncomingReview:
    """A public rating of a location. `rating` counts stars from 1 to `out_of`."""

    ref: RemoteRef
    author: Author
    rating: int
    text: str = field(repr=False)
    at: datetime
    url: str = ""
    out_of: int = 5
    answer: str = field(default="", repr=False)
    answered_at: datetime | None = None

    @property
    def remote_id(self) -> str:
        return self.ref.remote_id


@dataclass(frozen=True)
class ReviewPage:
    """A page of reviews and the cursor that continues after it."""

    reviews: tuple[IncomingReview, ...]
    cursor: Mapping[str, Any]
    has_more: bool = False


@dataclass(frozen=True)
class Number:
    """One measured value under the network's own name, kept raw because networks rename their metrics."""

    name: str
    value: float
    api_version: str
    at: datetime


@dataclass(frozen=True)
class Metric:
    """What a raw metric name of a network means: `means` is Bedside's word (`likes`, `followers` …)."""

    name: str
    means: str
    definition: str
