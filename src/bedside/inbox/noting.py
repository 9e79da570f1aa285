"""What a moderator does about a note of the guard beside an answer that is being typed."""

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.inbox.judgement import judge_answer
from bedside.inbox.models import Conversation
from bedside.inbox.queries import message_to_answer, open_reply_of
from bedside.people.models import Member
from bedside.rules.noting import Said, do_as_said

KIND = "conversation"  # the answer itself may not be saved yet


def answer_note(conversation: Conversation, text: str, said: Said, *, by: Member) -> str:
    """Do as a button below a note says; a sentence about it. Whoever types is an author."""
    answered = message_to_answer(conversation)
    if answered is None:
        raise Refusal(
            "parent_deleted", _("There is nothing left to answer: everything they said was deleted.")
        )
    judged = judge_answer(
        text, answered=answered, channel=conversation.channel, organization=conversation.organization
    )
    reply = open_reply_of(conversation)
    sentence, _waiver = do_as_said(
        said,
        [(judged.material, judged.verdict)],
        subject=(KIND, conversation.pk),
        authors=[by, *(reply.authors.all() if reply else [])],
        by=by,
    )
    return sentence
