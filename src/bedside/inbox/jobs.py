"""The worker's entrances to this room. Each may be lost or called twice without harm."""

from uuid import UUID

from bedside.approvals import answered
from bedside.foundation.work import every, job
from bedside.inbox.actions import agree_reply, return_reply
from bedside.inbox.judgement import KIND
from bedside.inbox.listening import due_channels, listen_to_all, look_again
from bedside.inbox.models import Conversation, Reply

LISTEN_EVERY = 30.0  # seconds


@every(LISTEN_EVERY, can_wait=True)
def listen() -> None:
    """Read what people said to every channel."""
    listen_to_all()


@every(60)
def settle_answered() -> None:
    """Give every answer whose request is answered its new state."""
    answered.settle_answered(
        KIND,
        Reply.objects.filter(state=Reply.State.SUBMITTED),
        agree=agree_reply,
        send_back=lambda pk, words: return_reply(pk, words=words),
    )


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
