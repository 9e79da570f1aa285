"""What this room tells the house when it has happened; who listens stands in `config.wiring`."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class DeliverySent:
    """The network has it: the receipt is on the delivery. Inbox begins to listen, insights to measure."""

    delivery_id: UUID
    organization_id: UUID
    subject_kind: str
    subject_id: UUID


@dataclass(frozen=True)
class DeliveryHeld:
    """The last gate or a person stopped it. `code` and `sentence` say why and what to do."""

    delivery_id: UUID
    organization_id: UUID
    subject_kind: str
    subject_id: UUID
    code: str
    sentence: str


@dataclass(frozen=True)
class DeliveryFailed:
    """The network said no, and would say no again."""

    delivery_id: UUID
    organization_id: UUID
    subject_kind: str
    subject_id: UUID
    code: str
    sentence: str


@dataclass(frozen=True)
class DeliveryUnsure:
    """We looked for it several times and still cannot tell whether it is public: a person has to look."""

    delivery_id: UUID
    organization_id: UUID
    subject_kind: str
    subject_id: UUID
    sentence: str


@dataclass(frozen=True)
class DeliveryDeleted:
    """It was public and has been taken down; the evidence is on the receipt."""

    delivery_id: UUID
    organization_id: UUID
    subject_kind: str
    subject_id: UUID


@dataclass(frozen=True)
class DeliveryNotDeleted:
    """It was to be taken down and the network did not do it: it is still public, and a person has to act."""

    delivery_id: UUID
    organization_id: UUID
    subject_kind: str
    subject_id: UUID
    sentence: str
