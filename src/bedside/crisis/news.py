"""What this room tells the house; who listens stands in `config.wiring`."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class HoldPlaced:
    """From now on nothing leaves in this scope. No organization: nothing at all; no channel: the organization."""

    hold_id: UUID
    organization_id: UUID | None
    channel_id: UUID | None
    reason: str


@dataclass(frozen=True)
class HoldLifted:
    """This hold stops nothing any more; another one may."""

    hold_id: UUID
    organization_id: UUID | None
    channel_id: UUID | None
