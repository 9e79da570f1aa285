"""The verbs of the library: upload, describe, cover, cut, give subtitles, archive."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.audit.actor import Actor
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.library import files, intake
from bedside.library.areas import readable_areas
from bedside.library.covering import Area, cover
from bedside.library.cutting import Cut, cut_film
from bedside.library.models import Asset
from bedside.library.news import AssetCovered, AssetUploaded
from bedside.library.pictures import Cleaned
from bedside.library.queries import may_see_withheld
from bedside.library.subtitles import clean_subtitles, without
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


def cover_asset(asset: Asset, *, by: Member, areas: Iterable[Area], alt_text: str) -> Asset:
    """Make a copy with these areas covered for good, and withhold the picture that it was made from.

    `alt_text` is what the author confirmed for the copy. The copy is judged anew. Refusals: `no_areas`,
    `not_a_picture` (films are not covered here), `withheld` (for who may not look at it).
    """
    _need_write(by)
    wanted = _fit(asset, areas)
    if asset.kind not in (Asset.Kind.IMAGE, Asset.Kind.GIF):
        raise Refusal(
            "not_a_picture", _("Only pictures can be covered here. From a film, seconds can be cut out.")
        )
    _refuse_withheld(asset, by)
    if not wanted:
        raise Refusal("no_areas", _("Nothing is chosen to be covered. Tick or draw at least one area."))
    draft = intake.new_draft()
    try:
        cover(files.path_of(asset.clean_path), wanted, draft)
        return _keep_covered(asset, draft, by=by, areas=wanted, alt_text=alt_text)
    finally:
        intake.discard(draft)


def cut_asset(asset: Asset, *, by: Member, start: float, end: float, alt_text: str) -> Asset:
    """Make a copy of a film without these seconds, and withhold the film that it was made from.

    The copy goes on with the next key frame at or after `end`; what was really taken out is in `facts["cut"]`.
    Its subtitles are cut with it. Refusals: `not_a_film`, `withheld`, and those of `cutting.cut_film`.
    """
    _need_write(by)
    if asset.kind != Asset.Kind.VIDEO:
        raise Refusal("not_a_film", _("Only films can be cut."))
    _refuse_withheld(asset, by)
    if not 0 <= start < end:
        raise Refusal("nothing_cut", _("Give two seconds, the first one smaller than the second."))
    draft = intake.new_draft()
    try:
        cut = cut_film(files.path_of(asset.clean_path), start, end, draft)
        return _keep_cut(asset, draft, by=by, cut=cut, alt_text=alt_text)
    except OSError as failed:
        files.refuse_if_full(failed)
        raise
    finally:
        intake.discard(draft)


@action
def note_withheld_seen(asset: Asset, *, by: Member) -> None:
    """Record that somebody with the power to do so looked at a withheld picture."""
    if not may_see_withheld(by):
        raise NotAllowed(Power.APPROVE_PRIVACY)
    _tell(asset, by.actor, "asset.withheld_seen", _("Looked at a picture that is withheld."))


@action
def give_captions(asset: Asset, *, by: Member, chunks: Iterable[bytes]) -> Asset:
    """Keep the subtitles of a film (SRT or WebVTT) in the form in which they leave. They are judged with the film.

    Refusals: `not_a_film`, `wrong_kind`, `damaged`, `too_large`.
    """
    _need_write(by)
    if asset.kind != Asset.Kind.VIDEO:
        raise Refusal("not_a_film", _("Only films have subtitles."))
    draft = intake.receive(chunks)
    try:
        kept = files.keep(clean_subtitles(draft), "captions", ".vtt")
    finally:
        intake.discard(draft)
    asset = Asset.objects.select_for_update(no_key=True).get(
        pk=asset.pk
    )  # no look without them may end meanwhile
    asset.captions_path = kept
    asset.judged_at, asset.looked_percent = None, 0
    asset.facts = {name: value for name, value in asset.facts.items() if name != "captions"}
    asset.save(update_fields=["captions_path", "judged_at", "looked_percent", "facts"])
    _tell(asset, by.actor, "asset.captioned", _("Gave a film its subtitles."))
    announce(AssetUploaded(asset.pk))
    return asset


@action
def _keep_covered(asset: Asset, draft: Path, *, by: Member, areas: list[Area], alt_text: str) -> Asset:
    name = _("%(name)s, covered") % {"name": asset.name[:180]}
    copy = _keep(draft, intake.clean(draft), by=by, name=name, alt_text=alt_text)
    if copy.pk == asset.pk:
        raise Refusal("no_areas", _("That would change nothing in the picture. Choose other areas."))
    copy.made_from = asset
    copy.facts = {**copy.facts, "covered": len(areas), "covered_faces": sum(a.kind == "face" for a in areas)}
    copy.save(update_fields=["made_from", "facts"])
    _tell(copy, by.actor, "asset.covered", _("Made a covered copy of a picture."), _told(asset, areas))
    _withhold(asset, copy, by, _("Withheld a picture; its covered copy took its place."))
    return copy


@action
def _keep_cut(asset: Asset, draft: Path, *, by: Member, cut: Cut, alt_text: str) -> Asset:
    name = _("%(name)s, cut") % {"name": asset.name[:180]}
    copy = _keep(draft, intake.clean(draft), by=by, name=name, alt_text=alt_text)
    if copy.pk == asset.pk:
        raise Refusal("nothing_cut", _("That would change nothing in the film. Choose other seconds."))
    copy.made_from = asset
    copy.facts = {**copy.facts, "cut": [cut.start, cut.end]}
    if words := without(files.captions_of(asset), cut.start, cut.end):
        subtitles = draft.parent / f"{draft.name}.vtt"
        subtitles.write_text(words, encoding="utf-8")
        copy.captions_path = files.keep(subtitles, "captions", ".vtt")
    copy.save(update_fields=["made_from", "facts", "captions_path"])
    told = {"from": str(asset.pk), "seconds": [cut.start, cut.end]}
    _tell(copy, by.actor, "asset.cut", _("Made a copy of a film with seconds cut out."), told)
    _withhold(asset, copy, by, _("Withheld a film; its cut copy took its place."))
    return copy


def _withhold(asset: Asset, copy: Asset, by: Member, words: str) -> None:
    if asset.withheld_at is None:
        asset.withheld_at = clock.now()
        asset.save(update_fields=["withheld_at"])
    _tell(asset, by.actor, "asset.withheld", words)
    announce(AssetCovered(asset.pk, copy.pk, by.pk))


def _refuse_withheld(asset: Asset, by: Member) -> None:
    if asset.withheld_at is not None and not may_see_withheld(by):
        raise Refusal("withheld", _("A copy took the place of this one already. Use that."))


def _fit(asset: Asset, areas: Iterable[Area]) -> list[Area]:
    """The areas that lie in the picture; a blur over what can be read becomes a box."""
    readable = readable_areas(asset)
    inside = [a for a in areas if a.width > 0 and a.height > 0 and a.x < asset.width and a.y < asset.height]
    return [
        replace(area, way="box") if area.is_blurred and any(area.touches(each) for each in readable) else area
        for area in inside
        if area.x + area.width > 0 and area.y + area.height > 0
    ]


def _told(asset: Asset, areas: list[Area]) -> dict[str, Any]:
    return {"from": str(asset.pk), "areas": len(areas), "blurred": sum(area.is_blurred for area in areas)}


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
        facts=_facts_of(cleaned),
        uploaded_at=clock.now(),
        uploaded_by=by,
    )
    _tell(asset, by.actor, "asset.uploaded", _("Uploaded a picture."), {"sha256": clean_hash, "bytes": size})
    announce(AssetUploaded(asset.pk))
    return asset


def _facts_of(cleaned: Cleaned) -> dict[str, Any]:
    facts: dict[str, Any] = {"removed": list(cleaned.removed)}
    if cleaned.has_sound:
        facts["has_sound"] = True
    return facts | ({"duration": cleaned.seconds} if cleaned.seconds else {})


def _need_write(by: Member) -> None:
    if not by.can(Power.WRITE):
        raise NotAllowed(Power.WRITE)


def _tell(asset: Asset, by: Actor, verb: str, words: str, data: Mapping[str, Any] | None = None) -> None:
    # The uploaded file's name may name a person; the record says which asset, not what it was called.
    on = ("asset", asset.pk, f"{asset.get_kind_display()} {asset.content_hash[:10]}")
    record(asset.organization_id, by=by, verb=verb, on=on, words=words, data=data)
