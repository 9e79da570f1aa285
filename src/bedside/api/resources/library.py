"""The library: what posts are made of. Files come in as on the page, and leave only with a post."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Query, Router, Schema, Status, UploadedFile

from bedside.api.door import PROBLEMS, Given, Problem, member_of, needs
from bedside.api.pages import Paging, page_of
from bedside.foundation.text import kept
from bedside.library.actions import (
    archive_asset,
    describe_asset,
    restore_asset,
    upload_asset,
)
from bedside.library.models import Asset
from bedside.library.queries import asset_to_choose, assets_for
from bedside.people.powers import Power

router = Router(tags=["library"])


class PassageOut(Schema):
    """A passage of a film, from one of its seconds to another."""

    start: float
    end: float


class AssetOut(Schema):
    """A picture or film. It may go into posts at once; none of them leaves before it was looked at (`judged_at`).
    `flashes` are the passages in which it flashes more than three times in a second, which no post can leave with;
    null where nobody looked for that, as in pictures.
    """

    id: UUID
    kind: str
    name: str
    mime: str
    content_hash: str
    bytes: int
    width: int
    height: int
    alt_text: str
    uploaded_at: datetime
    judged_at: datetime | None
    looked_percent: int
    made_from: UUID | None = Field(None, alias="made_from_id")
    archived_at: datetime | None
    flashes: list[PassageOut] | None

    @staticmethod
    def resolve_flashes(asset: Asset) -> list[dict[str, float]] | None:
        """The passages as the looker noted them, with names."""
        found = asset.facts.get("flashes")
        return None if found is None else [{"start": start, "end": end} for start, end in found]


class Assets(Schema):
    """A page of assets, the newest first."""

    items: list[AssetOut]
    next: str | None


class Which(Paging):
    """Which assets: words of their name or description, their kind, and those put away instead of those in use."""

    words: str = Field("", max_length=200)
    kind: Literal["", "image", "video", "gif", "document"] = ""
    archived: bool = False


class AssetIn(Given):
    """Under which name it is found, and what it tells to people who cannot see it."""

    name: str = Field(min_length=1, max_length=200)
    alt_text: str = Field("", max_length=1500)


@router.get("/assets", response={200: Assets, **PROBLEMS})
@needs(Power.VIEW)
def assets(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    """The organization's pictures and films."""
    found = assets_for(member_of(request), words=which.words, kind=which.kind, is_archived=which.archived)
    return page_of(found.filter(withheld_at=None), which)


@router.get("/assets/{asset_id}", response={200: AssetOut, **PROBLEMS})
@needs(Power.VIEW)
def one(request: HttpRequest, asset_id: UUID) -> Asset:
    """One picture or film; a withheld one is not there."""
    return asset_to_choose(member_of(request), asset_id)


@router.post("/assets", response={201: AssetOut, 413: Problem, **PROBLEMS})
@needs(Power.WRITE)
def upload(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Take a file in (`multipart/form-data`). The same picture again is the asset that is there already."""
    name = kept(file.name or "")
    return Status(201, upload_asset(by=member_of(request), name=name, chunks=file.chunks()))


@router.put("/assets/{asset_id}", response={200: AssetOut, **PROBLEMS})
@needs(Power.WRITE)
def describe(request: HttpRequest, asset_id: UUID, said: AssetIn) -> Asset:
    """Change its name and its description; posts that have it keep theirs."""
    by = member_of(request)
    return describe_asset(asset_to_choose(by, asset_id), by=by, name=said.name, alt_text=said.alt_text)


@router.post("/assets/{asset_id}/archive", response={200: AssetOut, **PROBLEMS})
@needs(Power.WRITE)
def put_away(request: HttpRequest, asset_id: UUID) -> Asset:
    """Put it away: no longer offered for new posts."""
    by = member_of(request)
    return archive_asset(asset_to_choose(by, asset_id), by=by)


@router.post("/assets/{asset_id}/restore", response={200: AssetOut, **PROBLEMS})
@needs(Power.WRITE)
def bring_back(request: HttpRequest, asset_id: UUID) -> Asset:
    """Offer it again."""
    by = member_of(request)
    return restore_asset(asset_to_choose(by, asset_id), by=by)
