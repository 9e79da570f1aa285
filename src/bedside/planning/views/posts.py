"""The list of posts and the verbs on many of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bedside.foundation.ids import uuid_in
from bedside.foundation.refusal import Refusal
from bedside.people.gate import DeskRequest, gate
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.actions import (
    Outcome,
    plan_many,
    shift_many,
    submit_many,
    tag_many,
    withdraw_many,
)
from bedside.planning.filters import Filter
from bedside.planning.listing import SPANS, page_of
from bedside.planning.typed import planned_in
from bedside.planning.views.calendar import filter_choices


@require_GET
@gate(Power.VIEW)
def posts(request: DeskRequest) -> HttpResponse:
    """One page of the list."""
    span = request.GET.get("span", "")
    span = span if span in SPANS else "upcoming"
    chosen = Filter.of(request.GET)
    page, rows = page_of(request.member, span=span, chosen=chosen, number=request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": rows,
        "chosen": chosen,
        "span": span,
        "view": "list",
        "keep": {"span": span},
    }
    return render(request, "planning/posts.html", {**context, **filter_choices(request)})


@require_POST
@gate(Power.WRITE, Power.PUBLISH)
def many(request: DeskRequest) -> HttpResponseBase:
    """One verb on the chosen posts; each refusal is told with its post."""
    ids = [found for found in (uuid_in(each) for each in request.POST.getlist("post")) if found]
    try:
        outcome = _VERBS[request.POST.get("do", "")](ids, request.POST, request.member)
        _tell(request, outcome)
    except KeyError:
        messages.error(request, _("Choose what to do with these posts."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if is_ours else reverse("planning:posts"))


def _tell(request: DeskRequest, outcome: Outcome) -> None:
    if outcome.done:
        done = len(outcome.done)
        messages.success(request, ngettext("Done for %d post.", "Done for %d posts.", done) % done)
    for post, sentence in outcome.refused[:5]:
        messages.error(request, f"“{str(post)[:40]}”: {sentence}")
    if len(outcome.refused) > 5:
        messages.error(request, _("And %d more were refused.") % (len(outcome.refused) - 5))


def _plan(ids: list[UUID], form: QueryDict, by: Member) -> Outcome:
    day, at_time = form.get("planned_on", ""), form.get("planned_time", "")
    planned, error = planned_in(day, at_time, by.organization.time_zone)
    if planned is None:
        raise Refusal("no_time", error or _("Give both a day and a time."))
    return plan_many(ids, at=planned.at, by=by)


def _shift(ids: list[UUID], form: QueryDict, by: Member) -> Outcome:
    try:
        days = int(form.get("days", ""))
    except ValueError:
        raise Refusal("no_days", _("Say by how many days, for example 7 or -1.")) from None
    if not -366 <= days <= 366:
        raise Refusal("too_far", _("Move posts by up to 366 days at a time."))
    return shift_many(ids, days=days, by=by)


def _tag(ids: list[UUID], form: QueryDict, by: Member) -> Outcome:
    if not (tag := form.get("tag", "").strip()):
        raise Refusal("no_tag", _("Write the tag first."))
    return tag_many(ids, tag=tag, by=by)


_VERBS: dict[str, Callable[[list[UUID], QueryDict, Member], Any]] = {
    "plan": _plan,
    "shift": _shift,
    "tag": _tag,
    "withdraw": lambda ids, form, by: withdraw_many(ids, by=by),
    "submit": lambda ids, form, by: submit_many(ids, by=by),
}
