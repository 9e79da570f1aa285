"""Who signs what: the organization's routes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bedside.approvals.forms import RouteForm, route_initial
from bedside.approvals.models import Route
from bedside.approvals.queries import routes_of
from bedside.approvals.routes import CALLED_FOR_BY, save_route
from bedside.foundation.refusal import Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power


@gate(Power.MANAGE_RULES)
def routes(request: DeskRequest) -> HttpResponse:
    """The three needs and the steps each one leads through."""
    return render(request, "approvals/routes.html", {"routes": routes_of(request.member.organization)})


@gate(Power.MANAGE_RULES)
def route(request: DeskRequest, need: str) -> HttpResponse:
    """Change the route for one need."""
    if need not in Route.Need.values:
        raise Http404
    organization = request.member.organization
    found = Route.objects.filter(organization=organization, need=need).first()
    form = RouteForm(request.POST or None, organization=organization, initial=route_initial(found, need))
    if request.method == "POST" and form.is_valid():
        try:
            hours = form.cleaned_data["expires_after_hours"]
            save_route(
                organization, need=need, steps=form.steps(), expires_after_hours=hours, by=request.member
            )
            messages.success(request, _("Saved. Requests that are open keep their steps."))
            return redirect("approvals:routes")
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    context = {"form": form, "label": CALLED_FOR_BY[need]}
    return render(request, "approvals/route.html", context, status=422 if form.errors else 200)
