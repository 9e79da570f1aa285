"""The pages of the numbers: the overview with its table, the table to take along, and one post's."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bedside.insights import export
from bedside.insights.forms import NumbersForm
from bedside.insights.overview import overview_of
from bedside.insights.post import numbers_of
from bedside.insights.queries import lines_of, results_for
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power

PAGE = 25


@gate(Power.MEASURE)
@require_GET
def overview(request: DeskRequest) -> HttpResponse:
    """A few numbers, two charts, and what worked."""
    form = NumbersForm(request.GET, member=request.member)
    wanted = form.wanted()
    shown = overview_of(request.member, wanted)
    pages = Paginator(results_for(request.member, wanted).values_list("pk", flat=True), PAGE)
    pages.count = shown.totals.deliveries  # counted already
    page = pages.get_page(request.GET.get("page"))
    context = {"form": form, "wanted": wanted, "shown": shown, "page": page, "asked": request.GET.urlencode()}
    return render(request, "insights/overview.html", context | {"lines": lines_of(list(page))})


@gate(Power.MEASURE)
@require_GET
def table(request: DeskRequest) -> StreamingHttpResponse:
    """The table as a file for a spreadsheet, with every row of the question."""
    wanted = NumbersForm(request.GET, member=request.member).wanted()
    name = f"posts-{wanted.since:%Y-%m-%d}-{wanted.until:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = export.as_csv(request.member, wanted)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@gate(Power.VIEW, Power.MEASURE)
@require_GET
def post(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """One post's numbers: a page of its own, or the part of it that another page asks for."""
    context = {"numbers": numbers_of(request.member, post_id)}
    is_part = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    return render(request, "insights/parts/post.html" if is_part else "insights/post.html", context)
