"""What the verbs of this room share: the lock on a conversation, and lines of the record without a patient's word."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.audit.actions import record
from bedside.audit.actor import Actor
from bedside.foundation.refusal import Refusal
from bedside.inbox.models import Conversation
from bedside.people.doers import Doer, insist, organization_of
from bedside.people.powers import Power


def locked(conversation_id: UUID, *, by: Doer) -> Conversation:
    """The conversation as it is now, for somebody who may answer; nobody else changes it meanwhile."""
    insist(by, Power.ANSWER)
    found = (
        Conversation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .filter(pk=conversation_id)
        .first()
    )
    if found is None or organization_of(by) not in (None, found.organization_id):
        raise Refusal("unknown_conversation", _("There is no such conversation."))
    return found


def tell(
    conversation: Conversation, by: Actor, verb: str, words: str, data: Mapping[str, Any] | None = None
) -> None:
    """One line about a conversation: its kind and ids, never its words and never the contact's name."""
    on = ("conversation", conversation.pk, str(conversation.get_kind_display()))
    record(conversation.organization_id, by=by, verb=verb, on=on, words=words, data=data)
