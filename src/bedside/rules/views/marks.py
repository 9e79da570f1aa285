"""Findings that members called wrong: review them, and what became of the examples that were kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.rules.actions import accept_mark, reject_mark
from bedside.rules.examples import example_lines, still_firing
from bedside.rules.forms import ReviewForm
from bedside.rules.models import Mark
from bedside.rules.naming import title_of, titles_of
from bedside.rules.queries import MOST_SHOWN, mark_for, marks_for
from bedside.rules.tabs import tabs_for


@gate(Power.MANAGE_RULES)
def marks(request: DeskRequest) -> HttpResponse:
    """What is to be reviewed, oldest first, and what was reviewed lately."""
    titles = titles_of(request.member.organization)
    waiting = marks_for(request.member, state=Mark.State.OPEN).reverse()[:MOST_SHOWN]
    reviewed = marks_for(request.member).exclude(state=Mark.State.OPEN)[:MOST_SHOWN]
    context = {
        "tabs": tabs_for(request.member, "marks"),
        "waiting": [(each, titles.get(each.rule, each.rule)) for each in waiting],
        "reviewed": [(each, titles.get(each.rule, each.rule)) for each in reviewed],
    }
    return render(request, "rules/marks.html", context)


@gate(Power.MANAGE_RULES)
def mark(request: DeskRequest, mark_id: UUID) -> HttpResponseBase:
    """One mark: was the rule wrong? Then the text is kept as an example, as far as it is needed."""
    found = mark_for(request.member, mark_id)
    form = ReviewForm(request.POST or None, initial=found.example)
    if request.method == "POST" and form.is_valid() and _is_reviewed(request, found, form):
        return redirect("rules:marks")
    title = title_of(request.member.organization, found.rule)
    context = {"mark": found, "form": form, "title": title}
    return render(request, "rules/mark.html", context, status=422 if form.errors else 200)


def _is_reviewed(request: DeskRequest, found: Mark, form: ReviewForm) -> bool:
    said, by = form.cleaned_data, request.member
    try:
        if request.POST.get("do") == "accept":
            kept = {**found.example, "text": said["text"], "parent": said["parent"]}
            accept_mark(found, by=by, example=kept, answer=said["answer"])
            messages.success(request, _("Kept as an example. See below whether the rule still finds it."))
        else:
            reject_mark(found, by=by, answer=said["answer"])
            messages.success(request, _("Noted that the rule was right. The words are forgotten."))
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse_at_field(form, refusal)
        return False
    return True


@gate(Power.MANAGE_RULES)
def examples(request: DeskRequest) -> HttpResponse:
    """Every example that was kept, tried under today's rules: does its rule still fire?"""
    kept = list(marks_for(request.member, state=Mark.State.ACCEPTED)[:MOST_SHOWN])
    firing = still_firing(request.member.organization, kept)
    titles = titles_of(request.member.organization)
    lines = [(each, titles.get(each.rule, each.rule), firing[each.pk]) for each in kept]
    lines.sort(key=lambda line: not line[2])
    context = {
        "tabs": tabs_for(request.member, "marks"),
        "lines": lines,
        "still": sum(firing.values()),
    }
    return render(request, "rules/examples.html", context)


@require_GET
@gate(Power.MANAGE_RULES)
def export(request: DeskRequest) -> HttpResponseBase:
    """The same as JSON lines, which `bedside guard check` reads."""
    answer = StreamingHttpResponse(
        example_lines(request.member), content_type="application/jsonl; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="examples.jsonl"'
    return answer
