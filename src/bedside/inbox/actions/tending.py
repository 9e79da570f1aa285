"""Looking after conversations: open (and so read), assign, close, open again."""

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed
from bedside.foundation.announce import announce
from bedside.foundation.refusal import Refusal
from bedside.inbox.actions.telling import locked, tell
from bedside.inbox.models import Conversation, Message
from bedside.inbox.news import ConversationOpened
from bedside.inbox.reading import ranked, reader_for
from bedside.inbox.states import CONVERSATION_MOVES
from bedside.people.doers import Doer
from bedside.people.models import Member
from bedside.people.powers import Power

State = Conversation.State


@action
def open_conversation(conversation: Conversation, *, by: Doer) -> Conversation:
    """Somebody looks at it: it is read. Who read it first stays on record."""
    if conversation.needs_a_look:
        announce(ConversationOpened(conversation.pk))
    if not conversation.is_unread:
        nothing_changed()
        return conversation
    found = locked(conversation.pk, by=by)
    if not found.is_unread:
        nothing_changed()
        return found
    found.is_unread = False
    found.save(update_fields=["is_unread"])
    tell(found, by.actor, "conversation.read", _("Read a conversation."))
    return found


@action
def assign_conversation(conversation: Conversation, *, to: Member | None, by: Doer) -> Conversation:
    """Give a conversation to somebody who may answer, or to nobody (None)."""
    found = locked(conversation.pk, by=by)
    if to is not None:
        _check_assignee(found, to)
    if found.assigned_to_id == (to.pk if to else None):
        nothing_changed()
        return found
    found.assigned_to = to
    found.save(update_fields=["assigned_to"])
    words = _("Gave the conversation to %(name)s.") % {"name": to.name} if to else _("Gave it to nobody.")
    tell(found, by.actor, "conversation.assigned", words, {"to": str(to.pk) if to else None})
    return found


@action
def close_conversation(conversation: Conversation, *, by: Doer) -> Conversation:
    """Nothing (more) is to be said. A new message opens it again."""
    found = locked(conversation.pk, by=by)
    if found.state == State.CLOSED:
        nothing_changed()
        return found
    CONVERSATION_MOVES.check(found.state, State.CLOSED)
    found.state, found.rank, found.reason, found.is_unread = State.CLOSED, 0, "", False
    found.save(update_fields=["state", "rank", "reason", "is_unread"])
    tell(found, by.actor, "conversation.closed", _("Closed the conversation."))
    return found


@action
def reopen_conversation(conversation: Conversation, *, by: Doer) -> Conversation:
    """Take a closed or answered conversation up again, with the rank of what was said last."""
    found = locked(conversation.pk, by=by)
    if found.state == State.OPEN:
        nothing_changed()
        return found
    CONVERSATION_MOVES.check(found.state, State.OPEN)
    found.state = State.OPEN
    found.rank, found.reason = _rank_of(found)
    found.save(update_fields=["state", "rank", "reason"])
    tell(found, by.actor, "conversation.reopened", _("Opened the conversation again."))
    return found


def _rank_of(conversation: Conversation) -> tuple[int, str]:
    said = conversation.messages.filter(direction=Message.Direction.IN, deleted_at=None)
    last = said.order_by("at", "id").last()
    text = last.text if last else ""
    reason = ranked(text, conversation.rating, reader_for(conversation.organization))
    return reason.rank, reason.code


def _check_assignee(conversation: Conversation, to: Member) -> None:
    is_ours = to.organization_id == conversation.organization_id and to.removed_at is None
    if not is_ours or not to.can(Power.ANSWER):
        raise Refusal(
            "cannot_answer",
            _("%(name)s may not answer the inbox. Choose somebody who may, or ask an administrator.")
            % {"name": to.name if is_ours else _("This person")},
            field="to",
        )
