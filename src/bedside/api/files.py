"""Answers that are files: how they leave, and how the description tells of them."""

from collections.abc import Iterable
from typing import Any

from django.http import StreamingHttpResponse

TABLE = "text/csv"
LINES = "application/x-ndjson"


def file_of(lines: Iterable[str], *, mime: str, name: str) -> StreamingHttpResponse:
    """The lines as a file to be kept, sent as they are read."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(lines, content_type=f"{mime}; charset=utf-8", headers=headers)


def described(about: str, *mimes: str, is_binary: bool = False) -> dict[str, Any]:
    """What the description says of an answer that is a file of one of these kinds."""
    shape = {"type": "string", "format": "binary"} if is_binary else {"type": "string"}
    content = {mime: {"schema": shape} for mime in mimes}
    return {"responses": {200: {"description": about, "content": content}}}
