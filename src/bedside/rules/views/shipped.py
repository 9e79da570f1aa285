"""The rules that ship with the product: all of them, the explanation of each, and its weight here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.rules.actions import end_regrade, regrade_rule
from bedside.rules.explaining import families, told
from bedside.rules.forms import RegradeForm
from bedside.rules.queries import Line, history_of, line_for, lines_for, own_rule_by_key, regrade_for
from bedside.rules.tabs import SEES_RULES, tabs_for


@gate(*SEES_RULES)
def rules(request: DeskRequest) -> HttpResponse:
    """Title, family, weight here, override level and citations of every rule."""
    family, words = request.GET.get("family", ""), request.GET.get("q", "")[:100]
    lines = lines_for(request.member, family=family, words=words)
    if request.GET.get("show") == "regraded":
        lines = [line for line in lines if line.regrade]
    context = {
        "tabs": tabs_for(request.member, "all"),
        "lines": lines,
        "families": families(),
        "family": family,
        "words": words,
        "only_regraded": request.GET.get("show") == "regraded",
    }
    return render(request, "rules/all.html", context)


@gate(*SEES_RULES)
def rule(request: DeskRequest, rule_id: str) -> HttpResponseBase:
    """Everything about one rule; who manages rules can give it another weight."""
    if own := own_rule_by_key(request.member, rule_id):
        return render(request, "rules/own_explained.html", {"rule": own})
    line = line_for(request.member, rule_id)
    form = RegradeForm(request.POST or None, line=line)
    if request.method == "POST" and form.is_valid() and _is_regraded(request, line, form):
        return redirect("rules:rule", rule_id)
    context = {
        "line": line,
        "told": told(line.rule),
        "form": form,
        "history": history_of(request.member, rule_id),
        "may_manage": request.member.can(Power.MANAGE_RULES),
    }
    return render(request, "rules/rule.html", context, status=422 if form.errors else 200)


def _is_regraded(request: DeskRequest, line: Line, form: RegradeForm) -> bool:
    """Give the weight; a refusal stands at its field, a missing power is a 403 as everywhere."""
    by = request.member
    try:
        regrade_rule(by.organization, rule=line.rule, by=by, **form.cleaned_data)
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse_at_field(form, refusal)
        return False
    messages.success(request, _("Saved. It weighs differently from now on, at the last gate too."))
    return True


@require_POST
@gate(Power.MANAGE_RULES)
def end(request: DeskRequest, regrade_id: UUID) -> HttpResponseBase:
    """The rule weighs what it weighs by itself again."""
    ended = end_regrade(regrade_for(request.member, regrade_id), by=request.member)
    messages.success(request, _("The rule has its own weight back."))
    return redirect("rules:rule", ended.rule)
