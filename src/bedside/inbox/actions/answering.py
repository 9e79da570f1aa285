"""Answering: write, send off, sign, take back. What follows once an answer is public is `landing`.

An answer walks the corridor of a post: the guard judges it, whoever has to signs it, and publishing's last gate
asks everything again. Nothing here calls a network.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bedside.approvals.actions import ask, void_for
from bedside.approvals.queries import latest_request, signatures_many
from bedside.audit.actions import action, nothing_changed
from bedside.audit.actor import SYSTEM, Actor
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.inbox.actions.telling import tell
from bedside.inbox.actions.writing import locked_reply, replies_to_change, write_reply
from bedside.inbox.card import card_of
from bedside.inbox.clearance import may_go_directly
from bedside.inbox.judgement import KIND, Judged, judge_reply
from bedside.inbox.models import Reply
from bedside.inbox.states import REPLY_MOVES
from bedside.networks.models import Channel
from bedside.people.doers import THE_HOUSE, Doer, member_behind
from bedside.people.notices import notify
from bedside.people.powers import Power
from bedside.publishing.follow_up import cancel_withdrawn, hold_unsigned
from bedside.publishing.models import Delivery
from bedside.publishing.scheduling import schedule
from bedside.rules.actions import count_material

__all__ = [
    "Stopped",
    "agree_reply",
    "await_reply_again",
    "return_reply",
    "send_reply",
    "take_back_reply",
    "withdraw_reply",
    "write_reply",
]

State = Reply.State


class Stopped(Refusal):
    """The guard or the network does not let the answer pass as it stands; `judged` says where and why."""

    def __init__(self, code: str, sentence: str, judged: Judged) -> None:
        super().__init__(code, sentence, field="text")
        self.judged = judged


def send_reply(reply: Reply, *, by: Doer) -> Reply:
    """Send an answer off: directly when nobody has to sign it, else to those who have to.

    Refused with the findings when the guard stops it or the network would not take it; that is counted as well,
    after the refusal has undone everything else.
    """
    try:
        return _send(reply, by=by)
    except Stopped as stopped:
        _count(reply, stopped.judged)
        raise


@action
def _send(reply: Reply, *, by: Doer) -> Reply:
    reply = locked_reply(reply.pk, by=by)
    author = member_behind(by)
    if author is None:
        raise NotAllowed(Power.ANSWER, _("An answer needs a person who stands behind it."))
    judged = judge_reply(reply)
    _refuse_unfit(reply, judged)
    _count(reply, judged)
    reply.authors.add(author)
    reply.fingerprint, reply.returned_because = judged.verdict.fingerprint, ""
    if may_go_directly(judged, reply):
        _move(reply, State.AGREED)
        words = _("Answered directly; the guard found nothing.")
        tell(reply.conversation, by.actor, "reply.sent_off", words, _data(reply))
        _schedule(reply, by)
        return reply
    _move(reply, State.SUBMITTED)
    needs = sorted(judged.needs())
    ask(
        organization=reply.organization,
        subject_kind=KIND,
        subject_id=reply.pk,
        title=_("Answer on %(channel)s") % {"channel": reply.conversation.channel.name},
        parts=[judged.verdict.fingerprint],
        needs=needs,
        card=card_of(reply, judged),
        authors=list(reply.authors.all()),
        by=author,
        wanted_by_at=None,
    )
    words = _("Sent an answer for approval.")
    tell(reply.conversation, by.actor, "reply.submitted", words, _data(reply) | {"needs": needs})
    return reply


@action
def agree_reply(reply_id: UUID, *, by: Actor = SYSTEM) -> Reply:
    """Everybody has signed: the answer leaves now, if the signatures cover it as it reads and nothing else stops it."""
    reply = _reply(reply_id)
    if reply.state != State.SUBMITTED:
        nothing_changed()
        return reply
    signed = signatures_many([(KIND, reply.pk)])[(KIND, reply.pk)]
    if judge_reply(reply).verdict.fingerprint not in signed:
        words = _("The words being answered changed while it was being signed. Look at it again.")
        return return_reply(reply_id, words=words, by=by)
    try:
        with transaction.atomic():
            _move(reply, State.AGREED)
            tell(reply.conversation, by, "reply.agreed", _("The answer is signed."), _data(reply))
            _schedule(reply, THE_HOUSE)
    except Refusal as refusal:  # deleted by its author meanwhile, or stopped by a rule that came later
        return return_reply(reply_id, words=refusal.sentence, by=by)
    return reply


@action
def return_reply(reply_id: UUID, *, words: str, by: Actor = SYSTEM) -> Reply:
    """A signer wants a change, refused, or let the time pass: the answer is a draft again."""
    reply = _reply(reply_id)
    if reply.state not in (State.SUBMITTED, State.AGREED) or _has_left(reply):
        nothing_changed()
        return reply
    if reply.state == State.AGREED:
        cancel_withdrawn(KIND, [reply.pk])
    _move(reply, State.DRAFT, because=words)
    tell(reply.conversation, by, "reply.returned", _("The answer came back to its authors."), _data(reply))
    notify(
        reply.authors.filter(removed_at=None).select_related("user", "role"),
        kind="reply.returned",
        sentence=_("An answer of yours came back. Open it to see what is wanted."),
        url=f"/inbox/{reply.conversation_id}",
    )
    return reply


@action
def take_back_reply(reply: Reply, *, by: Doer) -> Reply:
    """Make an answer that waits for signatures or for the gate a draft again; signatures lapse."""
    reply = locked_reply(reply.pk, by=by)
    if reply.state == State.DRAFT:
        nothing_changed()
        return reply
    _stop_leaving(reply, by.actor, because=_("The answer was taken back to be changed."))
    _move(reply, State.DRAFT)
    tell(reply.conversation, by.actor, "reply.taken_back", _("Took an answer back."), _data(reply))
    return reply


@action
def withdraw_reply(reply: Reply, *, by: Doer) -> Reply:
    """Throw an answer away that has not left."""
    reply = locked_reply(reply.pk, by=by)
    _stop_leaving(reply, by.actor, because=_("The answer was thrown away."))
    _move(reply, State.WITHDRAWN)
    tell(reply.conversation, by.actor, "reply.withdrawn", _("Threw an answer away."), _data(reply))
    return reply


@action
def await_reply_again(reply_id: UUID, *, by: Actor = SYSTEM) -> Reply:
    """A signer took a decision back: the answer waits for signatures again, as if it had not been said.

    What is public stays as it is. Words that were changed since cannot be signed as they were asked about: the request
    becomes void.
    """
    reply = _reply(reply_id)
    if reply.state in (State.SUBMITTED, State.SENT) or _has_left(reply):
        nothing_changed()
        return reply
    request = latest_request(KIND, reply.pk)
    is_changed = request is None or judge_reply(reply).verdict.fingerprint not in request.parts
    if reply.state == State.WITHDRAWN or is_changed:
        void_for(KIND, reply.pk, because=_("The answer was changed since."), by=by)
        return reply
    hold_unsigned(KIND, [reply.pk])
    _move(reply, State.SUBMITTED)
    words = _("A signer took the decision back; the answer waits for signatures again.")
    tell(reply.conversation, by, "reply.waits_again", words, _data(reply))
    return reply


def _count(reply: Reply, judged: Judged) -> None:
    count_material(reply.organization_id, [(judged.material, judged.verdict)])


def _schedule(reply: Reply, by: Doer) -> None:
    channel = Channel.objects.select_related("organization").get(pk=reply.conversation.channel_id)
    schedule(subject_kind=KIND, subject_id=reply.pk, channel=channel, at=clock.now(), by=by)


def _refuse_unfit(reply: Reply, judged: Judged) -> None:
    channel = reply.conversation.channel
    if reply.state != State.DRAFT:
        raise Refusal("on_its_way", _("This answer was sent off already. Take it back to change it."))
    if not reply.text.strip():
        raise Refusal("empty", _("Write an answer first."), field="text")
    if reply.answers.deleted_at is not None:
        raise Refusal(
            "parent_deleted", _("What you answer was deleted by its author, so there is nothing to answer.")
        )
    if channel.health == Channel.Health.DISCONNECTED:
        raise Refusal(
            "disconnected",
            _("%(name)s is no longer connected. Connect it again, then send the answer.")
            % {"name": channel.name},
        )
    if judged.stops:
        sentence = _("The guard stops this answer. Mend what is underlined, then send it again.")
        raise Stopped("guard_stops", sentence, judged)
    if judged.problems:
        sentence = _("%(channel)s would refuse this: %(problem)s")
        values = {"channel": channel.name, "problem": judged.problems[0].sentence}
        raise Stopped("does_not_fit", sentence % values, judged)


def _stop_leaving(reply: Reply, by: Actor, *, because: str) -> None:
    if _has_left(reply):
        raise Refusal(
            "is_public", _("This answer is public or on its way just now. You can delete it on the ledger.")
        )
    void_for(KIND, reply.pk, because=because, by=by)
    cancel_withdrawn(KIND, [reply.pk])


def _has_left(reply: Reply) -> bool:
    gone = (Delivery.State.SENDING, Delivery.State.UNSURE, Delivery.State.SENT)
    return Delivery.objects.filter(subject_kind=KIND, subject_id=reply.pk, state__in=gone).exists()


def _move(reply: Reply, state: str, *, because: str = "") -> None:
    REPLY_MOVES.check(reply.state, state)
    reply.state, reply.returned_because = state, because[:500]
    reply.save(update_fields=["state", "fingerprint", "returned_because"])


def _reply(reply_id: UUID) -> Reply:
    return replies_to_change().get(pk=reply_id)


def _data(reply: Reply) -> dict[str, object]:
    return {"reply": str(reply.pk), "revision": reply.revision, "fingerprint": reply.fingerprint}
