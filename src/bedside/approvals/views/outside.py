"""The page of an outside signer: one request, by a personal link, nothing else of the organization."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bedside.approvals import pictures
from bedside.approvals.cards import card_of
from bedside.approvals.forms import DecisionForm
from bedside.approvals.models import OutsideSigner
from bedside.approvals.outside import sign_outside, signer_by
from bedside.approvals.signers import current_step
from bedside.foundation.refusal import Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import open_to_all


@open_to_all("the personal link is the proof; it opens one request and expires")
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Show the one request, and take what the signer says about it."""
    signer = signer_by(token)
    if signer is None:
        return render(request, "approvals/outside_over.html", status=410)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = sign_outside(signer, **form.cleaned_data)
            return render(request, "approvals/outside_thanks.html", {"signer": signer, "made": made})
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    return _page(request, signer, token, form)


def _page(request: HttpRequest, signer: OutsideSigner, token: str, form: DecisionForm) -> HttpResponse:
    found, step = signer.request, current_step(signer.request)
    context = {
        "signer": signer,
        "found": found,
        "organization": found.organization,
        "card": card_of(found, partial(pictures.outside_url, token)),
        "form": form,
        "is_turn": found.state == found.State.OPEN and step is not None and step.signing == signer.signing,
        "has_answered": signer.decisions.filter(undone_at=None).exists(),
    }
    with timezone.override(found.organization.time_zone), translation.override(found.organization.language):
        return render(request, "approvals/outside.html", context, status=422 if form.errors else 200)


@open_to_all("a picture of the one request that the personal link opens")
@never_cache
def picture(request: HttpRequest, token: str, asset_id: str) -> HttpResponseBase:
    """A picture that belongs to the request, and no other."""
    signer = signer_by(token)
    if signer is None or asset_id not in {p["asset"] for p in signer.request.card.get("pictures", [])}:
        raise Http404
    return pictures.shown(request, signer.request.organization_id, asset_id)
