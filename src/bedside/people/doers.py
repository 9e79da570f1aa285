"""Who may call a verb: a member, a key for programs, or the house itself; and the check that every verb makes.

Powers are checked at the gate before every view and once more in the verb, because the API and the command
line come to the verb by other doors.
"""

from dataclasses import dataclass
from typing import Protocol

from bedside.audit.actor import SYSTEM, Actor
from bedside.foundation.refusal import NotAllowed
from bedside.people.models import ApiToken, Member
from bedside.people.powers import Power


class Doer(Protocol):
    """Somebody who acts: how the record names them, and what they may do."""

    @property
    def actor(self) -> Actor: ...
    @property
    def powers(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class House:
    """Bedside itself, when it carries out what people decided before (a plan, a rule of the organization)."""

    actor: Actor = SYSTEM
    powers: frozenset[str] = frozenset(str(power) for power in Power)


THE_HOUSE = House()


def insist(by: Doer, power: str) -> None:
    """Refuse (`NotAllowed`) unless the one who acts has the power."""
    if str(power) not in by.powers:
        raise NotAllowed(str(power))


def member_behind(by: Doer) -> Member | None:
    """The member who acts, or whose key acts; None for the house."""
    if isinstance(by, Member):
        return by
    return by.member if isinstance(by, ApiToken) else None


def organization_of(by: Doer) -> object | None:
    """The id of the organization the doer belongs to; None for the house, which serves all."""
    return by.organization_id if isinstance(by, Member | ApiToken) else None
