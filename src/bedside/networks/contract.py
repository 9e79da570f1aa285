"""What must a network offer to be a network of Bedside?

One `Connector` per network: its card, and facets. A facet that a network does not have is `None`; nothing
raises "not implemented" and nothing outside a connector asks which network it is. The values are in
`account`, `outgoing` and `incoming`, the ways a call can end in `outcomes`, the steps of a delivery in
`progress`, the walk through them in `carry`; everything a caller needs can be imported from here.
`docs/add-a-network.md` leads through writing one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from bedside.foundation.http import Http
from bedside.networks.account import Account, Credentials, Limits, Session
from bedside.networks.incoming import (
    Attached,
    Author,
    IncomingMessage,
    IncomingReview,
    Metric,
    Number,
    Page,
    ReviewPage,
)
from bedside.networks.outcomes import (
    Found,
    NotDone,
    NotPublished,
    Published,
    Refused,
    SignInAgain,
    TryLater,
    Unknown,
    Unsure,
)
from bedside.networks.outgoing import (
    Count,
    Deleted,
    LinkCard,
    Mark,
    MediaFile,
    Outgoing,
    Problem,
    Receipt,
    RemoteRef,
    Subtitles,
)
from bedside.networks.progress import Part, Progress
from bedside.networks.sign_in import Field, SignedIn, Start, Way

# Who words the card of a link: we, with the post; the network, which reads the page; or nobody.
LinkCardBy = Literal["us", "network", "none"]


@dataclass(frozen=True)
class Card:
    """A network at a glance. `limits` are its usual ones; a channel's own are in `Account.limits`."""

    key: str
    name: str
    about: str
    limits: Limits
    metrics: tuple[Metric, ...] = ()
    has_threads: bool = False
    has_first_comment: bool = False
    has_alt_text: bool = False
    has_subtitles: bool = False
    post_word: str = "post"
    link_card: LinkCardBy = "none"


class Fits(Protocol):
    """Does it fit? Offline and pure, so that the composer and the publisher cannot disagree."""

    def count(self, text: str, limits: Limits) -> Count:
        """The length of one part as the network counts it."""

    def problems(self, outgoing: Outgoing, limits: Limits) -> list[Problem]:
        """Everything for which the network would refuse this; empty when it fits."""

    def as_sent(self, outgoing: Outgoing) -> tuple[str, ...]:
        """The exact public wording of every part: text, thread, first comment (Mastodon adds whom it
        answers).
        """

    def marks(self, text: str) -> tuple[Mark, ...]:
        """The links, mentions and hashtags as the network will show them, for the preview."""


class Connect(Protocol):
    """Signing in, staying signed in, and knowing who we are."""

    ways: tuple[Way, ...]

    def server_url(self, answers: Mapping[str, str]) -> str:
        """The address to call, from what a person typed. Raises `Refused` when that is no server address."""

    def sign_in(self, http: Http, way: str, answers: Mapping[str, str]) -> SignedIn:
        """Sign in without a visit (app password, access token). `http` is rooted at `server_url(answers)`."""

    def start(
        self,
        http: Http,
        answers: Mapping[str, str],
        *,
        return_url: str,
        state: str,
        app: Mapping[str, str] | None = None,
    ) -> Start:
        """Begin a sign-in with a visit. `state` comes back in the return and must be compared by the
        caller.
        """

    def finish(self, http: Http, remember: Mapping[str, str], *, code: str) -> SignedIn:
        """End a sign-in with a visit: exchange the code that the network gave the person."""

    def needs_refresh(self, credentials: Credentials, now: datetime) -> bool:
        """Is it time to refresh (well before expiry)? Call `refresh` under the channel's lock."""

    def refresh(self, session: Session) -> Credentials:
        """New credentials for old; the old may be dead afterwards. Raises `SignInAgain` when a person is
        needed.
        """

    def check(self, session: Session) -> Account:
        """Ask the network who we are and what we may do. Reads only."""

    def sign_out(self, session: Session) -> None:
        """Give the credentials back. The caller forgets them whatever happens here."""


