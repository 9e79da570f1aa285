"""What does a person read when a page cannot be shown? Each error says what happened, why, and what to do next."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template import loader

from bedside.people.gate import open_to_all

_WHY = "errors are shown to everybody"


@open_to_all(_WHY)
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """400: the browser sent something that makes no sense here, or more of it than is accepted."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return too_large(request)
    return render(request, "web/400.html", status=400)


@open_to_all(_WHY)
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but without the power."""
    return render(request, "web/403.html", status=403)


@open_to_all(_WHY)
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the proof that the form came from our page is missing or old."""
    return render(request, "web/form_expired.html", status=403)


@open_to_all(_WHY)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such thing, or it belongs to another organization; the page does not tell which."""
    return render(request, "web/404.html", status=404)


@open_to_all(_WHY)
def no_page(request: HttpRequest) -> HttpResponse:
    """405: an address that only takes what a form sends was opened by itself."""
    return render(request, "web/405.html", status=405)


@open_to_all(_WHY)
def too_large(request: HttpRequest) -> HttpResponse:
    """413: the file or text is larger than this installation accepts."""
    return render(request, "web/413.html", status=413)


@open_to_all(_WHY)
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many tries in a short time, most often at sign-in."""
    return render(request, "web/429.html", status=429)


@open_to_all(_WHY)
def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Nothing that was saved is lost."""
    return _without_database(request, "web/500.html", 500)


@open_to_all(_WHY)
def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database does not answer or the disk is full; sending has stopped by itself."""
    return _without_database(request, "web/503.html", 503)


def _without_database(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Render without context processors: whoever is signed in cannot be asked for when the database is the fault."""
    return HttpResponse(loader.render_to_string(template, {"request": request}), status=status)
