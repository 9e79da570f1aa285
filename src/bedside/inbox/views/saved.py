"""The safe answers that are one key away: see them, keep, change, put away, take over the first set."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bedside.foundation.refusal import Refusal
from bedside.inbox.desk import KEYS
from bedside.inbox.forms import SavedReplyForm
from bedside.library.saved_replies import (
    add_starter_set,
    archive_saved_reply,
    keep_saved_reply,
    saved_replies_for,
    saved_reply_for,
)
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power


@gate(Power.ANSWER)
def saved(request: DeskRequest, saved_id: str = "") -> HttpResponseBase:
    """All saved answers, and a form for one more or for the one that is being changed."""
    edited = saved_reply_for(request.member, saved_id) if saved_id else None
    start = {name: getattr(edited, name) for name in SavedReplyForm.base_fields} if edited else {}
    form = SavedReplyForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            organization = request.member.organization
            keep_saved_reply(organization, by=request.member, reply=edited, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect("inbox:saved")
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    return _page(request, form, edited)


def _page(request: DeskRequest, form: SavedReplyForm, edited: object) -> HttpResponse:
    found = list(enumerate(saved_replies_for(request.member), start=1))
    context = {"form": form, "edited": edited, "saved": found, "keys": KEYS}
    return render(request, "inbox/saved.html", context, status=422 if form.errors else 200)


@require_POST
@gate(Power.ANSWER)
def put_away(request: DeskRequest, saved_id: str) -> HttpResponseBase:
    """Offer an answer no more."""
    archive_saved_reply(saved_reply_for(request.member, saved_id), by=request.member)
    messages.success(request, _("Put away."))
    return redirect("inbox:saved")


@require_POST
@gate(Power.ANSWER)
def starter_set(request: DeskRequest) -> HttpResponseBase:
    """Take over the first set of safe answers."""
    made = len(add_starter_set(request.member.organization, by=request.member))
    words = ngettext("%(count)d safe answer is there now.", "%(count)d safe answers are there now.", made)
    messages.success(request, words % {"count": made} if made else _("You have all of them already."))
    return redirect("inbox:saved")
