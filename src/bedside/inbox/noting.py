"""What a moderator does about a note of the guard beside an answer that is being typed."""

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.inbox.judgement import Judged, judge_answer
from bedside.inbox.models import Conversation
from bedside.inbox.queries import message_to_answer, open_reply_of
from bedside.people.models import Member
from bedside.rules.models import Waiver
from bedside.rules.noting import Said, about_rule, do_as_said

KIND = "conversation"  # the answer itself may not be saved yet


def answer_note(conversation: Conversation, text: str, said: Said, *, by: Member) -> str:
    """Do as a button below a note says; a sentence about it. Whoever types is an author."""
    judged = judged_words(conversation, text)
    reply = open_reply_of(conversation)
    sentence, _waiver = do_as_said(
        said,
        [(judged.material, judged.verdict)],
        subject=(KIND, conversation.pk),
        authors=[by, *(reply.authors.all() if reply else [])],
        by=by,
    )
    return sentence


def ask_about_answer(conversation: Conversation, *, rule: str, reason: str, by: Member) -> Waiver | None:
    """Ask that what a rule finds in the open answer, as it is saved, be let pass."""
    reply = open_reply_of(conversation)
    if reply is None:
        raise Refusal("no_answer", _("There is no open answer in this conversation. Write one first."))
    judged = judged_words(conversation, reply.text)
    found = [(judged.material, judged.verdict)]
    said = about_rule(rule, reason, found)
    authors = [by, *reply.authors.all()]
    return do_as_said(said, found, subject=(KIND, conversation.pk), authors=authors, by=by)[1]


def judged_words(conversation: Conversation, text: str) -> Judged:
    """What the guard and the network say of words that would answer a conversation; nothing is saved."""
    answered = message_to_answer(conversation)
    if answered is None:
        raise Refusal(
            "parent_deleted", _("There is nothing left to answer: everything they said was deleted.")
        )
    return judge_answer(
        text, answered=answered, channel=conversation.channel, organization=conversation.organization
    )
