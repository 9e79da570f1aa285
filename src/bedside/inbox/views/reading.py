"""The list, and one conversation beside it. Opening a conversation marks it as read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bedside.inbox.actions import open_conversation
from bedside.inbox.desk import conversation_context, list_context
from bedside.inbox.filters import Filter
from bedside.inbox.queries import conversation_for
from bedside.people.gate import DeskRequest, gate
from bedside.people.powers import Power


@require_GET
@gate(Power.ANSWER)
def conversations(request: DeskRequest) -> HttpResponse:
    """Everything that was said to us, the most urgent first."""
    return render(request, "inbox/list.html", list_context(request.member, Filter.of(request.GET)))


@require_GET
@gate(Power.ANSWER)
def conversation(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """One conversation; its thread is read again soon, in case something was deleted or said meanwhile."""
    found = conversation_for(request.member, conversation_id)
    open_conversation(found, by=request.member)
    chosen, context = Filter.of(request.GET), conversation_context(request.member, found)
    if request.headers.get("HX-Target") == "conversation":  # the list stays as it is beside it
        return render(request, "inbox/opened.html", context | {"query": chosen.query})
    return render(request, "inbox/list.html", list_context(request.member, chosen) | context)
