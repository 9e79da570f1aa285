"""The record on screen: who did what, searchable, verifiable, to take along."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from bedside.audit.export import Form, take_along
from bedside.audit.queries import before, find, first_broken_link, key_of, length_of, verbs
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.web.record.forms import QuestionForm


@gate(Power.AUDIT)
@require_GET
def lines(request: DeskRequest) -> HttpResponse:
    """The lines that answer the question, newest first."""
    key = key_of(request.member.organization_id)
    form = QuestionForm(request.GET, verbs=verbs(key))
    below = request.GET.get("below", "")
    page, next_below = before(find(key, form.question()), int(below) if below.isdecimal() else None)
    asked = request.GET.copy()
    asked.pop("below", None)
    context = {
        "form": form,
        "lines": page,
        "below": next_below,
        "length": length_of(key),
        "asked": asked.urlencode(),
    }
    return render(request, "web/record/lines.html", context)


@gate(Power.AUDIT)
@require_POST
def verify(request: DeskRequest) -> HttpResponse:
    """Walk the organization's chain from its first line and say what was found."""
    key = key_of(request.member.organization_id)
    context = {"broken": first_broken_link(key), "length": length_of(key)}
    return render(request, "web/record/verified.html", context)


@gate(Power.AUDIT)
@require_GET
def download(request: DeskRequest, form: Form) -> StreamingHttpResponse:
    """Take the lines that answer the question along, oldest first; that it was done is recorded."""
    organization_id = request.member.organization_id
    asked = QuestionForm(request.GET, verbs=verbs(key_of(organization_id)))
    lines = take_along(organization_id, asked.question(), form=form, by=request.member.actor)
    mime = "text/csv; charset=utf-8" if form == "csv" else "application/x-ndjson"
    headers = {"Content-Disposition": f'attachment; filename="record.{form}"'}
    return StreamingHttpResponse(lines, content_type=mime, headers=headers)
