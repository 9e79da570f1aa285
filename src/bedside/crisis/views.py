"""The page of holds: what is stopped, by whom and why; stop, and let go on."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bedside.crisis.actions import lift_hold, place_hold, scope_words
from bedside.crisis.forms import HoldForm
from bedside.crisis.models import Hold
from bedside.crisis.places import places_for
from bedside.crisis.queries import hold_for, holds_seen_by, past_holds
from bedside.people.gate import DeskRequest, gate
from bedside.people.models import Member
from bedside.people.powers import Power


@require_http_methods(["GET", "POST"])
@gate(Power.VIEW)
def holds(request: DeskRequest) -> HttpResponse:
    """Everybody sees what is stopped; who has the power can stop."""
    member = request.member
    form = HoldForm(member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        channel_id = form.channel_id
        name = places_for(member).get(channel_id, "") if channel_id else ""
        place_hold(
            organization_id=member.organization_id,
            channel_id=channel_id,
            channel_name=name,
            reason=form.cleaned_data["reason"],
            by=member,
        )
        messages.success(request, _("Sending is stopped. What is due meanwhile is held and not lost."))
        return redirect("crisis:holds")
    status = 422 if form.errors else 200
    return render(request, "crisis/holds.html", _context(member, form), status=status)


@require_POST
@gate(Power.HOLD)
def lift(request: DeskRequest, hold_id: UUID) -> HttpResponse:
    """Let sending go on."""
    hold = hold_for(request.member, hold_id)
    if hold is None:
        raise Http404
    name = places_for(request.member).get(hold.channel_id, "") if hold.channel_id else ""
    lift_hold(hold, by=request.member, channel_name=name)
    messages.success(request, _("Sending goes on. What became too late meanwhile stays held for you."))
    return redirect("crisis:holds")


def _context(member: Member, form: HoldForm) -> dict[str, object]:
    names = places_for(member)

    def shown(hold: Hold) -> tuple[Hold, str]:
        return hold, scope_words(hold, names.get(hold.channel_id, "") if hold.channel_id else "")

    return {
        "form": form,
        "holds": [shown(hold) for hold in holds_seen_by(member)],
        "past": [shown(hold) for hold in past_holds(member)],
        "may_hold": member.can(Power.HOLD),
    }
