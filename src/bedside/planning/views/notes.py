"""What writers and readers do about a note of the guard: call it wrong, put it aside, ask that it passes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.planning.actions.submitting import judged_post
from bedside.planning.clearance import KIND
from bedside.planning.composing import found_post, look_at
from bedside.planning.desk import desk_context, look_context
from bedside.planning.queries import post_for
from bedside.planning.typed import typed
from bedside.planning.views.composer import new_post
from bedside.rules.noting import do_as_said, said_in
from bedside.rules.waiving import may_decide


@require_POST
@gate(Power.WRITE, *SIGNING_POWERS.values())
def note(request: DeskRequest, post_id: UUID) -> HttpResponseBase:
    """A button below a note: in the composer about the words as they are typed, elsewhere about those saved."""
    return typed_note(request, post_id) if "text" in request.POST else saved_note(request, post_id)


def typed_note(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """Whoever types is an author, whether or not anything was saved yet."""
    member, form = request.member, typed(request.POST, request.member.organization.time_zone)
    post = found_post(member, post_id)
    judged = look_at(form.content, member=member, typed=form, post=post).judged
    sentence, _waiver = do_as_said(
        said_in(request.POST),
        [(each.material, each.verdict) for each in judged],
        subject=(KIND, post_id),
        authors=[member, *(post.authors.all() if post else [])],
        by=member,
    )
    if request.headers.get("HX-Request") == "true":
        seen = look_at(form.content, member=member, typed=form, post=post)
        context = look_context(seen, post_id=post_id, content=form.content, sentence=sentence)
        return render(request, "planning/parts/noted.html", context)
    messages.success(request, sentence)
    context = desk_context(post or new_post(request, post_id), member=member, typed=form)
    return render(request, "planning/compose.html", context)


def saved_note(request: DeskRequest, post_id: UUID) -> HttpResponseBase:
    """A reader who did not write it may ask, and decide it at once where that is theirs."""
    post = post_for(request.member, post_id)
    sentence, waiver = do_as_said(
        said_in(request.POST),
        [(each.material, each.verdict) for each in judged_post(post)],
        subject=(KIND, post.pk),
        authors=list(post.authors.all()),
        by=request.member,
    )
    if waiver is not None and may_decide(waiver, request.member):
        return HttpResponseRedirect(reverse("rules:waiver", args=[waiver.pk]))
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("planning:post", args=[post.pk]))
