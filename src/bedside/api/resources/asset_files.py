"""The files of the library: the clean copy, the subtitles of a film, covering and cutting what must not be seen.

There is no address for an original, and a withheld picture is not there for any key: looking at it is for a person.
"""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from ninja import Field, File, Query, Router, Schema, Status, UploadedFile
from pydantic import ConfigDict, StrictBool

from bedside.api.door import PROBLEMS, Given, Problem, member_of, needs
from bedside.api.files import described
from bedside.api.resources.library import AssetOut
from bedside.library.actions import cover_asset, cut_asset, give_captions
from bedside.library.areas import areas_in
from bedside.library.covering import Area
from bedside.library.models import Asset
from bedside.library.queries import asset_to_choose
from bedside.library.serving import asset_response, captions_response
from bedside.people.powers import Power

router = Router(tags=["library"])

MOST_AREAS = 200
PIXELS = 100_000
SECONDS = 86_400
Way = Literal["box", "blur"]


class Size(Schema):
    """The whole clean copy, or the small one that lists show."""

    size: Literal["full", "thumb"] = "full"


class SeenOut(Schema):
    """A part that was seen in a picture, in pixels of its clean copy; whether the guard found something in it."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    words: str
    is_found: bool


class AreaIn(Given):
    """A rectangle in pixels of the clean copy, and how it is covered: what can be read gets a box in any case."""

    x: int = Field(ge=0, le=PIXELS, strict=True)
    y: int = Field(ge=0, le=PIXELS, strict=True)
    width: int = Field(ge=1, le=PIXELS, strict=True)
    height: int = Field(ge=1, le=PIXELS, strict=True)
    way: Way = "box"


class CoverIn(Given):
    """What to cover: these areas, and with `everything_found` all in which the guard found something. The alt text
    of the copy is said anew, because the picture's own may tell what is covered.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"areas": [{"x": 10, "y": 10, "width": 80, "height": 30}], "alt_text": "A desk with flowers"}
            ]
        }
    )

    areas: list[AreaIn] = Field(default_factory=list, max_length=MOST_AREAS)
    everything_found: StrictBool = False
    way: Way = "box"
    alt_text: str = Field(max_length=1500)


class CutIn(Given):
    """Which seconds of a film go. The copy goes on with the next key frame, which can be some seconds later."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"start": 4, "end": 9.5, "alt_text": "The garden opens"}]}
    )

    start: float = Field(ge=0, le=SECONDS, strict=True, allow_inf_nan=False)
    end: float = Field(ge=0, le=SECONDS, strict=True, allow_inf_nan=False)
    alt_text: str = Field(max_length=1500)


@router.get(
    "/assets/{asset_id}/file",
    response=PROBLEMS,
    openapi_extra=described("The clean copy", "image/*", "video/*", "application/pdf", is_binary=True),
)
@needs(Power.VIEW)
def file(request: HttpRequest, asset_id: UUID, wanted: Query[Size]) -> HttpResponseBase:
    """The clean copy, as it leaves: without metadata. Films are sent in pieces (`Range`)."""
    return asset_response(request, asset_to_choose(member_of(request), asset_id), wanted.size)


@router.get("/assets/{asset_id}/areas", response={200: list[SeenOut], **PROBLEMS})
@needs(Power.WRITE)
def areas(request: HttpRequest, asset_id: UUID) -> list[dict[str, Any]]:
    """The parts that were seen in a picture, to choose from what is covered."""
    found = asset_to_choose(member_of(request), asset_id)
    return [{**vars(area), "words": words, "is_found": is_found} for area, words, is_found in areas_in(found)]


@router.post("/assets/{asset_id}/cover", response={201: AssetOut, 413: Problem, **PROBLEMS})
@needs(Power.WRITE)
def cover(request: HttpRequest, asset_id: UUID, wanted: CoverIn) -> Any:
    """Make a covered copy, which is judged anew and takes the picture's place in posts that have not left. The picture
    before it is withheld. Nothing brings back what is covered.
    """
    by = member_of(request)
    found = asset_to_choose(by, asset_id)
    return Status(201, cover_asset(found, by=by, areas=_areas(found, wanted), alt_text=wanted.alt_text))


@router.post("/assets/{asset_id}/cut", response={201: AssetOut, 413: Problem, **PROBLEMS})
@needs(Power.WRITE)
def cut(request: HttpRequest, asset_id: UUID, wanted: CutIn) -> Any:
    """Make a copy of a film without these seconds, which is judged anew and takes the film's place in posts that have
    not left. The film before it is withheld. Nothing brings back what is cut.
    """
    by = member_of(request)
    return Status(201, cut_asset(asset_to_choose(by, asset_id), by=by, **wanted.model_dump()))


@router.get(
    "/assets/{asset_id}/captions",
    response=PROBLEMS,
    openapi_extra=described("The subtitles as they leave", "text/vtt"),
)
@needs(Power.VIEW, Power.WRITE)
def captions(request: HttpRequest, asset_id: UUID) -> HttpResponseBase:
    """The subtitles of a film."""
    return captions_response(asset_to_choose(member_of(request), asset_id))


@router.post("/assets/{asset_id}/captions", response={200: AssetOut, 413: Problem, **PROBLEMS})
@needs(Power.WRITE)
def give(request: HttpRequest, asset_id: UUID, file: File[UploadedFile]) -> Asset:
    """Give a film its subtitles (SRT or WebVTT, `multipart/form-data`). It is looked at again with them."""
    by = member_of(request)
    return give_captions(asset_to_choose(by, asset_id), by=by, chunks=file.chunks())


def _areas(asset: Asset, wanted: CoverIn) -> list[Area]:
    own = [Area(**area.model_dump()) for area in wanted.areas]
    found = [area for area, _words, is_found in areas_in(asset, wanted.way) if is_found]
    return own + (found if wanted.everything_found else [])
