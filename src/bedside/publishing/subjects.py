"""What is it that leaves? The rooms that write it answer here; this room never reads their rows.

A delivery carries a *subject*: a variant of a post, or a reply of the inbox. Each kind registers one `Subject`
in `config.wiring`. The last gate asks it, in bulk and at the last moment, how its things stand; what the
gate does with the answer is in `gate`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from bedside.networks.contract import Outgoing
from bedside.networks.models import Channel
from bedside.people.models import Member


@dataclass(frozen=True)
class Wanted:
    """One question: how does this subject stand for this channel? `channel` comes with its organization."""

    subject_id: UUID
    channel: Channel


@dataclass(frozen=True)
class Standing:
    """How a subject stands at this moment, all of it from one reading.

    `outgoing` is exactly what `fingerprint` names and what `is_clear` was said of, so that the words that
    leave are the words that were judged. `is_clear` means: the verdict under today's rules lets it pass, the
    signatures (or the recorded solo clearance) cover this fingerprint, and consents are live. When it is
    not, `code` (short, lower case) and `sentence` (what happened, why, what to do) say why. `mark` changes with
    every change of the subject (a revision number, for example); see `Subject.marks`.
    """

    fingerprint: str
    outgoing: Outgoing = field(repr=False)
    is_clear: bool
    code: str = ""
    sentence: str = ""
    mark: str = ""


class Subject(Protocol):
    """One kind of thing that can leave. All answers are in bulk; an id that no longer exists is left out."""

    power: str
    """The power that scheduling, holding and cancelling such a thing needs (`Power.PUBLISH`, `Power.ANSWER`)."""

    def standings(self, wanted: Sequence[Wanted]) -> Mapping[UUID, Standing]:
        """How each subject stands now, by subject id. Reads the database; no more than a few queries in all."""

    def marks(self, subject_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """The present `mark` of each, read inside the transaction in which it leaves: a change that was committed
        after `standings` is seen here. Lock the rows (`select_for_update`) where the database can."""

    def owners(self, subject_id: UUID) -> Sequence[Member]:
        """Who wrote it and should hear what became of it; removed members left out."""

    def url(self, subject_id: UUID) -> str:
        """The page where it can be read and changed."""

    def family(self, subject_id: UUID) -> Sequence[UUID]:
        """All subjects that say the same thing on other channels, this one included (a post's variants)."""


class UnknownSubject(LookupError):
    """No room has registered this kind of subject: `config.wiring` must."""


_subjects: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    """Let things of this kind be delivered. A later registration replaces an earlier one."""
    _subjects[kind] = subject


def subject_of(kind: str) -> Subject:
    """Who answers for this kind."""
    try:
        return _subjects[kind]
    except KeyError:
        raise UnknownSubject(f"Nobody registered the subject kind {kind!r}.") from None
