"""Writing: the composer's page, its autosave, and the look at words that are not saved yet."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bedside.foundation.ids import uuid7
from bedside.foundation.refusal import Refusal
from bedside.library.actions import upload_asset
from bedside.library.intake import TooLarge
from bedside.library.queries import asset_to_choose, assets_for
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.planning.actions import ChangedMeanwhile, queue_post, submit_post
from bedside.planning.checklist import QUESTIONS
from bedside.planning.composing import KEPT_ALL_THE_SAME, found_post, keep, look_at
from bedside.planning.content import Content, Wording
from bedside.planning.desk import LinkLine, PictureLine, desk_context, look_context, saved_context
from bedside.planning.links import link_id
from bedside.planning.models import Post
from bedside.planning.queries import channels_of
from bedside.planning.site_reading import read_preview
from bedside.planning.times import USUAL, day_in, moment
from bedside.planning.typed import Typed, typed


@require_GET
@gate(Power.WRITE)
def compose(request: DeskRequest) -> HttpResponse:
    """An empty sheet. Its id is chosen here, so that the first save can come from a running page."""
    channels = channels_of(request.member)
    chosen = channels if len(channels) <= 2 else []
    content = Content(
        language=request.member.organization.language, wordings={channel.pk: Wording() for channel in chosen}
    )
    post = new_post(request, uuid7())
    post.planned_at = planned_on(request)
    return render(
        request, "planning/compose.html", desk_context(post, member=request.member, content=content)
    )


def planned_on(request: DeskRequest) -> datetime | None:
    """The day from which the calendar sent us here, at the usual time."""
    on = day_in(request.GET.get("on", ""))
    return moment(datetime.combine(on, USUAL), request.member.organization.time_zone).at if on else None


def new_post(request: DeskRequest, post_id: UUID) -> Post:
    """A post that is not saved yet."""
    return Post(
        pk=post_id, organization=request.member.organization, language=request.member.organization.language
    )


@require_POST
@gate(Power.WRITE)
def save(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """The autosave: keeps the form and answers with what changed around it."""
    form = typed(request.POST, request.member.organization.time_zone)
    refusal: Refusal | None = None
    try:
        post = keep(post_id, form, by=request.member)
    except Refusal as refused:
        refusal, post = refused, found_post(request.member, post_id) or new_post(request, post_id)
    context = saved_context(post, member=request.member, typed=form, refusal=refusal)
    status = 200 if refusal is None else 409 if isinstance(refusal, ChangedMeanwhile) else 422
    answer = render(request, "planning/parts/saved.html", context, status=status)
    answer.headers["HX-Replace-Url"] = reverse("planning:post", args=[post_id])
    if refusal is not None and refusal.field in KEPT_ALL_THE_SAME:
        answer.headers["X-Bedside-Kept"] = "words"
    return answer


@require_POST
@gate(Power.WRITE)
def look(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """Judge, count and preview what is being typed; nothing is kept."""
    form = typed(request.POST, request.member.organization.time_zone)
    seen = look_at(form.content, member=request.member, typed=form)
    return render(
        request, "planning/parts/look.html", look_context(seen, post_id=post_id, content=form.content)
    )


@gate(Power.WRITE)
def write(request: DeskRequest, post_id: UUID) -> HttpResponseBase:
    """The whole form, sent by a button: keep it, then do what the button says."""
    form = typed(request.POST, request.member.organization.time_zone)
    try:
        form = with_files(request, form)
        post = keep(post_id, form, by=request.member)
        return done(request, post)
    except Refusal as refusal:
        post = found_post(request.member, post_id) or new_post(request, post_id)
        if not isinstance(refusal, ChangedMeanwhile) and not post._state.adding:
            form = kept_form(request, post, form)
        context = desk_context(post, member=request.member, typed=form, refusal=refusal)
        return render(request, "planning/compose.html", context, status=422)


def kept_form(request: DeskRequest, post: Post, form: Typed) -> Typed:
    """The form with the revision that is saved now, so that the next save starts from it."""
    is_kept = Content.of(post) == form.content
    return replace(form, revision=post.revision) if is_kept else form


def with_files(request: DeskRequest, form: Typed) -> Typed:
    """Without script, files come with the form itself: they are uploaded and put behind the pictures."""
    for file in request.FILES.getlist("file"):
        asset = upload_asset(by=request.member, name=file.name or "", chunks=file.chunks())
        form = form.with_picture(asset.pk, asset.alt_text)
    return form


def done(request: DeskRequest, post: Post) -> HttpResponseBase:
    """Do what the button said, and go where the post can be seen."""
    wanted = request.POST.get("do", "save")
    if wanted == "submit":
        submit_post(post, by=request.member)
        messages.success(request, _("Sent for approval. You will hear from the signers."))
    elif wanted == "clear":
        answers = {key: request.POST.get(f"check-{key}") == "on" for key in QUESTIONS}
        submit_post(post, by=request.member, checklist=answers)
        messages.success(request, _("Cleared. Your answers are in the record."))
    elif wanted == "queue":
        queued = queue_post(post, by=request.member)
        messages.success(request, _("Planned for the next free queue time."))
        return HttpResponseRedirect(reverse("planning:post", args=[queued.pk]))
    else:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("planning:post", args=[post.pk]))


@require_POST
@gate(Power.WRITE)
def picture(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """A file dropped on the composer: into the library, and its card into the form."""
    files = request.FILES.getlist("file")
    try:
        if len(files) != 1:
            raise Refusal("empty", _("No file arrived. Choose it again."))
        asset = upload_asset(by=request.member, name=files[0].name or "", chunks=files[0].chunks())
    except Refusal as refusal:
        status = 413 if isinstance(refusal, TooLarge) else 422
        return HttpResponse(refusal.sentence, status=status, content_type="text/plain; charset=utf-8")
    return render(request, "planning/parts/picture.html", {"line": PictureLine(asset, asset.alt_text)})


@require_POST
@gate(Power.WRITE)
def link(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """Fill the card of a link with what the page of our own site says of itself: asked for by a press, never else."""
    read = read_preview(request.POST.get("url", ""), request.member.organization)
    line = LinkLine(link_id(read.url), read, can_read=True)
    return render(request, "planning/parts/link.html", {"line": line, "post_id": post_id})


@require_GET
@gate(Power.WRITE)
def library(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """The library's newest pictures to choose from, in a dialog."""
    words = request.GET.get("q", "")
    found = assets_for(request.member, words=words)[:36]
    return render(
        request, "planning/parts/library.html", {"assets": found, "words": words, "post_id": post_id}
    )


@require_GET
@gate(Power.WRITE)
def chosen(request: DeskRequest, asset_id: UUID) -> HttpResponse:
    """The card of one picture that was chosen from the library."""
    asset = asset_to_choose(request.member, asset_id)
    return render(request, "planning/parts/picture.html", {"line": PictureLine(asset, asset.alt_text)})
