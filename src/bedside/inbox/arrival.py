"""What a network told us, messages and ratings alike, in the one form in which it is taken in.

Where it then belongs is decided in `placing`; the networks' own forms are `networks.incoming`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bedside.networks.contract import Author, IncomingMessage, IncomingReview


@dataclass(frozen=True)
class Arrival:
    """One message as it arrived. `root` is "" when it begins a conversation or the network does not say."""

    kind: str
    remote_id: str
    author: Author
    text: str = field(repr=False)
    at: datetime
    remote_extra: dict[str, str] = field(default_factory=dict)
    url: str = ""
    in_reply_to: str = ""
    root: str = ""
    attached: tuple[dict[str, str], ...] = ()
    rating: int | None = None
    is_ours: bool = False
    is_deleted: bool = False


def of_message(found: IncomingMessage) -> Arrival:
    """A reply, mention, quote or direct message."""
    return Arrival(
        kind=found.kind,
        remote_id=found.remote_id,
        author=found.author,
        text=found.text,
        at=found.at,
        remote_extra=dict(found.ref.extra),
        url=found.url,
        in_reply_to=found.in_reply_to,
        root=found.root,
        attached=tuple({"url": a.url, "mime": a.mime, "alt_text": a.alt_text} for a in found.media),
        is_ours=found.is_ours,
        is_deleted=found.is_deleted,
    )


def of_review(found: IncomingReview) -> Iterator[Arrival]:
    """A rating, and our answer below it if somebody gave one."""
    stars = round(found.rating * 5 / found.out_of)
    about: dict[str, Any] = {
        "kind": "review",
        "author": found.author,
        "root": found.remote_id,
        "url": found.url,
    }
    yield Arrival(
        remote_id=found.remote_id,
        text=found.text,
        at=found.at,
        remote_extra=dict(found.ref.extra),
        rating=stars,
        **about,
    )
    if found.answer:
        # The answer to a review has no id of its own in every network; there is one at most.
        yield Arrival(
            remote_id=answer_id(found.remote_id),
            text=found.answer,
            at=found.answered_at or found.at,
            in_reply_to=found.remote_id,
            is_ours=True,
            **about,
        )


def answer_id(review_id: str) -> str:
    """The name under which we keep an answer to a review that was not given here."""
    return f"{review_id[:290]}#answer"
