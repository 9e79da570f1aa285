"""Handing the clean copy of an asset to a browser, and addresses that show one picture to somebody outside.

Originals are never served: no function here can name one.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.urls import reverse

from bedside.library import files
from bedside.library.models import Asset

SIZES = ("thumb", "full")
_SALT = "library.shown"
_SHOWN_FOR = timedelta(days=45)  # longer than any request for signatures lives by default
_YEAR = 31_536_000


def asset_response(request: HttpRequest, asset: Asset, size: str) -> HttpResponseBase:
    """The bytes of one size. They never change, so the browser keeps them; nobody in between does."""
    kept = asset.clean_path if size == "full" or not asset.thumbnail_path else asset.thumbnail_path
    tag = f'"{asset.content_hash[:32]}-{size}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponseBase = HttpResponseNotModified()
    else:
        answer = _file(asset, kept)
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def shown_url(asset: Asset, size: str = "thumb") -> str:
    """An address that shows this one picture to whoever holds it, for some weeks: for signers from outside."""
    return reverse("library:shown", args=[signing.dumps([str(asset.pk), size], salt=_SALT)])


def shown_asset(token: str) -> tuple[Asset, str]:
    """The picture and size that an address of `shown_url` names; a 404 when it is forged or too old."""
    try:
        asset_id, size = signing.loads(token, salt=_SALT, max_age=_SHOWN_FOR)
        return Asset.objects.get(pk=UUID(asset_id)), str(size)
    except (signing.BadSignature, Asset.DoesNotExist, ValueError, TypeError):
        raise Http404 from None


def _file(asset: Asset, kept: str) -> HttpResponse | FileResponse:
    path = files.path_of(kept)
    if not path.is_file():
        raise Http404
    mime = asset.mime if kept == asset.clean_path else "image/webp"
    return FileResponse(path.open("rb"), content_type=mime)
