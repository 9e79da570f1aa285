"""Noting what was seen in a picture. Signatures cover these facts: material with other facts is other material."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.audit.actor import SYSTEM
from bedside.foundation import clock
from bedside.library.models import Asset


@action
def note_facts(asset: Asset, facts: Mapping[str, Any], *, captions_path: str = "") -> Asset:
    """Keep what a looker saw, and that the asset was looked at.

    Where a film got other subtitles meanwhile, what was seen without them is not kept: it is looked at again.
    """
    asset = Asset.objects.select_for_update(no_key=True).get(
        pk=asset.pk
    )  # nobody gives it other subtitles meanwhile
    if asset.captions_path != captions_path:
        nothing_changed()
        return asset
    asset.facts = {**asset.facts, **facts}
    asset.judged_at = clock.now()
    asset.looked_percent = 100
    asset.save(update_fields=["facts", "judged_at", "looked_percent"])
    record(
        asset.organization_id,
        by=SYSTEM,
        verb="asset.judged",
        on=("asset", asset.pk, f"{asset.get_kind_display()} {asset.content_hash[:10]}"),
        words=_("Looked at a picture for words, faces and codes."),
        data={"faces": facts.get("faces", 0), "codes": len(facts.get("codes", ()))},
    )
    return asset


def note_progress(asset: Asset, percent: int) -> None:
    """Keep how far looking has come, for the page that shows it. Nothing to record: nothing was decided."""
    Asset.objects.filter(pk=asset.pk, judged_at=None).update(looked_percent=max(0, min(99, percent)))
