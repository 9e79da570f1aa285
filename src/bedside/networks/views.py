"""The pages of channels: which are connected, how they are, and connecting one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bedside.foundation.refusal import Refusal
from bedside.networks.actions import disconnect
from bedside.networks.catalogue import UnknownNetwork, connector_of, connectors
from bedside.networks.connecting import Errand, begin_visit, end_visit, sign_in
from bedside.networks.forms import SignInForm
from bedside.networks.queries import channel_for, channels_for
from bedside.people.forms import refuse_at_field
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power


@gate(Power.VIEW, Power.MANAGE_CHANNELS)
@require_GET
def channels(request: DeskRequest) -> HttpResponse:
    """Every connected page and profile with its health and what to do."""
    context = {"channels": channels_for(request.member).select_related("location")}
    return render(request, "networks/channels.html", context)


@gate(Power.MANAGE_CHANNELS)
@require_GET
def choose(request: DeskRequest) -> HttpResponse:
    """Which network, and which way to sign in."""
    return render(request, "networks/choose.html", {"connectors": connectors()})


@gate(Power.MANAGE_CHANNELS)
def connect(request: DeskRequest, network: str, way: str) -> HttpResponse:
    """Ask what the network asks, then sign in or lead to a visit."""
    errand = _errand(request, network, way)
    form = SignInForm(request.POST or None, network=network, way=errand.chosen)
    if request.method == "POST" and form.is_valid():
        try:
            return _go_on(request, errand, form)
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    context = {
        "form": form,
        "card": connector_of(network).card,
        "way": errand.chosen,
        "channel": _known(request, errand),
    }
    return render(request, "networks/connect.html", context, status=422 if form.errors else 200)


def _errand(request: DeskRequest, network: str, way: str) -> Errand:
    again = request.GET.get("channel", "")
    try:
        errand = Errand(network, way, UUID(again) if again else None)
        errand.chosen  # noqa: B018  # a way that the network does not have ends here
    except (UnknownNetwork, StopIteration, ValueError):
        raise Http404 from None
    return errand


def _known(request: DeskRequest, errand: Errand) -> object:
    return channel_for(request.member, errand.channel_id) if errand.channel_id else None


def _go_on(request: DeskRequest, errand: Errand, form: SignInForm) -> HttpResponse:
    if not errand.chosen.needs_visit:
        return _welcome(request, sign_in(errand, form.answers(), by=request.member).name)
    return_url = request.build_absolute_uri(reverse("networks:return"))
    visit_url = begin_visit(errand, form.answers(), request.session, return_url=return_url)
    context = {"visit_url": visit_url, "card": connector_of(errand.network).card}
    return render(request, "networks/visit.html", context)


@gate(Power.MANAGE_CHANNELS)
@require_GET
def come_back(request: DeskRequest) -> HttpResponse:
    """The member returns from the network."""
    return _welcome(request, end_visit(request.session, request.GET.dict(), by=request.member).name)


def _welcome(request: DeskRequest, name: str) -> HttpResponse:
    messages.success(request, _("%(name)s is connected.") % {"name": name})
    return redirect("networks:channels")


@gate(Power.VIEW, Power.MANAGE_CHANNELS)
@require_GET
def channel(request: DeskRequest, channel_id: UUID) -> HttpResponse:
    """One channel: how it is, and connecting it again."""
    found = channel_for(request.member, channel_id)
    try:
        connector = connector_of(found.network)
    except UnknownNetwork:
        raise Http404 from None
    return render(request, "networks/channel.html", {"channel": found, "connector": connector})


@gate(Power.MANAGE_CHANNELS)
@require_POST
def leave(request: DeskRequest, channel_id: UUID) -> HttpResponse:
    """Forget the credentials; what went through the channel stays."""
    gone = disconnect(channel_for(request.member, channel_id), by=request.member)
    messages.success(request, _("%(name)s is disconnected. Its history stays.") % {"name": gone.name})
    return redirect("networks:channels")
