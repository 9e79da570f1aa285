"""The weekly queue times of the channels."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bedside.foundation.refusal import Refusal
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.planning.actions import add_slot, remove_slot
from bedside.planning.forms import SlotForm
from bedside.planning.queries import open_channel_for, queue_of, slot_for


@gate(Power.VIEW)
def queue(request: DeskRequest) -> HttpResponse:
    """Every channel with its week of queue times and the next free one."""
    return render(request, "planning/queue.html", {"weeks": queue_of(request.member), "form": SlotForm()})


@require_POST
@gate(Power.PUBLISH)
def add(request: DeskRequest, channel_id: UUID) -> HttpResponseBase:
    """A new queue time for a channel."""
    channel = open_channel_for(request.member, channel_id)
    form = SlotForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("bad_slot", _("Choose a day of the week and a time."))
        add_slot(
            channel, weekday=form.cleaned_data["weekday"], at=form.cleaned_data["time"], by=request.member
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("planning:queue")


@require_POST
@gate(Power.PUBLISH)
def remove(request: DeskRequest, slot_id: UUID) -> HttpResponseBase:
    """Take a queue time away."""
    remove_slot(slot_for(request.member, slot_id), by=request.member)
    messages.success(request, _("Removed. What is planned for that time stays planned."))
    return redirect("planning:queue")
