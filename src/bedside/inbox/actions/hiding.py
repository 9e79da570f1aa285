"""Hiding a stranger's comment below our post, and showing it again. Nothing is deleted, and both are on record.

The network is asked first and outside any transaction; both calls may be repeated, so a crash in between is
mended by pressing the button again.
"""

from django.utils.translation import gettext as _

from bedside.audit.actions import action
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.inbox.actions.telling import locked, tell
from bedside.inbox.calling import call
from bedside.inbox.models import Message
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import Moderate, NotDone, RemoteRef
from bedside.networks.words import translated
from bedside.people.doers import Doer, insist, member_behind, organization_of
from bedside.people.powers import Power


def hide_message(message: Message, *, by: Doer) -> Message:
    """Hide a comment of theirs below our post, where the network lets us; it can be shown again."""
    return _set_hidden(message, True, by)


def unhide_message(message: Message, *, by: Doer) -> Message:
    """Show a hidden comment again."""
    return _set_hidden(message, False, by)


def can_hide(message: Message) -> bool:
    """Whether this network lets us hide this message: a comment of theirs, below a post of ours."""
    return (
        message.is_theirs
        and message.kind == "reply"
        and message.deleted_at is None
        and connector_of(message.channel.network).moderate is not None
    )


def _set_hidden(message: Message, is_hidden: bool, by: Doer) -> Message:
    insist(by, Power.ANSWER)
    if organization_of(by) not in (None, message.channel.organization_id):
        raise Refusal("unknown_message", _("There is no such message."))
    moderate = _moderate(message)
    ref = RemoteRef(message.remote_id, message.remote_extra)
    try:
        if is_hidden:
            call(message.channel, lambda session: moderate.hide(session, ref))
        else:
            call(message.channel, lambda session: moderate.unhide(session, ref))
    except NotDone as ended:
        raise Refusal("network", translated(ended.sentence, _)) from ended
    return _note(message, is_hidden, by=by)


def _moderate(message: Message) -> Moderate:
    moderate = connector_of(message.channel.network).moderate
    if moderate is None or not can_hide(message):
        raise Refusal(
            "cannot_hide",
            _("This cannot be hidden from here. Open it on the network and report or remove it there."),
        )
    return moderate


@action
def _note(message: Message, is_hidden: bool, *, by: Doer) -> Message:
    conversation = locked(message.conversation_id, by=by)
    message.hidden_at = clock.now() if is_hidden else None
    message.hidden_by = member_behind(by) if is_hidden else None
    message.save(update_fields=["hidden_at", "hidden_by"])
    verb, words = (
        ("message.hidden", _("Hid a comment below our post."))
        if is_hidden
        else ("message.shown", _("Showed a hidden comment again."))
    )
    tell(conversation, by.actor, verb, words, {"message": str(message.pk)})
    return message
