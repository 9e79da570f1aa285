"""Reads of the library: what there is to choose from, and one asset."""

from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.library.models import Asset
from bedside.people.gate import or_404
from bedside.people.models import Member


def assets_for(
    member: Member, *, words: str = "", kind: str = "", is_archived: bool = False
) -> QuerySet[Asset]:
    """The assets of the member's organization, the newest first, whose name or description has `words`."""
    found = Asset.objects.filter(organization_id=member.organization_id, archived_at__isnull=not is_archived)
    if kind in Asset.Kind.values:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(alt_text__icontains=word))
    return found.order_by("-uploaded_at")


def asset_for(member: Member, asset_id: UUID | str) -> Asset:
    """One asset; another organization's is a 404."""
    return or_404(Asset.objects.select_related("uploaded_by__user"), member, asset_id)
