"""What became of an answer that left: it is public and stands in its thread, or it was taken down again."""

from uuid import UUID

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed
from bedside.audit.actor import SYSTEM
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.inbox.actions.telling import locked, tell
from bedside.inbox.models import Conversation, Message, Reply
from bedside.inbox.news import ReplySent
from bedside.inbox.states import REPLY_MOVES
from bedside.people.doers import THE_HOUSE
from bedside.publishing.models import Delivery

State = Reply.State


@action
def reply_went_out(delivery_id: UUID) -> Message | None:
    """The network has the answer: it stands in the thread as ours, and the conversation is answered."""
    delivery = Delivery.objects.select_related("receipt").get(pk=delivery_id)
    reply = Reply.objects.filter(pk=delivery.subject_id).first()
    receipt = getattr(delivery, "receipt", None)
    if reply is None or receipt is None or reply.state == State.SENT:
        nothing_changed()
        return None
    conversation = locked(reply.conversation_id, by=THE_HOUSE)
    answered = reply.answers
    message, is_new = Message.objects.get_or_create(
        channel_id=delivery.channel_id,
        remote_id=receipt.remote_id,
        defaults={
            "organization_id": conversation.organization_id,
            "conversation": conversation,
            "direction": Message.Direction.OUT,
            "kind": answered.kind,
            "remote_extra": receipt.extra,
            "text": delivery.leaving.get("text", reply.text),
            "at": receipt.accepted_at,
            "in_reply_to": answered.remote_id,
            "url": receipt.url,
            "delivery": delivery,
        },
    )
    REPLY_MOVES.check(reply.state, State.SENT)
    reply.state, reply.message = State.SENT, message
    reply.save(update_fields=["state", "message"])
    _settle(conversation, message, is_new=is_new)
    tell(
        conversation,
        SYSTEM,
        "reply.sent",
        _("The answer is public."),
        {"reply": str(reply.pk), "revision": reply.revision},
    )
    announce(ReplySent(reply.pk, conversation.pk, conversation.organization_id))
    return message


def _settle(conversation: Conversation, ours: Message, *, is_new: bool) -> None:
    """Count our message; the conversation is answered unless they wrote again meanwhile."""
    conversation.message_count += is_new
    said_since = conversation.messages.filter(
        direction=Message.Direction.IN, deleted_at=None, at__gt=ours.at
    ).exists()
    conversation.last_message_at = max(conversation.last_message_at, ours.at)
    if not said_since:
        conversation.state, conversation.is_unread = Conversation.State.ANSWERED, False
        conversation.rank, conversation.reason = 0, ""
    conversation.save(
        update_fields=["message_count", "last_message_at", "state", "is_unread", "rank", "reason"]
    )


@action
def reply_was_deleted(delivery_id: UUID) -> Message | None:
    """Our answer was taken down on the network: it is marked in its thread."""
    message = Message.objects.filter(delivery_id=delivery_id, deleted_at=None).first()
    if message is None:
        nothing_changed()
        return None
    message.deleted_at = clock.now()
    message.save(update_fields=["deleted_at"])
    conversation = locked(message.conversation_id, by=THE_HOUSE)
    tell(conversation, SYSTEM, "reply.deleted", _("The answer was taken down."), {"message": str(message.pk)})
    return message
