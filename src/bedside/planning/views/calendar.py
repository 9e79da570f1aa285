"""The calendar's page, and moving a post to another day."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.planning.actions import plan_post
from bedside.planning.calendar import board_for, unplanned_for
from bedside.planning.filters import Filter
from bedside.planning.models import Post
from bedside.planning.outlook import said
from bedside.planning.queries import campaigns_of, channels_of, post_for, tags_of
from bedside.planning.times import USUAL, Moment, day_in, moment, wall


@require_GET
@gate(Power.VIEW)
def calendar(request: DeskRequest) -> HttpResponse:
    """Month or week, as the address says."""
    return render(request, "planning/calendar.html", calendar_context(request, request.GET))


def calendar_context(request: DeskRequest, asked: QueryDict) -> dict[str, Any]:
    """What the page shows for this address."""
    member = request.member
    view = "week" if asked.get("view") == "week" else "month"
    on = day_in(asked.get("on", "")) or clock.today(member.organization.time_zone)
    chosen = Filter.of(asked)
    return {
        "board": board_for(member, view=view, on=on, chosen=chosen),
        "unplanned": unplanned_for(member, chosen),
        "chosen": chosen,
        "on": on,
        "view": view,
        "may_write": member.can(Power.WRITE),
        "week_url": f"{reverse('planning:calendar')}?view=week&{chosen.as_query}",
        "compose_url": reverse("planning:compose"),
        **filter_choices(request),
    }


def filter_choices(request: DeskRequest) -> dict[str, Any]:
    """What can be chosen in the filters."""
    member = request.member
    return {
        "channels": channels_of(member),
        "campaigns": campaigns_of(member),
        "tags": tags_of(member),
        "states": Post.State.choices,
    }


@require_POST
@gate(Power.PUBLISH)
def move(request: DeskRequest) -> HttpResponse:
    """A post was dropped on a day: same time of day, or the usual one when it had none."""
    notice: dict[str, str] = {}
    status = 200
    try:
        post = post_for(request.member, request.POST.get("id", ""))
        understood = moment_on(post, request.POST.get("day", ""), request.member.organization.time_zone)
        plan_post(post, at=understood.at, by=request.member)
        sentence = _("Moved to %(when)s") % {"when": said(understood.at)}
        notice = {
            "sentence": f"{sentence}. {understood.note}" if understood.note else sentence,
            "tone": "good",
        }
    except Refusal as refusal:
        notice, status = {"sentence": refusal.sentence, "tone": "danger"}, 409
    context = calendar_context(request, request.GET)
    return render(request, "planning/parts/moved.html", {**context, "notice": notice}, status=status)


def moment_on(post: Post, day: str, zone: str) -> Moment:
    """The moment on another day at the post's own time of day."""
    on = day_in(day)
    if on is None:
        raise Refusal("no_day", _("This is no day. Choose one in the calendar."))
    at_time = wall(post.planned_at, zone).time() if post.planned_at else USUAL
    return moment(datetime.combine(on, at_time), zone)