class Publish(Protocol):
    """The steps of publishing. `carry.carry` walks them; callers that walk themselves keep its order."""

    def begin(self, outgoing: Outgoing, *, key: str, at: datetime) -> Progress:
        """Decide offline everything that must be on record before the first call (parts, their keys)."""

    def prepare(self, session: Session, outgoing: Outgoing, progress: Progress) -> Progress:
        """Upload what the post needs. May be repeated: nothing becomes public."""

    def poll(self, session: Session, outgoing: Outgoing, progress: Progress) -> Progress:
        """Ask whether the uploads are digested. Reads only; `is_ready` tells."""

    def commit(self, session: Session, outgoing: Outgoing, progress: Progress) -> Receipt:
        """Publish the current part: the one irreversible call, made once. Raises an outcome."""

    def reconcile(
        self, session: Session, outgoing: Outgoing, progress: Progress, *, taken: frozenset[str] = frozenset()
    ) -> Found:
        """Is the current, uncertain part public? Reads only. `taken` are remote ids known to be other
        deliveries'.
        """

    def verify(self, session: Session, ref: RemoteRef) -> Receipt | None:
        """Look at a published part; `None` when it is not there (any more). Reads only."""

    def delete(self, session: Session, ref: RemoteRef) -> Deleted:
        """Take one part down. Repeating it is harmless."""


class Converse(Protocol):
    """Reading what people say to us. Answering is publishing with `Outgoing.in_reply_to`."""

    def read(self, session: Session, cursor: Mapping[str, Any], *, posts: Sequence[RemoteRef] = ()) -> Page:
        """New messages since `cursor` (`{}` the first time). `posts` are our recent posts whose replies to
        look for.

        The same message may come twice; the caller keeps one by `remote_id`.
        """

    def thread(self, session: Session, ref: RemoteRef) -> tuple[IncomingMessage, ...]:
        """The whole public conversation around something, oldest first, our own words included."""


class Moderate(Protocol):
    """Hiding other people's replies below our posts. Nothing is deleted; both may be repeated."""

    def hide(self, session: Session, ref: RemoteRef) -> None: ...
    def unhide(self, session: Session, ref: RemoteRef) -> None: ...


class Review(Protocol):
    """Public ratings of our locations. Answering is publishing with the review's `ref` as
    `Outgoing.in_reply_to`.
    """

    def read(self, session: Session, cursor: Mapping[str, Any]) -> ReviewPage:
        """New and changed reviews since `cursor` (`{}` the first time)."""


class Measure(Protocol):
    """Numbers, under the network's own names; `Card.metrics` says what they mean."""

    def posts(self, session: Session, refs: Sequence[RemoteRef]) -> Mapping[str, list[Number]]:
        """The numbers of many posts by remote id, in as few calls as the network allows; gone posts are
        missing.
        """

    def account(self, session: Session) -> list[Number]:
        """The numbers of the account itself."""


@dataclass(frozen=True)
class Connector:
    """One network. `boost` (paid promotion) has no shape yet because no connector offers it."""

    card: Card
    fits: Fits
    connect: Connect
    publish: Publish
    converse: Converse | None = None
    moderate: Moderate | None = None
    review: Review | None = None
    measure: Measure | None = None
    boost: None = None

    @property
    def facets(self) -> frozenset[str]:
        """The names of what this network can do."""
        names = ("connect", "publish", "converse", "moderate", "review", "measure", "boost")
        return frozenset(name for name in names if getattr(self, name) is not None)


__all__ = [
    "Account",
    "Attached",
    "Author",
    "Card",
    "Connect",
    "Connector",
    "Converse",
    "Count",
    "Credentials",
    "Deleted",
    "Field",
    "Fits",
    "Found",
    "Http",
    "IncomingMessage",
    "IncomingReview",
    "Limits",
    "LinkCard",
    "Mark",
    "Measure",
    "MediaFile",
    "Metric",
    "Moderate",
    "NotDone",
    "NotPublished",
    "Number",
    "Outgoing",
    "Page",
    "Part",
    "Problem",
    "Progress",
    "Publish",
    "Published",
    "Receipt",
    "Refused",
    "RemoteRef",
    "Review",
    "ReviewPage",
    "Session",
    "SignInAgain",
    "SignedIn",
    "Start",
    "Subtitles",
    "TryLater",
    "Unknown",
    "Unsure",
    "Way",
]
