"""Where signers see the pictures of a request. The pictures themselves are in a room beside this one.

`config.wiring` says here how a picture's bytes are served to an outside signer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase


@dataclass
class Shelf:
    """How the bytes of an asset are answered: (request, organization id, asset id) → response."""

    serve: Callable[[HttpRequest, UUID, str], HttpResponseBase] | None = None


shelf = Shelf()


def shown(request: HttpRequest, organization_id: UUID, asset_id: str) -> HttpResponseBase:
    """The picture as an answer; a 404 when there is none."""
    if shelf.serve is None:
        raise Http404
    return shelf.serve(request, organization_id, asset_id)


def member_url(asset_id: str) -> str:
    """The address of a picture for a signed-in member."""
    return f"/library/asset/{asset_id}/full"


def outside_url(token: str, asset_id: str) -> str:
    """The address of the same picture behind a personal link."""
    return f"/approvals/outside/{token}/pictures/{asset_id}"
