"""The worker's entrances to this room. Each may be lost or called twice without harm."""

from uuid import UUID

from bedside.approvals.models import Request
from bedside.approvals.queries import last_words, latest_request
from bedside.foundation.work import every, job
from bedside.inbox.actions import agree_reply, return_reply
from bedside.inbox.judgement import KIND
from bedside.inbox.listening import due_channels, listen_to_all, look_again
from bedside.inbox.models import Conversation, Reply

LISTEN_EVERY = 30.0  # seconds
AT_ONCE = 100


@every(LISTEN_EVERY, can_wait=True)
def listen() -> None:
    """Read what people said to every channel."""
    listen_to_all()


@every(60)
def settle_answered() -> None:
    """Give every answer whose request is answered its new state. Usually the news has done it already."""
    asked = Request.objects.filter(subject_kind=KIND, state=Request.State.OPEN).values("subject_id")
    answered = Reply.objects.filter(state=Reply.State.SUBMITTED).exclude(pk__in=asked)
    for pk in answered.order_by("edited_at").values_list("pk", flat=True)[:AT_ONCE]:
        request = latest_request(KIND, pk)
        if request is not None and request.state == Request.State.AGREED:
            agree_reply(pk)
        else:
            return_reply(pk, words=last_words(request))


@job
def listen_to_organization(organization_id: str) -> None:
    """Read one organization's channels soon after something of it was published."""
    listen_to_all(due_channels().filter(organization_id=UUID(organization_id)))


@job
def look_at_thread(conversation_id: str) -> None:
    """Read the thread of a conversation that somebody has just opened."""
    found = (
        Conversation.objects.select_related("channel__organization").filter(pk=UUID(conversation_id)).first()
    )
    if found is not None:
        look_again(found)
