"""Settings of the organization: its facts and policies, its locations, its directory of clinicians."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.people.directory import save_clinician, save_location, save_organization
from bedside.people.forms import ClinicianForm, LocationForm, OrganizationForm, PolicyForm, refuse_at_field
from bedside.people.gate import DeskRequest, gate, or_404
from bedside.people.models import Clinician, Location
from bedside.people.powers import Power


@gate(Power.MANAGE_ORGANIZATION, Power.MANAGE_PEOPLE, Power.MANAGE_CHANNELS, Power.MANAGE_RULES)
def settings(request: DeskRequest) -> HttpResponse:
    """What can be set, each with a sentence."""
    return render(request, "people/settings.html")


@gate(Power.MANAGE_ORGANIZATION)
def organization(request: DeskRequest) -> HttpResponse:
    """The organization's public facts."""
    return _edit(request, OrganizationForm, "people/organization.html")


@gate(Power.MANAGE_ORGANIZATION)
def policies(request: DeskRequest) -> HttpResponse:
    """What the organization demands of its members and deliveries."""
    return _edit(request, PolicyForm, "people/policies.html")


def _edit(request: DeskRequest, kind: type[OrganizationForm | PolicyForm], template: str) -> HttpResponse:
    form = kind(request.POST or None, instance=request.member.organization)
    if request.method == "POST" and form.is_valid():
        fresh = type(request.member.organization).objects.get(pk=request.member.organization_id)
        try:
            save_organization(fresh, changes=form.cleaned_data, by=request.member)
            messages.success(request, _("Saved."))
            return redirect(request.path)
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


@gate(Power.MANAGE_ORGANIZATION)
def locations(request: DeskRequest) -> HttpResponse:
    """The places where patients are seen."""
    found = request.member.organization.locations.all()
    return render(request, "people/locations.html", {"locations": found})


@gate(Power.MANAGE_ORGANIZATION)
def location(request: DeskRequest, location_id: str = "") -> HttpResponse:
    """Add a location, or change one."""
    edited = or_404(Location.objects.all(), request.member, location_id) if location_id else None
    form = LocationForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        try:
            fields, organization = form.cleaned_data, request.member.organization
            save_location(organization, fields=fields, by=request.member, location=edited)
            return redirect("people:locations")
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    context = {"form": form, "edited": edited}
    return render(request, "people/location.html", context, status=422 if form.errors else 200)


@gate(Power.MANAGE_ORGANIZATION)
def clinicians(request: DeskRequest) -> HttpResponse:
    """The directory. These names are known to the guard as clinicians, not patients."""
    found = request.member.organization.clinicians.prefetch_related("locations").order_by(
        "-is_active", "full_name"
    )
    return render(request, "people/clinicians.html", {"clinicians": found})


@gate(Power.MANAGE_ORGANIZATION)
def clinician(request: DeskRequest, clinician_id: str = "") -> HttpResponse:
    """Add somebody to the directory, or change the entry."""
    organization = request.member.organization
    edited = or_404(Clinician.objects.all(), request.member, clinician_id) if clinician_id else None
    form = ClinicianForm(request.POST or None, instance=edited, organization=organization)
    if request.method == "POST" and form.is_valid():
        try:
            save_clinician(organization, fields=form.cleaned_data, by=request.member, clinician=edited)
            return redirect("people:clinicians")
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    context = {"form": form, "edited": edited}
    return render(request, "people/clinician.html", context, status=422 if form.errors else 200)
