"""The verbs of the library: upload, describe, archive, and note what was seen in a picture."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.audit.actor import Actor
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.library import files, intake
from bedside.library.models import Asset
from bedside.library.news import AssetUploaded
from bedside.library.pictures import Cleaned
from bedside.people.models import Member
from bedside.people.powers import Power


def upload_asset(*, by: Member, name: str, chunks: Iterable[bytes], alt_text: str = "") -> Asset:
    """Take a file into the library: kept as it came out of reach, and as a clean copy that may leave.

    The same picture uploaded again is the asset that is there already. Refusals: `too_large`, `wrong_kind`,
    `damaged`, `too_many_pixels`, `disk_full`.
    """
    if not by.can(Power.WRITE):
        raise NotAllowed(Power.WRITE)
    draft = intake.receive(chunks)
    try:
        return _keep(draft, intake.clean(draft), by=by, name=name, alt_text=alt_text)
    finally:
        intake.discard(draft)


@action
def describe_asset(asset: Asset, *, by: Member, name: str, alt_text: str) -> Asset:
    """Change the name under which an asset is found and the description it brings into new posts."""
    _need_write(by)
    if not name.strip():
        raise Refusal("no_name", _("Give the picture a name, so that it can be found."), field="name")
    asset.name, asset.alt_text = name.strip()[:200], alt_text.strip()[:1500]
    asset.save(update_fields=["name", "alt_text"])
    _tell(asset, by.actor, "asset.described", _("Described a picture."))
    return asset


@action
def archive_asset(asset: Asset, *, by: Member) -> Asset:
    """Put an asset away: no longer offered for new posts; posts that have it keep it."""
    _need_write(by)
    asset.archived_at = clock.now()
    asset.save(update_fields=["archived_at"])
    _tell(asset, by.actor, "asset.archived", _("Put a picture away."))
    return asset


@action
def restore_asset(asset: Asset, *, by: Member) -> Asset:
    """Offer an archived asset again."""
    _need_write(by)
    asset.archived_at = None
    asset.save(update_fields=["archived_at"])
    _tell(asset, by.actor, "asset.restored", _("Brought a picture back."))
    return asset


@action
def _keep(draft: Path, cleaned: Cleaned, *, by: Member, name: str, alt_text: str) -> Asset:
    clean_hash = files.sha256_of(cleaned.path)
    known = Asset.objects.filter(
        organization_id=by.organization_id, content_hash=clean_hash, archived_at=None
    )
    if (existing := known.first()) is not None:
        nothing_changed()
        return existing
    size = cleaned.path.stat().st_size
    asset = Asset.objects.create(
        organization=by.organization,
        kind=cleaned.kind,
        name=Path(name.replace("\\", "/")).name.strip()[:200] or "picture",
        mime=cleaned.mime,
        content_hash=clean_hash,
        original_path=files.keep(draft, "original", ".bin"),
        clean_path=files.keep(cleaned.path, "clean", cleaned.suffix),
        thumbnail_path=files.keep(cleaned.thumbnail, "thumbnail", ".webp") if cleaned.thumbnail else "",
        bytes=size,
        width=cleaned.width,
        height=cleaned.height,
        alt_text=alt_text.strip()[:1500],
        facts={"removed": list(cleaned.removed)},
        uploaded_at=clock.now(),
        uploaded_by=by,
    )
    _tell(asset, by.actor, "asset.uploaded", _("Uploaded a picture."), {"sha256": clean_hash, "bytes": size})
    announce(AssetUploaded(asset.pk))
    return asset


def _need_write(by: Member) -> None:
    if not by.can(Power.WRITE):
        raise NotAllowed(Power.WRITE)


def _tell(asset: Asset, by: Actor, verb: str, words: str, data: Mapping[str, Any] | None = None) -> None:
    # The uploaded file's name may name a person; the record says which asset, not what it was called.
    on = ("asset", asset.pk, f"{asset.get_kind_display()} {asset.content_hash[:10]}")
    record(asset.organization_id, by=by, verb=verb, on=on, words=words, data=data)
