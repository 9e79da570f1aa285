"""Reading the record: its lines for an object or an organization, and whether the chain holds."""

from dataclasses import dataclass
from uuid import UUID

from bedside.audit.link import hash_of
from bedside.audit.models import Chain, Record


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


def first_broken_link(key: str) -> BrokenLink | None:
    """Walk one chain from its first line; None when every link holds."""
    before, number = "0" * 64, 0
    for line in Record.objects.filter(chain_id=key).order_by("number").iterator(chunk_size=2000):
        number += 1
        if line.number != number:
            return BrokenLink(key, number, f"line {number} is missing; the next one found is {line.number}")
        if line.previous_hash != before:
            return BrokenLink(key, number, f"line {number} does not follow from line {number - 1}")
        if line.hash != hash_of(line):
            return BrokenLink(key, number, f"line {number} was changed after it was written")
        before = line.hash
    chain = Chain.objects.filter(key=key).first()
    if chain and (chain.length, chain.head) != (number, before):
        return BrokenLink(key, number + 1, f"lines after {number} were removed: {chain.length} were written")
    return None


def chains() -> list[str]:
    """The keys of all chains."""
    return list(Chain.objects.order_by("key").values_list("key", flat=True))
