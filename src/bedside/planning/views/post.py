"""One post that is not being written: how it stands, what became of it, its versions, and the verbs on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bedside.approvals.remarks import REMARKING
from bedside.approvals.remarks import comment as comment_on
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.planning.actions import (
    duplicate_post,
    plan_post,
    queue_post,
    reopen_post,
    restore_version,
    withdraw_post,
)
from bedside.planning.actions.telling import label_of
from bedside.planning.clearance import KIND
from bedside.planning.desk import desk_context
from bedside.planning.models import Post
from bedside.planning.queries import post_for, version_for
from bedside.planning.reading import reading_context, talk_of, version_lines
from bedside.planning.typed import typed
from bedside.planning.views.composer import write


@gate(Power.VIEW)
def post(request: DeskRequest, post_id: UUID) -> HttpResponseBase:
    """A draft opens in the composer for those who write; everything else is read."""
    if request.method == "POST":
        return write(request, post_id)
    found = post_for(request.member, post_id)
    if found.state == Post.State.DRAFT and request.member.can(Power.WRITE):
        context = desk_context(found, member=request.member)
        return render(request, "planning/compose.html", context | talk_of(found))
    return render(request, "planning/post.html", reading_context(found, member=request.member))


@require_POST
@gate(Power.WRITE, Power.PUBLISH)
def act(request: DeskRequest, post_id: UUID, verb: str) -> HttpResponseBase:
    """One verb on one post, then back to it."""
    found = post_for(request.member, post_id)
    if verb == "reopen":
        reopen_post(found, by=request.member)
        messages.info(request, _("It is a draft again. Its signatures no longer count."))
    elif verb == "withdraw":
        withdraw_post(found, by=request.member)
        messages.success(request, _("Withdrawn. Nothing of it leaves."))
    elif verb == "duplicate":
        found = duplicate_post(found, by=request.member)
        messages.success(request, _("This is the copy. The original is as it was."))
    elif verb == "queue":
        queue_post(found, by=request.member)
        messages.success(request, _("Planned for the next free queue time."))
    return HttpResponseRedirect(reverse("planning:post", args=[found.pk]))


@require_POST
@gate(Power.PUBLISH)
def plan(request: DeskRequest, post_id: UUID) -> HttpResponseBase:
    """Set, move or take away the time of a post."""
    found = post_for(request.member, post_id)
    form = typed(request.POST, request.member.organization.time_zone)
    try:
        if form.time_error:
            raise Refusal("no_time", form.time_error, field="planned_at")
        at = clock.now() if request.POST.get("do") == "now" else form.planned.at if form.planned else None
        plan_post(found, at=at, by=request.member)
    except Refusal as refusal:
        context = reading_context(found, member=request.member, refusal=refusal, typed=form)
        return render(request, "planning/post.html", context, status=422)
    if form.planned and form.planned.note:
        messages.warning(request, form.planned.note)
    return HttpResponseRedirect(reverse("planning:post", args=[found.pk]))


@require_POST
@gate(*REMARKING)
def comment(request: DeskRequest, post_id: UUID) -> HttpResponseBase:
    """A remark for the others who work on this post."""
    found = post_for(request.member, post_id)
    try:
        comment_on(
            organization=found.organization,
            subject_kind=KIND,
            subject_id=found.pk,
            text=request.POST.get("text", ""),
            by=request.member,
            label=label_of(found),
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(reverse("planning:post", args=[found.pk]) + "#comments")


@require_GET
@gate(Power.VIEW)
def versions(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """How the post read after each session of editing, and what changed from one to the next."""
    found = post_for(request.member, post_id)
    return render(request, "planning/versions.html", {"post": found, "lines": version_lines(found)})


@require_POST
@gate(Power.WRITE)
def restore(request: DeskRequest, post_id: UUID, version_id: UUID) -> HttpResponseBase:
    """Bring an earlier version back as a new save."""
    found = post_for(request.member, post_id)
    restore_version(found, version=version_for(found, version_id), by=request.member)
    messages.success(request, _("The earlier version is back. The one before it stays in the list."))
    return HttpResponseRedirect(reverse("planning:post", args=[found.pk]))
