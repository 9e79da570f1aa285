"""The pages of the library: the grid, one asset, and the files themselves."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.library.actions import (
    archive_asset,
    cover_asset,
    cut_asset,
    describe_asset,
    give_captions,
    note_withheld_seen,
    restore_asset,
    upload_asset,
)
from bedside.library.areas import areas_in
from bedside.library.forms import AssetForm, CoverForm, CutForm, what_to_cut
from bedside.library.intake import TooLarge
from bedside.library.models import Asset
from bedside.library.queries import asset_for, assets_for, may_see_withheld
from bedside.library.serving import asset_response, captions_response
from bedside.people.gate import DeskRequest, gate
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
    here = {"asset": found, "form": form, "may_show": _may_show(request, found)}
    template = "library/seen.html" if request.headers.get("HX-Target") == "seen" else "library/asset.html"
    return render(request, template, here, status=422 if form.errors else 200)


@gate(Power.WRITE)
def cover(request: DeskRequest, asset_id: str) -> HttpResponseBase:
    """Cover parts of a picture: tick what was found, or draw; the copy takes its place."""
    found = asset_for(request.member, asset_id)
    _refuse_withheld(request, found)
    form = CoverForm(request.POST or None, initial={"alt_text": found.alt_text, "way": "box"})
    if request.method == "POST" and form.is_valid():
        try:
            words = form.cleaned_data["alt_text"]
            copy = cover_asset(found, by=request.member, areas=form.areas(found), alt_text=words)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("The covered copy is here. The picture before it is out of reach now.")
            )
            return redirect("library:asset", asset_id=copy.pk)
    here = {"asset": found, "form": form, "parts": areas_in(found), "ticked": request.POST.getlist("area")}
    return render(request, "library/cover.html", here, status=422 if form.errors else 200)


@gate(Power.WRITE)
def cut(request: DeskRequest, asset_id: str) -> HttpResponseBase:
    """Take seconds out of a film; the copy without them takes its place."""
    found = asset_for(request.member, asset_id)
    _refuse_withheld(request, found)
    form = CutForm(request.POST or None, initial=what_to_cut(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            words = {name: given[name] for name in ("start", "end", "alt_text")}
            copy = cut_asset(found, by=request.member, **words)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The cut copy is here. The film before it is out of reach now."))
            return redirect("library:asset", asset_id=copy.pk)
    status = 422 if form.errors else 200
    return render(request, "library/cut.html", {"asset": found, "form": form}, status=status)


@gate(Power.VIEW, Power.WRITE)
def captions(request: DeskRequest, asset_id: str) -> HttpResponseBase:
    """The subtitles of a film: read them, or give the film its own."""
    found = asset_for(request.member, asset_id)
    if request.method != "POST":
        return captions_response(found)
    try:
        file = request.FILES.get("captions")
        give_captions(found, by=request.member, chunks=file.chunks() if file else ())
        messages.success(request, _("Kept. The film is looked at again with its subtitles."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("library:asset", asset_id=found.pk)


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
    found = asset_for(request.member, asset_id)
    _refuse_withheld(request, found)
    if found.withheld_at is not None and size == "full":
        note_withheld_seen(found, by=request.member)
    return asset_response(request, found, size)


def _may_show(request: DeskRequest, asset: Asset) -> bool:
    return asset.withheld_at is None or may_see_withheld(request.member)


def _refuse_withheld(request: DeskRequest, asset: Asset) -> None:
    if not _may_show(request, asset):
        raise NotAllowed(
            Power.APPROVE_PRIVACY,
            _("This picture was covered and is out of reach now. Privacy officers alone may look at it."),
        )
