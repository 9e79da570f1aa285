"""The organization's own rules: see them, write one with its examples, try it, put it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bedside.foundation.refusal import Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.rules.actions import archive_own_rule, restore_own_rule, save_own_rule
from bedside.rules.forms import OwnRuleForm, TryForm
from bedside.rules.models import OwnRule
from bedside.rules.queries import own_rule_for, own_rules_for
from bedside.rules.tabs import tabs_for
from bedside.rules.trying import trial_of


@gate(Power.MANAGE_RULES)
def own_rules(request: DeskRequest) -> HttpResponse:
    """All rules of the organization's own, and those that were put away."""
    context = {
        "tabs": tabs_for(request.member, "own"),
        "rules": own_rules_for(request.member),
        "archived": own_rules_for(request.member, archived=True),
    }
    return render(request, "rules/own.html", context)


@gate(Power.MANAGE_RULES)
def own_rule(request: DeskRequest, rule_id: UUID | None = None) -> HttpResponseBase:
    """Write a rule, or change one. The form stays as it was typed until every example passes."""
    rule = own_rule_for(request.member, rule_id) if rule_id else None
    form = OwnRuleForm.of(rule, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            by = request.member
            fields = form.cleaned_data
            saved = save_own_rule(by.organization, fields=fields, by=by, rule=rule)
            messages.success(request, _("Saved. “%(title)s” holds from now on.") % {"title": saved.title})
            return redirect("rules:own")
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    return _page(request, form, rule)


def _page(request: DeskRequest, form: OwnRuleForm, rule: OwnRule | None) -> HttpResponse:
    if rule is not None:
        rule.refresh_from_db()  # a refused form leaves nothing behind in the title
    trial = trial_of(form, rule, request.POST.get("text", "")) if form.is_bound else None
    context = {"form": form, "rule": rule, "trial": trial, "try_form": TryForm(request.POST or None)}
    return render(request, "rules/own_rule.html", context, status=422 if form.errors else 200)


@require_POST
@gate(Power.MANAGE_RULES)
def try_it(request: DeskRequest) -> HttpResponse:
    """How the examples and a text come out with the rule as it is typed; nothing is saved."""
    wanted = request.POST.get("rule", "")
    rule = own_rule_for(request.member, wanted) if wanted else None  # type: ignore[arg-type]  # or_404 takes text
    form = OwnRuleForm.of(rule, request.POST)
    tried = trial_of(form, rule, request.POST.get("text", ""))
    return render(request, "rules/parts/trial.html", {"trial": tried})


@require_POST
@gate(Power.MANAGE_RULES)
def put_away(request: DeskRequest, rule_id: UUID) -> HttpResponseBase:
    """It finds nothing any more."""
    rule = archive_own_rule(own_rule_for(request.member, rule_id), by=request.member)
    messages.success(request, _("“%(title)s” is put away and finds nothing.") % {"title": rule.title})
    return redirect("rules:own")


@require_POST
@gate(Power.MANAGE_RULES)
def bring_back(request: DeskRequest, rule_id: UUID) -> HttpResponseBase:
    """It holds again."""
    rule = restore_own_rule(own_rule_for(request.member, rule_id), by=request.member)
    messages.success(request, _("“%(title)s” holds again.") % {"title": rule.title})
    return redirect("rules:own")
