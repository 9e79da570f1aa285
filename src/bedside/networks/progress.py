"""How far did a delivery get, and what may be done next?

A thread and a first comment are several irreversible calls, so each is a `Part` with its own key and its own
receipt. The caller stores the `Progress` before and after every call; the walk itself is in `carry`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal, Self

from bedside.networks.outgoing import Outgoing, Receipt, RemoteRef

UPLOADS_KEEP = timedelta(hours=3)

PartKind = Literal["post", "thread", "first_comment"]


@dataclass(frozen=True)
class Part:
    """One irreversible call. `key` names it to the network for ever: the same part never gets a second
    key.
    """

    kind: PartKind
    text: str = field(repr=False)
    key: str
    asked_at: datetime | None = None
    receipt: Receipt | None = None

    @property
    def is_uncertain(self) -> bool:
        """We asked and have no answer on record: it may be public."""
        return self.asked_at is not None and self.receipt is None


@dataclass(frozen=True)
class Progress:
    """The state of one delivery's steps, as JSON in the caller's database.

    `prepared` is the connector's own notebook (uploaded media, resolved mentions). `is_prepared` says that
    everything is uploaded, `is_ready` that the network has finished digesting it.
    """

    parts: tuple[Part, ...]
    prepared: Mapping[str, Any] = field(default_factory=dict)
    is_prepared: bool = False
    is_ready: bool = False
    prepared_at: datetime | None = None
    key: str = ""
    begun_at: datetime | None = None
    of: str = ""

    @property
    def current(self) -> Part | None:
        """The next part without a receipt, or `None` when all is public."""
        return next((part for part in self.parts if part.receipt is None), None)

    @property
    def index(self) -> int:
        """Which part is next; equals `len(parts)` when all is public."""
        return sum(1 for part in self.parts if part.receipt is not None)

    @property
    def is_uncertain(self) -> bool:
        """A call was made whose answer is not on record: reconcile before anything else."""
        return self.current is not None and self.current.is_uncertain

    @property
    def is_complete(self) -> bool:
        return self.current is None

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """What is public so far, in order."""
        return tuple(part.receipt for part in self.parts if part.receipt is not None)

    @property
    def receipt(self) -> Receipt:
        """The receipt of the whole delivery: the first part's, holding those of the others."""
        first, *others = self.receipts
        return replace(first, parts=tuple(others))

    def parent(self, outgoing: Outgoing) -> RemoteRef | None:
        """What the current part answers: the message we reply to, the part before it, or the post itself."""
        part = self.parts[self.index]
        if part.kind == "post":
            return outgoing.in_reply_to
        if part.kind == "first_comment":
            return self.receipts[0].ref
        return self.receipts[-1].ref

    def with_prepared(self, at: datetime, *, is_ready: bool, **notes: Any) -> Self:
        """The same progress with everything uploaded at `at`."""
        return replace(self, prepared=notes, is_prepared=True, is_ready=is_ready, prepared_at=at)

    def is_stale(self, now: datetime) -> bool:
        """Whether unused uploads may have been thrown away by the network, so that they must be made again.

        Bluesky promises some hours, Mastodon a day; we trust three hours, until the first part is public.
        """
        return self.prepared_at is not None and self.index == 0 and now - self.prepared_at > UPLOADS_KEEP

    def asking(self, at: datetime) -> Self:
        """Written down before the irreversible call: from now on the current part is uncertain."""
        return self._with_current(asked_at=at)

    def not_asked(self) -> Self:
        """The network clearly did nothing: the current part may be asked again."""
        return self._with_current(asked_at=None)

    def answered(self, receipt: Receipt) -> Self:
        """The current part is public."""
        return self._with_current(receipt=receipt)

    def _with_current(self, **changes: Any) -> Self:
        parts = list(self.parts)
        parts[self.index] = replace(parts[self.index], **changes)
        return replace(self, parts=tuple(parts))

    def as_json(self) -> dict[str, Any]:
        return {
            "parts": [_part_as_json(part) for part in self.parts],
            "prepared": dict(self.prepared),
            "is_prepared": self.is_prepared,
            "is_ready": self.is_ready,
            "prepared_at": self.prepared_at.isoformat() if self.prepared_at else None,
            "key": self.key,
            "begun_at": self.begun_at.isoformat() if self.begun_at else None,
            "of": self.of,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            parts=tuple(_part_from_json(part) for part in stored["parts"]),
            prepared=dict(stored["prepared"]),
            is_prepared=stored["is_prepared"],
            is_ready=stored["is_ready"],
            prepared_at=_moment(stored.get("prepared_at")),
            key=stored.get("key", ""),
            begun_at=_moment(stored.get("begun_at")),
            of=stored.get("of", ""),
        )


def _part_as_json(part: Part) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "text": part.text,
        "key": part.key,
        "asked_at": part.asked_at.isoformat() if part.asked_at else None,
        "receipt": part.receipt.as_json() if part.receipt else None,
    }


def _part_from_json(stored: Mapping[str, Any]) -> Part:
    return Part(
        kind=stored["kind"],
        text=stored["text"],
        key=stored["key"],
        asked_at=_moment(stored["asked_at"]),
        receipt=Receipt.from_json(stored["receipt"]) if stored["receipt"] else None,
    )


def begun(
    outgoing: Outgoing,
    wording: Sequence[str],
    *,
    key: str,
    at: datetime,
    keys: Sequence[str] = (),
    needs_nothing: bool,
) -> Progress:
    """The progress of a delivery that nothing has been sent of: a part for each text of `wording`
    (`as_sent`).

    The parts' keys are `keys`, or follow from `key`; `needs_nothing` when there is nothing to upload or
    look up.
    """
    kinds: list[PartKind] = ["post"]
    kinds += ["thread"] * len(outgoing.thread)
    kinds += ["first_comment"] if outgoing.first_comment else []
    keys = keys or [f"{key}-{place}" for place in range(len(kinds))]
    parts = tuple(Part(*each) for each in zip(kinds, wording, keys, strict=True))
    return Progress(
        parts, is_prepared=needs_nothing, is_ready=needs_nothing, key=key, begun_at=at, of=outgoing.digest
    )


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
