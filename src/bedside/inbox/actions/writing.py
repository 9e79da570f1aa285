"""Writing an answer: one draft for each message it answers, saved as it is typed, never over somebody else's words."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal, Stale
from bedside.inbox.actions.telling import locked, tell
from bedside.inbox.models import Conversation, Message, Reply
from bedside.inbox.queries import message_to_answer
from bedside.people.doers import Doer, insist, member_behind, organization_of
from bedside.people.models import Member
from bedside.people.powers import Power

IN_FLIGHT = timedelta(seconds=10)  # longer than a save takes, shorter than going from one window to another
LONGEST = 20_000  # characters; no network takes as much, and a pasted book must not fill the database

State = Reply.State


def replies_to_change() -> QuerySet[Reply]:
    """Answers with all that their verbs look at, each row locked."""
    return Reply.objects.select_for_update(of=("self",), no_key=True).select_related(
        "answers", "organization", "conversation__channel", "conversation__organization"
    )


@action
def write_reply(conversation: Conversation, *, text: str, by: Doer, revision: int | None = None) -> Reply:
    """Save an answer to what they said last. `revision` is the one on the writer's screen (None: none yet).

    Refused (`Stale`) when somebody else changed the draft meanwhile; what was typed stays on the screen.
    """
    conversation = locked(conversation.pk, by=by)
    author = member_behind(by)
    if author is None:
        raise NotAllowed(Power.ANSWER, _("An answer needs a person who stands behind it."))
    if sentence := too_long(text):
        raise Refusal("too_long", sentence, field="text")
    answered = message_to_answer(conversation)
    if answered is None:
        raise Refusal("nothing_to_answer", _("There is nothing left to answer in this conversation."))
    reply = _open_reply(conversation)
    if reply is None:
        return _begin(conversation, answered, text, author, by)
    return _change(reply, answered, text, revision, author, by)


def too_long(text: str) -> str:
    """Why an answer of this length is not kept; nothing when it is."""
    if len(text) <= LONGEST:
        return ""
    return _(
        "This answer has %(used)s characters and is not saved. Bedside keeps up to %(most)s, and no network takes "
        "that many. Shorten it."
    ) % {"used": f"{len(text):,}", "most": f"{LONGEST:,}"}


def locked_reply(reply_id: UUID, *, by: Doer) -> Reply:
    """An answer as it is now, for somebody of its organization who may answer."""
    insist(by, Power.ANSWER)
    found = replies_to_change().filter(pk=reply_id).first()
    if found is None or organization_of(by) not in (None, found.organization_id):
        raise Refusal("unknown_reply", _("There is no such answer."))
    return found


def _open_reply(conversation: Conversation) -> Reply | None:
    open_states = (State.DRAFT, State.SUBMITTED, State.AGREED)
    return replies_to_change().filter(conversation=conversation, state__in=open_states).first()


def _begin(conversation: Conversation, answered: Message, text: str, author: Member, by: Doer) -> Reply:
    now = clock.now()
    reply = Reply.objects.create(
        organization_id=conversation.organization_id,
        conversation=conversation,
        answers=answered,
        text=text,
        created_at=now,
        edited_at=now,
        edited_by=author,
    )
    reply.authors.add(author)
    tell(conversation, by.actor, "reply.begun", _("Began an answer."), {"reply": str(reply.pk)})
    return reply


def _is_in_flight(reply: Reply, author: Member) -> bool:
    """Whether the newer words may be this page's own, saved a moment ago: its answer has not come back yet."""
    return reply.edited_by_id == author.pk and clock.now() - reply.edited_at < IN_FLIGHT


def _meanwhile(reply: Reply, author: Member) -> str:
    if reply.edited_by_id == author.pk:
        return _("You changed this answer in another window. Copy what you wrote, then reload to see it.")
    return _("%(name)s changed this answer meanwhile. Copy what you wrote, then reload to see theirs.") % {
        "name": reply.edited_by.name if reply.edited_by else _("Somebody")
    }


def _change(
    reply: Reply, answered: Message, text: str, revision: int | None, author: Member, by: Doer
) -> Reply:
    is_same = reply.text == text and (reply.answers_id == answered.pk or reply.state != State.DRAFT)
    if is_same:
        nothing_changed()
        return reply
    if reply.state != State.DRAFT:
        raise Refusal(
            "on_its_way", _("This answer was sent off already. Take it back to change it."), field="text"
        )
    if revision != reply.revision and not _is_in_flight(reply, author):
        raise Stale(_meanwhile(reply, author))
    reply.text, reply.answers, reply.revision = text, answered, reply.revision + 1
    reply.edited_at, reply.edited_by = clock.now(), author
    reply.save(update_fields=["text", "answers", "revision", "edited_at", "edited_by"])
    reply.authors.add(author)
    data = {"reply": str(reply.pk), "revision": reply.revision}
    tell(reply.conversation, by.actor, "reply.written", _("Wrote on an answer."), data)
    return reply
