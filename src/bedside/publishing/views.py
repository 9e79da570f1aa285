"""The ledger's pages: the list, one delivery with its story, and what a person may do about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bedside.foundation.refusal import Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.publishing.actions import (
    cancel_delivery,
    hold_delivery,
    release_delivery,
    reschedule,
    resolve_unsure,
    send_now,
)
from bedside.publishing.deeds import deeds_for
from bedside.publishing.forms import BecauseForm, DeleteForm, LedgerForm, MoveForm, ResolveForm
from bedside.publishing.models import Delivery
from bedside.publishing.queries import counts_for, delivery_for, ledger_page
from bedside.publishing.story import headline, story_of
from bedside.publishing.subjects import subject_of
from bedside.publishing.tabs import tabs_for
from bedside.publishing.taking_down import (
    delete_everywhere,
    delete_live,
    left_to_people,
    public_family,
)

ACTING = (Power.PUBLISH, Power.ANSWER, Power.HOLD)


@require_GET
@gate(Power.VIEW)
def ledger(request: DeskRequest) -> HttpResponse:
    """Every delivery, by what it needs, newest first; what is coming, soonest first."""
    form = LedgerForm(request.member, request.GET)
    wish = form.wish()
    context = {
        "form": form,
        "wish": wish,
        "found": ledger_page(request.member, wish),
        "tabs": tabs_for(wish, counts_for(request.member)),
        "next_url": _next_url(request),
    }
    is_more = request.headers.get("HX-Request") == "true" and wish.after
    return render(request, "publishing/lines.html" if is_more else "publishing/ledger.html", context)


@require_GET
@gate(Power.VIEW)
def delivery(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """One delivery: how it stands, its whole story, and what may be done."""
    return _page(request, delivery_for(request.member, delivery_id))


@require_POST
@gate(*ACTING)
def hold(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Stop it until somebody releases it."""
    form = BecauseForm(request.POST)

    def act(found: Delivery) -> str:
        hold_delivery(found, by=request.member, because=form.cleaned_data["because"])
        return _("It is held and does not leave until somebody releases it.")

    return _do(request, delivery_id, act, form)


@require_POST
@gate(*ACTING)
def release(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Let it leave."""

    def act(found: Delivery) -> str:
        release_delivery(found, by=request.member)
        return _("It waits again and passes the last gate before it leaves.")

    return _do(request, delivery_id, act)


@require_POST
@gate(*ACTING)
def now(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Send it now."""

    def act(found: Delivery) -> str:
        send_now(found, by=request.member)
        return _("It leaves in a moment, after the last gate.")

    return _do(request, delivery_id, act)


@require_POST
@gate(*ACTING)
def cancel(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Take it out of the queue."""

    def act(found: Delivery) -> str:
        cancel_delivery(found, by=request.member)
        return _("It is cancelled and will not leave.")

    return _do(request, delivery_id, act)


@require_POST
@gate(*ACTING)
def move(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Give it another time."""
    form = MoveForm(request.POST)

    def act(found: Delivery) -> str:
        reschedule(found, at=form.cleaned_data["at"], by=request.member)
        return _("It has a new time.")

    return _do(request, delivery_id, act, form)


@require_POST
@gate(*ACTING)
def resolve(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Say what was seen on the network."""
    form = ResolveForm(request.POST)

    def act(found: Delivery) -> str:
        resolve_unsure(found, by=request.member, **form.cleaned_data)
        return _("Thank you. What you saw is in the record.")

    return _do(request, delivery_id, act, form)


@require_POST
@gate(*ACTING)
def delete(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Have it deleted from the network, the evidence kept."""
    form = DeleteForm(request.POST)

    def act(found: Delivery) -> str:
        verb = delete_everywhere if form.cleaned_data["everywhere"] else delete_live
        verb(found, by=request.member, because=form.cleaned_data["because"])
        _tell_what_is_left(request, found)
        return _("The evidence is kept. The network is asked to delete it now.")

    return _do(request, delivery_id, act, form)


def _tell_what_is_left(request: DeskRequest, found: Delivery) -> None:
    for each in left_to_people(found):
        sentence = _("On %(channel)s a person found it by its address. Delete it there yourself: %(url)s")
        messages.warning(request, sentence % {"channel": each.channel.name, "url": each.receipt.url})


def _do(
    request: DeskRequest,
    delivery_id: UUID,
    act: Callable[[Delivery], str],
    form: forms.Form | None = None,
) -> HttpResponse:
    """Act and say so; a refusal is shown at its field, or over the page when it belongs to none."""
    found = delivery_for(request.member, delivery_id)
    if form is None or form.is_valid():
        try:
            messages.success(request, act(found))
            return redirect("publishing:delivery", found.pk)
        except Refusal as refusal:
            if form is None:
                messages.error(request, refusal.sentence)
                return redirect("publishing:delivery", found.pk)
            refuse_at_field(form, refusal)
    return _page(request, delivery_for(request.member, delivery_id), form)


def _page(request: DeskRequest, found: Delivery, form: forms.Form | None = None) -> HttpResponse:
    kinds: dict[str, type[forms.Form]] = {
        "move": MoveForm,
        "delete": DeleteForm,
        "resolve": ResolveForm,
        "because": BecauseForm,
    }
    context: dict[str, Any] = {
        "delivery": found,
        "crumbs": [{"label": _("Ledger"), "url": reverse("publishing:ledger")}, {"label": found.excerpt}],
        "headline": headline(found),
        "steps": story_of(found),
        "deeds": deeds_for(request.member, found),
        "subject_url": subject_of(found.subject_kind).url(found.subject_id),
        "family": public_family(found),
        "failed_form": form,
        **{f"{name}_form": form if isinstance(form, kind) else kind() for name, kind in kinds.items()},
    }
    return render(request, "publishing/delivery.html", context, status=422 if form else 200)


def _next_url(request: HttpRequest) -> str:
    """The present address without its place in the list; the template adds the next one."""
    query = request.GET.copy()
    query.pop("after", None)
    return f"{request.path}?{query.urlencode()}&after=" if query else f"{request.path}?after="
