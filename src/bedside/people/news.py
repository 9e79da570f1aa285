"""What this room announces."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class MemberRemoved:
    """A member left or was removed; whatever waited for them has to wait for somebody else."""

    member_id: UUID
    organization_id: UUID


@dataclass(frozen=True)
class PowersChanged:
    """A member has another role, or a role other powers; who may sign is not who might before."""

    organization_id: UUID


@dataclass(frozen=True)
class OrganizationChanged:
    """The organization's public facts (name, phones, clinicians, ...) are not what they were."""

    organization_id: UUID
