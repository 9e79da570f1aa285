"""Reading the record: its lines for an object, an organization or a question, and whether the chain holds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.audit.link import hash_of
from bedside.audit.models import NO_LINE, Chain, Record


@dataclass(frozen=True)
class BrokenLink:
    """The first place where a chain does not hold: the line's number and what is wrong, in words."""

    chain: str
    number: int
    says: str


def key_of(organization_id: UUID | str | None) -> str:
    """The key of an organization's chain."""
    return str(organization_id) if organization_id else "installation"


def lines_about(organization_id: UUID | str, kind: str, object_id: object) -> list[Record]:
    """Everything recorded about one object, oldest first."""
    return list(
        Record.objects.filter(
            chain_id=key_of(organization_id), object_kind=kind, object_id=str(object_id)
        ).order_by("number")
    )


def first_broken_link(key: str, *, newest: int | None = None) -> BrokenLink | None:
    """Walk one chain from its first line, or only its `newest` lines; None when every link holds."""
    number = max(0, length_of(key) - newest) if newest is not None else 0
    before: str | None = NO_LINE
    if number:
        before = Record.objects.filter(chain_id=key, number=number).values_list("hash", flat=True).first()
    if before is None:
        return BrokenLink(key, number, f"line {number} is missing")
    lines = Record.objects.filter(chain_id=key, number__gt=number)
    for line in lines.order_by("number").iterator(chunk_size=2000):
        number += 1
        if line.number != number:
            return BrokenLink(key, number, f"line {number} is missing; the next one found is {line.number}")
        if line.previous_hash != before:
            return BrokenLink(key, number, f"line {number} does not follow from line {number - 1}")
        if line.hash != hash_of(line):
            return BrokenLink(key, number, f"line {number} was changed after it was written")
        before = line.hash
    chain = Chain.objects.filter(key=key).first() or Chain(key=key)
    if (chain.length, chain.head) != (number, before):
        return BrokenLink(key, number + 1, f"lines after {number} were removed: {chain.length} were written")
    return None


def chains() -> list[str]:
    """The keys of all chains."""
    return list(Chain.objects.order_by("key").values_list("key", flat=True))


@dataclass(frozen=True)
class Question:
    """What somebody wants to find in the record; empty fields ask for nothing. Days are in UTC, `until` included."""

    words: str = ""
    verb: str = ""
    actor: str = ""
    object_kind: str = ""
    object_id: str = ""
    since: date | None = None
    until: date | None = None


def find(key: str, question: Question) -> QuerySet[Record]:
    """The lines of one chain that answer the question, newest first."""
    lines = Record.objects.filter(chain_id=key)
    if question.words:
        lines = lines.filter(Q(words__icontains=question.words) | Q(object_label__icontains=question.words))
    if question.verb:
        lines = lines.filter(verb__startswith=question.verb)
    if question.actor:
        lines = lines.filter(actor_label__icontains=question.actor)
    if question.object_kind:
        lines = lines.filter(object_kind=question.object_kind)
    if question.object_id:
        lines = lines.filter(object_id=question.object_id)
    if question.since:
        lines = lines.filter(at__gte=datetime.combine(question.since, time.min, UTC))
    if question.until:
        lines = lines.filter(at__lt=datetime.combine(question.until + timedelta(days=1), time.min, UTC))
    return lines.order_by("-number")


def before(lines: QuerySet[Record], number: int | None, size: int = 50) -> tuple[list[Record], int | None]:
    """One page of lines below `number`, and the number that the next page begins below (None at the end)."""
    if number is not None:
        lines = lines.filter(number__lt=number)
    page = list(lines[: size + 1])
    return page[:size], page[size - 1].number if len(page) > size else None


def verbs(key: str) -> list[str]:
    """The verbs that occur in a chain, for the filter."""
    return sorted(set(Record.objects.filter(chain_id=key).values_list("verb", flat=True).distinct()))


def length_of(key: str) -> int:
    """How many lines were written to a chain."""
    chain = Chain.objects.filter(key=key).first()
    return chain.length if chain else 0
