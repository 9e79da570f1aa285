"""Writing and sending an answer: notes while one types, autosave, send, take back, throw away."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bedside.foundation.refusal import Refusal
from bedside.inbox.actions import send_reply, take_back_reply, withdraw_reply, write_reply
from bedside.inbox.actions.writing import too_long
from bedside.inbox.desk import conversation_context, list_context, notes_context
from bedside.inbox.filters import Filter
from bedside.inbox.forms import AnswerForm
from bedside.inbox.models import Conversation, Reply
from bedside.inbox.noting import answer_note
from bedside.inbox.queries import conversation_for, message_to_answer, reply_for
from bedside.library.saved_replies import saved_reply_for
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power
from bedside.rules.noting import said_in


@require_POST
@gate(Power.ANSWER)
def notes(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """What the guard and the network say of the words in the box; nothing is saved."""
    found = conversation_for(request.member, conversation_id)
    answered = message_to_answer(found)
    text = request.POST.get("text", "")
    context = notes_context(found, answered, text) if answered else {}
    return render(request, "inbox/notes.html", {"answer": context, "oob": True})


@require_POST
@gate(Power.ANSWER)
def note(request: DeskRequest, conversation_id: str) -> HttpResponseBase:
    """A button below a note: call it wrong, put it aside, ask that it passes; about the words in the box."""
    found = conversation_for(request.member, conversation_id)
    form = AnswerForm(request.POST)
    form.is_valid()
    text = form.words()["text"]
    sentence = answer_note(found, text, said_in(request.POST), by=request.member)
    if request.headers.get("HX-Request") == "true":
        answered = message_to_answer(found)
        context = notes_context(found, answered, text) if answered else {}
        return render(request, "inbox/noted.html", {"answer": context, "sentence": sentence})
    messages.success(request, sentence)
    return _again(request, found, text, None)


@require_POST
@gate(Power.ANSWER)
def draft(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Autosave: the answer carries the revision that was saved."""
    found = conversation_for(request.member, conversation_id)
    form = AnswerForm(request.POST)
    form.is_valid()
    words = form.words()
    if too_long(words["text"]):
        return HttpResponse(status=422)  # the notes below the box say why
    reply = write_reply(found, by=request.member, **words)
    return render(request, "inbox/revision.html", {"revision": reply.revision, "oob": True})


@require_POST
@gate(Power.ANSWER)
def answer(request: DeskRequest, conversation_id: str) -> HttpResponseBase:
    """Save, and send off unless only saving (or putting in a saved reply) was asked for."""
    found = conversation_for(request.member, conversation_id)
    form = AnswerForm(request.POST)
    form.is_valid()
    words = form.words()
    if saved := request.POST.get("saved", ""):
        kept = saved_reply_for(request.member, saved).text
        words["text"] = f"{words['text'].rstrip()}\n\n{kept}".strip()
    try:
        reply = write_reply(found, by=request.member, **words)
        if not saved and request.POST.get("do") != "save":
            reply = send_reply(reply, by=request.member)
            messages.success(request, _sent(reply))
    except Refusal as refusal:
        return _again(request, found, words["text"], refusal)
    return redirect(_back(found, request))


@require_POST
@gate(Power.ANSWER)
def take_back(request: DeskRequest, reply_id: str) -> HttpResponseBase:
    """Make an answer that has not left a draft again."""
    reply = reply_for(request.member, reply_id)
    take_back_reply(reply, by=request.member)
    messages.success(request, _("The answer is a draft again."))
    return redirect(_back(reply.conversation, request))


@require_POST
@gate(Power.ANSWER)
def throw_away(request: DeskRequest, reply_id: str) -> HttpResponseBase:
    """Throw an answer away that has not left."""
    reply = reply_for(request.member, reply_id)
    withdraw_reply(reply, by=request.member)
    messages.success(request, _("The answer was thrown away."))
    return redirect(_back(reply.conversation, request))


def _sent(reply: Reply) -> str:
    if reply.state == Reply.State.SUBMITTED:
        return _("The answer waits for a signature. We tell you what comes of it.")
    return _("The answer is on its way.")


def _again(request: DeskRequest, found: Conversation, text: str, refusal: Refusal | None) -> HttpResponse:
    """The same page with what was typed, and why it was not sent if that was wanted."""
    context = list_context(request.member, Filter.of(request.GET))
    context |= conversation_context(request.member, found)
    answered = context["answer"]["answered"]
    if answered is not None:
        context["answer"] |= notes_context(found, answered, text)
    context["refusal"] = refusal
    return render(request, "inbox/list.html", context, status=422 if refusal else 200)


def _back(found: Conversation, request: DeskRequest) -> str:
    return reverse("inbox:conversation", args=[found.pk]) + Filter.of(request.GET).query
