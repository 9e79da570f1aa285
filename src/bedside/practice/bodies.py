"""Reading what a caller sends, never more than a limit: JSON, forms, and files in multipart forms.

Nothing here judges the content; it only gets it out of the bytes.
"""

import json
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bedside.practice.refusals import Refusal, bad_request
from bedside.practice.settings import FORM_BYTES_MAX, JSON_BYTES_MAX

_DRAINED_MAX = 32 * 1024 * 1024
_PARTS_MAX = 20


@dataclass(frozen=True)
class Part:
    """A field of a multipart form; `filename` is None for plain fields."""

    name: str
    filename: str | None
    body: bytes


async def read_body(request: Request, most: int) -> bytes:
    """The body; refused with 413 past `most` bytes, after reading a little on so that the caller hears it."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= most:
            chunks.append(chunk)
        elif size > most + _DRAINED_MAX:
            break
    if size > most:
        raise Refusal(413, "too_large", f"The body is larger than the {most} bytes allowed here.", limit=most)
    return b"".join(chunks)


async def read_json(request: Request, most: int = JSON_BYTES_MAX) -> Any:
    """The body as JSON; an empty body is an empty object."""
    body = await read_body(request, most)
    if not body.strip():
        return {}
    try:
        content = json.loads(body)
        if b"\\u" in body:
            json.dumps(content, ensure_ascii=False).encode()  # half a surrogate pair cannot be stored
    except (ValueError, RecursionError):
        raise bad_request("The body is not JSON.") from None
    return content


async def read_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object."""
    body = await read_json(request)
    if not isinstance(body, dict):
        raise bad_request("The body must be a JSON object.")
    return body


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an ordinary form; the last of several with one name counts."""
    body = await read_body(request, FORM_BYTES_MAX)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50, errors="strict"))
    except ValueError:
        raise bad_request("The form could not be read.") from None


async def read_multipart(request: Request, most: int) -> list[Part]:
    """The parts of a multipart form of at most `most` bytes, at most twenty parts."""
    kind = Message()
    kind["content-type"] = request.headers.get("content-type", "")
    boundary = kind.get_param("boundary")
    if kind.get_content_type() != "multipart/form-data" or not isinstance(boundary, str) or not boundary:
        raise bad_request("Send the file as multipart/form-data.")
    body = b"\r\n" + await read_body(request, most)
    pieces = body.split(b"\r\n--" + boundary.encode("latin-1", "replace"), _PARTS_MAX + 1)
    if len(pieces) < 2 or len(pieces) > _PARTS_MAX + 1 or not pieces[-1].startswith(b"--"):
        raise bad_request("The multipart form is cut off or has too many parts.")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    head, separator, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    if not separator or len(head) > 4096:
        raise bad_request("A part of the multipart form has no proper head.")
    described = Message()
    for line in head.decode("utf-8", "replace").split("\r\n"):
        field, _, value = line.partition(":")
        if field.strip().lower() == "content-disposition":
            described["content-disposition"] = value.strip()
    name = described.get_param("name", header="content-disposition")
    if not isinstance(name, str):
        raise bad_request("A part of the multipart form has no name.")
    return Part(name, described.get_filename(), content)
