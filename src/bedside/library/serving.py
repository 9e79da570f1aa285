"""Handing the clean copy of an asset to a browser.

Originals are never served: no function here can name one.
"""

import re

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)

from bedside.library import files
from bedside.library.models import Asset

_YEAR = 31_536_000
MOST_AT_ONCE = 4_000_000  # bytes of a film in one answer; the player asks for the next
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def asset_response(request: HttpRequest, asset: Asset, size: str) -> HttpResponseBase:
    """The bytes of one size. They never change, so the browser keeps them; nobody in between does."""
    kept = asset.clean_path if size == "full" or not asset.thumbnail_path else asset.thumbnail_path
    tag = f'"{asset.content_hash[:32]}-{size}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponseBase = HttpResponseNotModified()
    else:
        answer = _file(request, asset, kept)
    answer.headers["ETag"] = tag
    kept_by_browsers = f"private, max-age={_YEAR}, immutable"
    answer.headers["Cache-Control"] = kept_by_browsers if asset.withheld_at is None else "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def captions_response(asset: Asset) -> HttpResponseBase:
    """The subtitles of a film as the file that leaves with it; a 404 where it has none."""
    try:
        words = files.captions_of(asset)
    except FileNotFoundError:
        words = b""
    if not words:
        raise Http404
    answer = HttpResponse(words, content_type="text/vtt; charset=utf-8")
    name = f"{asset.kind}-{asset.content_hash[:10]}.vtt"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _file(request: HttpRequest, asset: Asset, kept: str) -> HttpResponseBase:
    path = files.path_of(kept)
    if not path.is_file():
        raise Http404
    mime = asset.mime if kept == asset.clean_path else "image/webp"
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    start, end = _span(asked, size) if asked and asset.kind == Asset.Kind.VIDEO else (0, size - 1)
    if asked is None or asset.kind != Asset.Kind.VIDEO or not 0 <= start <= end < size:
        answer: HttpResponseBase = FileResponse(path.open("rb"), content_type=mime)
        answer.headers["Accept-Ranges"] = "bytes" if asset.kind == Asset.Kind.VIDEO else "none"
        return answer
    with path.open("rb") as file:
        file.seek(start)
        piece = file.read(end - start + 1)
    answer = HttpResponse(piece, status=206, content_type=mime)
    answer.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return answer


def _span(asked: re.Match[str], size: int) -> tuple[int, int]:
    """The bytes a player asks for, a piece at a time (RFC 9110, section 14): films are read where they are played."""
    first, last = asked.group(1), asked.group(2)
    if not first:
        return max(0, size - int(last or 0)), size - 1
    start = int(first)
    return start, min(int(last) if last else size - 1, size - 1, start + MOST_AT_ONCE - 1)
