"""The shell's own pages: Today, search and palette, the page of components. Errors are in `errors.py`."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bedside.people.gate import DeskRequest, gate, open_to_all
from bedside.people.powers import Power
from bedside.web import palette, showroom
from bedside.web.today import items_for


@gate(*Power)
def today(request: DeskRequest) -> HttpResponse:
    """What needs me now, what goes out today, what came in."""
    sections = items_for(request.member)
    return render(request, "web/today.html", {"sections": sections, "is_done": not sections["needs_me"]})


@gate(*Power)
def search(request: DeskRequest) -> HttpResponse:
    """The search as a page: works without script, and can be linked."""
    words = request.GET.get("q", "")
    return render(request, "web/search.html", {"words": words, "groups": palette.find(request, words)})


@gate(*Power)
def palette_results(request: DeskRequest) -> HttpResponse:
    """The same search as the palette's list."""
    words = request.GET.get("q", "")
    return render(
        request, "web/palette_results.html", {"words": words, "groups": palette.find(request, words)}
    )


@open_to_all("shows made-up examples; only where DEBUG is on or to those who manage the organization")
def components(request: HttpRequest, part: str = "") -> HttpResponse:
    """Every component with all its states, for those who build and check screens."""
    member = getattr(request, "member", None)
    if not settings.DEBUG and not (member and member.can(Power.MANAGE_ORGANIZATION)):
        raise Http404
    return render(request, "web/showroom/page.html", showroom.examples(request, part))
