"""Links: what a page of the organization's own site says of itself, for the card below a post."""

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, Pace, member_of, needs
from bedside.people.powers import Power
from bedside.planning.links import LinkPreview
from bedside.planning.site_reading import read_preview

router = Router(tags=["posts"])

GENTLY = Pace("20/m", "reading")  # every call asks the organization's own site


class PageIn(Given):
    """A page of the organization's own site."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": "https://riverside.example/flu"}]})

    url: str = Field(min_length=1, max_length=2000)


class PageOut(Schema):
    """The title and the description that the page gives itself: ready to be sent as one of a post's `links`."""

    url: str
    title: str
    description: str


@router.post("/links/read", response={200: PageOut, **PROBLEMS}, throttle=[GENTLY])
@needs(Power.WRITE)
def read(request: HttpRequest, page: PageIn) -> LinkPreview:
    """Read a page of the organization's own site. Sites of others are never called, and nothing is kept."""
    return read_preview(page.url, member_of(request).organization)
