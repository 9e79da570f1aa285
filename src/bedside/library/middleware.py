"""Turns away what is larger than this installation takes, before a byte of it is read or written."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from bedside.library.intake import too_large

_FORM = 1_000_000  # what the fields around a file may take


class UploadLimit:
    """Answers 413 with a sentence to a request whose announced length is over the limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        announced = request.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > settings.BEDSIDE_MAX_UPLOAD_BYTES + _FORM:
            return HttpResponse(too_large(), status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
