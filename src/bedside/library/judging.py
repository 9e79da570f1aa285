"""Noting what was seen in a picture. Signatures cover these facts: material with other facts is other material."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bedside.audit.actions import action, record
from bedside.audit.actor import SYSTEM
from bedside.foundation import clock
from bedside.library.models import Asset


@action
def note_facts(asset: Asset, facts: Mapping[str, Any]) -> Asset:
    """Keep what a looker saw, and that the asset was looked at."""
    asset.facts = {**asset.facts, **facts}
    asset.judged_at = clock.now()
    asset.save(update_fields=["facts", "judged_at"])
    record(
        asset.organization_id,
        by=SYSTEM,
        verb="asset.judged",
        on=("asset", asset.pk, f"{asset.get_kind_display()} {asset.content_hash[:10]}"),
        words=_("Looked at a picture for words, faces and codes."),
        data={"faces": facts.get("faces", 0), "codes": len(facts.get("codes", ()))},
    )
    return asset
