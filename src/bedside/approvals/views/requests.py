"""The queue of an approver and the page of one request."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bedside.approvals.actions import decide, undo
from bedside.approvals.cards import card_of
from bedside.approvals.forms import DecisionForm, OutsideForm, RemarkForm
from bedside.approvals.outside import (
    VOUCHING,
    invite_signer,
    may_hand_over,
    signing_link,
    withdraw_signer,
)
from bedside.approvals.pictures import member_url
from bedside.approvals.queries import (
    can_sign,
    closed_requests_for,
    comments_on,
    decision_for,
    open_requests_for,
    request_for,
    signer_for,
    undoable,
)
from bedside.approvals.remarks import REMARKING, comment
from bedside.approvals.settling import label_of
from bedside.approvals.signers import current_step, eligible
from bedside.foundation.refusal import Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import SIGNING_POWERS, Power

SIGNERS = tuple(SIGNING_POWERS.values())


@gate(Power.VIEW, *SIGNERS)
@require_GET
def queue(request: DeskRequest) -> HttpResponse:
    """What waits for me, what waits for others, what was decided."""
    waiting = open_requests_for(request.member)
    mine = [found for found in waiting if can_sign(found, request.member)]
    context = {
        "mine": [(found, card_of(found, member_url)) for found in mine],
        "others": [found for found in waiting if found not in mine],
        "closed": closed_requests_for(request.member, limit=20),
        "done": undoable(request.member, request.GET.get("done", "")),
    }
    return render(request, "approvals/queue.html", context)


@gate(Power.VIEW, *SIGNERS)
@require_GET
def one(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """One request: what will be public, what the guard says, who signs, who said what."""
    return _page(request, request_id, DecisionForm(), 200)


def _page(request: DeskRequest, request_id: UUID, form: DecisionForm, status: int) -> HttpResponse:
    found = request_for(request.member, request_id)
    step = current_step(found)
    context = {
        "found": found,
        "card": card_of(found, member_url),
        "form": form,
        "can_sign": can_sign(found, request.member),
        "is_author": str(request.member.pk) in found.authors,
        "step": step,
        "able": eligible(step) if step and found.state == found.State.OPEN else [],
        "remarks": comments_on(found.subject_kind, found.subject_id),
        "remark_form": RemarkForm(),
        "outside_form": OutsideForm(initial={"signing": step.signing if step else ""}),
        "may_vouch": request.member.can_any(VOUCHING) and found.state == found.State.OPEN,
        "outside": [each for each in found.outside_signers.all() if each.withdrawn_at is None],
    }
    return render(request, "approvals/request.html", context, status=status)


@gate(*SIGNERS)
@require_POST
def say(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """Sign, ask for a change, or refuse."""
    found, form = request_for(request.member, request_id), DecisionForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = decide(found, by=request.member, **said)
            return redirect(f"{reverse('approvals:queue')}?done={made.pk}")
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    return _page(request, request_id, form, 422)


@gate(*SIGNERS)
@require_POST
def take_back(request: DeskRequest, decision_id: UUID) -> HttpResponse:
    """Undo one's own decision within ten minutes."""
    reopened = undo(decision_for(request.member, decision_id), by=request.member)
    messages.success(request, _("Taken back. It waits for you again."))
    return redirect("approvals:request", reopened.pk)


@gate(*REMARKING)
@require_POST
def remark(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """Leave a remark for the author and the other signers."""
    found = request_for(request.member, request_id)
    comment(
        organization=found.organization,
        subject_kind=found.subject_kind,
        subject_id=found.subject_id,
        text=request.POST.get("text", ""),
        by=request.member,
        label=label_of(found),
    )
    return redirect("approvals:request", found.pk)


@gate(*VOUCHING)
@require_POST
def invite_outside(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """Ask somebody who is no member to sign this one request."""
    found, form, link = request_for(request.member, request_id), OutsideForm(request.POST), ""
    if form.is_valid():
        try:
            _signer, token = invite_signer(found, by=request.member, **form.cleaned_data)
            link = signing_link(token) if may_hand_over(found, request.member) else ""
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    context = {"found": found, "form": form, "link": link, "name": form.data.get("name")}
    return render(request, "approvals/outside_invited.html", context, status=422 if form.errors else 200)


@gate(*VOUCHING)
@require_POST
def withdraw_outside(request: DeskRequest, signer_id: UUID) -> HttpResponse:
    """Make a personal link useless."""
    signer = signer_for(request.member, signer_id)
    withdraw_signer(signer, by=request.member)
    messages.success(request, _("The link of %(name)s opens nothing any more.") % {"name": signer.name})
    return redirect("approvals:request", signer.request_id)
