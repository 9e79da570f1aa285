"""Campaigns: the list, beginning one, changing one, putting one away."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bedside.foundation import clock
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.planning.actions import archive_campaign, create_campaign, edit_campaign
from bedside.planning.forms import CampaignForm
from bedside.planning.models import Campaign, Post
from bedside.planning.queries import campaign_for


@gate(Power.VIEW)
def campaigns(request: DeskRequest) -> HttpResponseBase:
    """Every campaign that is not put away, and the form for a new one."""
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = create_campaign(by=request.member, **form.cleaned_data)
        messages.success(request, _("“%(name)s” is in the calendar.") % {"name": made.name})
        return redirect("planning:campaigns")
    living = ~Q(posts__state=Post.State.WITHDRAWN)
    found = Campaign.objects.filter(organization_id=request.member.organization_id, archived_at=None)
    counted = found.annotate(post_count=Count("posts", filter=living))
    today = clock.today(request.member.organization.time_zone)
    context = {"campaigns": counted, "form": form, "today": today}
    return render(request, "planning/campaigns.html", context, status=422 if form.errors else 200)


@gate(Power.WRITE)
def campaign(request: DeskRequest, campaign_id: UUID) -> HttpResponseBase:
    """Change a campaign."""
    found = campaign_for(request.member, campaign_id)
    initial = {name: getattr(found, name) for name in ("name", "goal", "starts_on", "ends_on")}
    form = CampaignForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        edit_campaign(found, by=request.member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("planning:campaigns")
    context = {"campaign": found, "form": form}
    return render(request, "planning/campaign.html", context, status=422 if form.errors else 200)


@require_POST
@gate(Power.WRITE)
def archive(request: DeskRequest, campaign_id: UUID) -> HttpResponseBase:
    """Put a campaign away."""
    archive_campaign(campaign_for(request.member, campaign_id), by=request.member)
    messages.success(request, _("Put away. Its posts stay as they are."))
    return redirect("planning:campaigns")
