"""How often each rule fired, was let pass, and was called wrong."""

from django.http import HttpResponse
from django.shortcuts import render

from bedside.people.gate import DeskRequest, gate
from bedside.rules.accuracy import DEFINITIONS, Span, accuracy_of
from bedside.rules.forms import AccuracyForm
from bedside.rules.tabs import SEES_ACCURACY, tabs_for


@gate(*SEES_ACCURACY)
def accuracy(request: DeskRequest) -> HttpResponse:
    """Numbers with their definitions, for the chosen days."""
    form = AccuracyForm(request.GET if "days" in request.GET else {"days": "30"})
    organization = request.member.organization
    found = accuracy_of(organization, Span.last(form.chosen(), organization.time_zone))
    context = {
        "tabs": tabs_for(request.member, "accuracy"),
        "form": form,
        "found": found,
        "means": DEFINITIONS,
        "fired": sum(each.fired for each in found.rules),
        "waived": sum(each.waived for each in found.rules),
        "marked": sum(each.marked for each in found.rules),
        "accepted": sum(each.accepted for each in found.rules),
    }
    return render(request, "rules/accuracy.html", context)
