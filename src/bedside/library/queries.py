"""Reads of the library: what there is to choose from, and one asset."""

from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.foundation.text import kept
from bedside.library.models import Asset
from bedside.people.gate import or_404
from bedside.people.models import Member
from bedside.people.powers import Power


def assets_for(
    member: Member, *, words: str = "", kind: str = "", is_archived: bool = False
) -> QuerySet[Asset]:
    """The assets of the member's organization, the newest first, whose name or description has `words`.

    Withheld ones are among the archived, for those who may see them, and nowhere else.
    """
    found = Asset.objects.filter(organization_id=member.organization_id)
    if is_archived and may_see_withheld(member):
        found = found.filter(Q(archived_at__isnull=False) | Q(withheld_at__isnull=False))
    else:
        found = found.filter(archived_at__isnull=not is_archived, withheld_at=None)
    if kind in Asset.Kind.values:
        found = found.filter(kind=kind)
    for word in kept(words).split():
        found = found.filter(Q(name__icontains=word) | Q(alt_text__icontains=word))
    return found.order_by("-uploaded_at")


def asset_for(member: Member, asset_id: UUID | str) -> Asset:
    """One asset; another organization's is a 404."""
    return or_404(Asset.objects.select_related("uploaded_by__user"), member, asset_id)


def asset_to_choose(member: Member, asset_id: UUID | str) -> Asset:
    """One asset that may go into a post; a withheld one is a 404."""
    return or_404(Asset.objects.filter(withheld_at=None), member, asset_id)


def may_see_withheld(member: Member) -> bool:
    """Whether the member may look at pictures whose covered copy took their place."""
    return member.can(Power.APPROVE_PRIVACY)
