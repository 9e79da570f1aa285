"""Looking after conversations: close, open again, assign; hide a comment and show it again."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bedside.inbox.actions import (
    assign_conversation,
    close_conversation,
    hide_message,
    reopen_conversation,
    unhide_message,
)
from bedside.inbox.filters import Filter
from bedside.inbox.models import Conversation
from bedside.inbox.queries import conversation_for, conversations_for, message_for
from bedside.people.gate import DeskRequest, gate, or_404
from bedside.people.models import Member
from bedside.people.powers import Power


@require_POST
@gate(Power.ANSWER)
def close(request: DeskRequest, conversation_id: str) -> HttpResponseBase:
    """Close it, and go on with the next one of the list."""
    found = conversation_for(request.member, conversation_id)
    following = _following(request, found)
    close_conversation(found, by=request.member)
    messages.success(request, _("Closed. A new message opens it again."))
    return redirect(_page_of(following, request) if following else _list(request))


@require_POST
@gate(Power.ANSWER)
def reopen(request: DeskRequest, conversation_id: str) -> HttpResponseBase:
    """Take it up again."""
    found = conversation_for(request.member, conversation_id)
    reopen_conversation(found, by=request.member)
    messages.success(request, _("The conversation is open again."))
    return redirect(_page_of(found, request))


@require_POST
@gate(Power.ANSWER)
def assign(request: DeskRequest, conversation_id: str) -> HttpResponseBase:
    """Give it to somebody, to oneself, or to nobody."""
    found = conversation_for(request.member, conversation_id)
    wanted = request.POST.get("to", "")
    members = Member.objects.active().select_related("role", "user")
    to = or_404(members, request.member, wanted) if wanted else None
    assign_conversation(found, to=to, by=request.member)
    return redirect(_page_of(found, request))


@require_POST
@gate(Power.ANSWER)
def hide(request: DeskRequest, message_id: str) -> HttpResponseBase:
    """Hide a comment below our post, or show it again."""
    message = message_for(request.member, message_id)
    if message.hidden_at is None:
        hide_message(message, by=request.member)
        messages.success(request, _("Hidden on the network. You can show it again at any time."))
    else:
        unhide_message(message, by=request.member)
        messages.success(request, _("Everybody can see the comment again."))
    return redirect(_page_of(message.conversation, request))


def _following(request: DeskRequest, found: Conversation) -> Conversation | None:
    """The conversation below this one in the list that is on the screen, else the first one."""
    chosen = Filter.of(request.GET)
    listed = conversations_for(request.member, chosen.wanted, after=chosen.after).conversations
    places = [each.pk for each in listed]
    here = places.index(found.pk) if found.pk in places else -1
    others = listed[here + 1 :] + listed[: max(here, 0)]
    return others[0] if others else None


def _page_of(found: Conversation, request: DeskRequest) -> str:
    return reverse("inbox:conversation", args=[found.pk]) + Filter.of(request.GET).query


def _list(request: DeskRequest) -> str:
    return reverse("inbox:list") + Filter.of(request.GET).query
