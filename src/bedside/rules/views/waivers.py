"""Findings that were let pass or asked about: the list, one of them, and the decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate
from bedside.rules.actions import decide_waiver, withdraw_waiver
from bedside.rules.actions.waivers import may_withdraw
from bedside.rules.forms import DecideForm
from bedside.rules.models import Waiver
from bedside.rules.pieces import pieces_of
from bedside.rules.queries import MOST_SHOWN, waiver_for, waivers_for, waivers_waiting_for
from bedside.rules.subjects import url_of
from bedside.rules.tabs import SEES_WAIVERS, tabs_for
from bedside.rules.waiving import may_decide


@gate(*SEES_WAIVERS)
def waivers(request: DeskRequest) -> HttpResponse:
    """What waits for the member first, then everything else, newest first."""
    waiting = waivers_waiting_for(request.member)
    mine = {waiver.pk for waiver in waiting}
    others = [each for each in waivers_for(request.member)[:MOST_SHOWN] if each.pk not in mine]
    context = {"tabs": tabs_for(request.member, "waivers"), "waiting": waiting, "others": others}
    return render(request, "rules/waivers.html", context)


@gate(*SEES_WAIVERS)
def waiver(request: DeskRequest, waiver_id: UUID) -> HttpResponseBase:
    """The finding with the words around it, what was said so far, and the decision where it is the member's turn."""
    found = waiver_for(request.member, waiver_id)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_decided(request, found, form):
        return redirect("rules:waiver", waiver_id)
    context = {
        "waiver": found,
        "form": form,
        "may_decide": may_decide(found, request.member),
        "may_withdraw": may_withdraw(found, request.member),
        "url": url_of(found.subject_kind, found.subject_id),
        "fields": [pieces_of(found, field) for field in found.texts],
    }
    return render(request, "rules/waiver.html", context, status=422 if form.errors else 200)


def _is_decided(request: DeskRequest, found: Waiver, form: DecideForm) -> bool:
    says = "agree" if request.POST.get("do") == "agree" else "refuse"
    try:
        decided = decide_waiver(found, by=request.member, says=says, reason=form.cleaned_data["reason"])
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse_at_field(form, refusal)
        return False
    words = {
        Waiver.State.BEGUN: _("Noted. A second person has to agree as well; they have been told."),
        Waiver.State.GIVEN: _("It passes, in exactly this text. The author has been told."),
        Waiver.State.REFUSED: _("It does not pass. The author has been told."),
    }
    messages.success(request, words[Waiver.State(decided.state)])
    return True


@require_POST
@gate(*SEES_WAIVERS)
def withdraw(request: DeskRequest, waiver_id: UUID) -> HttpResponseBase:
    """The finding counts again."""
    withdraw_waiver(waiver_for(request.member, waiver_id), by=request.member)
    messages.success(request, _("Taken back. The finding counts again."))
    return redirect("rules:waiver", waiver_id)
