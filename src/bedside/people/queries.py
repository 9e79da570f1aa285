"""Reads about people: who may do what, and the facts about an organization that are no secret."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from bedside.foundation import clock
from bedside.people.gate import or_404
from bedside.people.models import Invitation, Member, Organization
from bedside.people.powers import POWER_NAMES


def members_with(organization: Organization, *powers: str) -> list[Member]:
    """Active members who have at least one of `powers`, by name."""
    active = Member.objects.active().filter(organization=organization).select_related("role", "user")
    return sorted((m for m in active if m.can_any(powers)), key=lambda m: m.name.lower())


def facts_for(organization: Organization) -> dict[str, Any]:
    """What is publicly known about the organization, in the form that `bedside guard check --org` reads.

    Names, phones and addresses in here are the organization's own and identify no patient.
    """
    clinicians = [c for c in organization.clinicians.all() if c.is_active]
    locations = list(organization.locations.all())
    members = Member.objects.active().filter(organization=organization).select_related("user")
    return {
        "name": organization.name,
        "clinicians": [{"name": c.full_name, "specialty": c.specialty} for c in clinicians],
        "staff": sorted(m.name for m in members),
        "spokespeople": [c.full_name for c in clinicians if c.is_spokesperson],
        "phones": _known(
            [*organization.phones, *(p.phone for p in locations), *(c.phone for c in clinicians)]
        ),
        "emails": _known(organization.emails),
        "addresses": _known(place.address for place in locations),
        "sites": _known([*organization.sites, *(c.booking_link for c in clinicians)]),
        "handles": _known(organization.handles),
        "state": organization.state,
        "entity_type": organization.entity_type,
    }


def _known(values: Iterable[str]) -> list[str]:
    return sorted({value.strip() for value in values if value and value.strip()})


def open_invitations(organization: Organization) -> list[Invitation]:
    """The invitations whose links still open."""
    return list(_opening().filter(organization=organization).order_by("-created_at"))


def invitation_for(member: Member, invitation_id: UUID | str) -> Invitation:
    """One invitation whose link still opens; one that was used, and another organization's, is a 404."""
    return or_404(_opening(), member, invitation_id)


def _opening() -> QuerySet[Invitation]:
    found = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())
    return found.select_related("role", "invited_by__user")


def power_names(powers: Iterable[str]) -> list[str]:
    """The powers in words, in the house's order."""
    held = set(powers)
    return [str(name) for power, name in POWER_NAMES.items() if str(power) in held]
