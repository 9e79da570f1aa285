"""The settings page of webhooks, and the metrics for whoever watches the installation."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from bedside.api.kinds import KINDS
from bedside.api.metrics import exposition, may_read
from bedside.api.webhooks import end_webhook, make_webhook, try_webhook, webhook_for, webhooks_of
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate, open_to_all
from bedside.people.powers import Power
from bedside.people.web_address import WebAddressField


class WebhookForm(forms.Form):
    """An address and what it wants to hear."""

    url = WebAddressField(
        label=gettext_lazy("Address"), max_length=500, example="https://example.org/bedside"
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Tell it when"), choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )


@gate(Power.MANAGE_ORGANIZATION)
def webhooks(request: DeskRequest) -> HttpResponse:
    """The addresses that hear what happens here, and how the last messages went."""
    form, secret = WebhookForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _made, secret = make_webhook(by=request.member, **form.cleaned_data)
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    told = [(hook, hook.calls.all()[:5]) for hook in webhooks_of(request.member)]
    context = {"form": form, "secret": secret, "webhooks": told}
    return render(request, "api/webhooks.html", context, status=422 if form.errors else 200)


@gate(Power.MANAGE_ORGANIZATION)
@require_POST
def end(request: DeskRequest, webhook_id: str) -> HttpResponse:
    """Stop telling an address."""
    end_webhook(webhook_for(request.member, webhook_id), by=request.member)
    messages.success(request, _("This address hears nothing any more."))
    return redirect("api:webhooks")


@gate(Power.MANAGE_ORGANIZATION)
@require_POST
def try_out(request: DeskRequest, webhook_id: str) -> HttpResponse:
    """Send an address one message, to see whether it is taken."""
    try_webhook(webhook_for(request.member, webhook_id), by=request.member)
    messages.success(request, _("A message is on its way. Reload this page in a moment to see how it went."))
    return redirect("api:webhooks")


@open_to_all("read by machines: from this machine, or with a key that may see numbers")
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts for a monitoring system, in Prometheus' text form. No words, no names."""
    if not may_read(request):
        raise NotAllowed(Power.MEASURE)
    content, content_type = exposition()
    return HttpResponse(content, content_type=content_type)
