"""The pages of the library: the grid, one asset, and the files themselves."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bedside.foundation.refusal import Refusal
from bedside.library.actions import archive_asset, describe_asset, restore_asset, upload_asset
from bedside.library.forms import AssetForm
from bedside.library.intake import TooLarge
from bedside.library.queries import asset_for, assets_for
from bedside.library.serving import asset_response, shown_asset
from bedside.people.gate import DeskRequest, gate, open_to_all
from bedside.people.powers import Power

PAGE = 48


@require_GET
@gate(Power.VIEW)
def assets(request: DeskRequest) -> HttpResponse:
    """Everything in the library that matches, the newest first."""
    words, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    is_archived = request.GET.get("archived") == "1"
    found = assets_for(request.member, words=words, kind=kind, is_archived=is_archived)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    here = {"page_obj": page, "words": words, "kind": kind, "is_archived": is_archived}
    template = (
        "library/results.html" if request.headers.get("HX-Target") == "results" else "library/assets.html"
    )
    return render(request, template, here)


@require_POST
@gate(Power.WRITE)
def upload(request: DeskRequest) -> HttpResponseBase:
    """Take files in: one with a fragment for the page that shows progress, or several from a plain form."""
    files = request.FILES.getlist("file")
    if request.headers.get("HX-Request") == "true" and len(files) == 1:
        return _upload_one(request)
    kept = 0
    for file in files:
        try:
            upload_asset(by=request.member, name=file.name or "", chunks=file.chunks())
            kept += 1
        except Refusal as refusal:
            messages.error(request, f"{file.name}: {refusal.sentence}")
    if kept:
        messages.success(
            request, ngettext("%d file is in the library.", "%d files are in the library.", kept) % kept
        )
    return redirect("library:assets")


def _upload_one(request: DeskRequest) -> HttpResponse:
    (file,) = request.FILES.getlist("file")
    try:
        asset = upload_asset(by=request.member, name=file.name or "", chunks=file.chunks())
    except Refusal as refusal:
        status = 413 if isinstance(refusal, TooLarge) else 422
        return HttpResponse(refusal.sentence, status=status, content_type="text/plain; charset=utf-8")
    return render(request, "library/card.html", {"asset": asset, "is_new": True})


@gate(Power.VIEW)
def asset(request: DeskRequest, asset_id: str) -> HttpResponseBase:
    """One asset: what it shows, what was seen in it, what was taken out of it."""
    found = asset_for(request.member, asset_id)
    form = AssetForm(request.POST or None, initial={"name": found.name, "alt_text": found.alt_text})
    if request.method == "POST" and form.is_valid():
        describe_asset(found, by=request.member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("library:asset", asset_id=found.pk)
    return render(
        request, "library/asset.html", {"asset": found, "form": form}, status=422 if form.errors else 200
    )


@require_POST
@gate(Power.WRITE)
def archive(request: DeskRequest, asset_id: str) -> HttpResponseBase:
    """Put an asset away, or bring it back."""
    found = asset_for(request.member, asset_id)
    if found.archived_at is None:
        archive_asset(found, by=request.member)
        messages.success(request, _("Put away. Posts that have this picture keep it."))
    else:
        restore_asset(found, by=request.member)
        messages.success(request, _("The picture is offered again."))
    return redirect("library:asset", asset_id=found.pk)


@require_GET
@gate(Power.VIEW)
def file(request: DeskRequest, asset_id: str, size: str) -> HttpResponseBase:
    """The clean copy or the thumbnail of an asset. There is no address for an original."""
    return asset_response(request, asset_for(request.member, asset_id), size)


@require_GET
@open_to_all("a signed address that shows one picture to a signer from outside")
def shown(request: HttpRequest, token: str) -> HttpResponseBase:
    """One picture for whoever holds its signed address."""
    found, size = shown_asset(token)
    return asset_response(request, found, size)
