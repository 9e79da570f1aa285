"""What holds for every answer: a strict content security policy, and refusals told in one sentence."""

import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.web import errors

log = logging.getLogger(__name__)

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)


class ContentSecurity:
    """Adds the policy to every answer: scripts and styles only from our own files, nothing inline."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class Refusals:
    """Turns a Refusal that a view let through into a page (or a fragment for htmx) that says why.

    A database that does not answer (locked too long, disk full, cut off) is told as a pause, not as a fault.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and request.accepts("text/html"):
            told = errors.no_page(request)  # an empty answer tells nobody anything
            told["Allow"] = response["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, OperationalError):
            log.error("The database does not answer.", exc_info=exception)
            return errors.unavailable(request)
        if not isinstance(exception, Refusal):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 409
        is_fragment = request.headers.get("HX-Request") == "true"
        template = "web/refusal_fragment.html" if is_fragment else "web/refusal.html"
        context = {"refusal": exception, "back_url": _page_before(request)}
        response = render(request, template, context, status=status)
        if is_fragment:  # told beside the page, so that the form that was sent stays as it is
            response["HX-Retarget"], response["HX-Reswap"] = "#notices", "beforeend"
        return response


def _page_before(request: HttpRequest) -> str:
    """The page of ours that this request came from, if it says so."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if is_ours and before != request.build_absolute_uri() else ""
