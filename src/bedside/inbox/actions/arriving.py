"""Taking in what a network told us. The same message twice is one row, whatever was read how often.

The channel's row is held while a batch is stored, and how far we have read is stored with it: a crash repeats
a batch and loses none. Reading itself is `listening`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import ngettext

from bedside.audit.actions import action, nothing_changed, record
from bedside.audit.actor import SYSTEM
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.inbox.arrival import Arrival
from bedside.inbox.models import Conversation, Message
from bedside.inbox.news import MessageArrived
from bedside.inbox.placing import Placed, Placing
from bedside.inbox.reading import ranked, reader_for
from bedside.inbox.triage import REASONS, Reason
from bedside.networks.models import Channel

OPENS_WITHIN = timedelta(days=30)  # what is older when we first read it is history, not work

_KEPT = (
    "state",
    "is_unread",
    "rank",
    "reason",
    "rating",
    "excerpt",
    "message_count",
    "last_message_at",
)


@action
def take_in(
    channel: Channel, arrivals: Iterable[Arrival], *, cursor: Mapping[str, Any] | None = None, part: str = ""
) -> int:
    """Store what is new; how many messages that were. `cursor` is kept as how far `part` has been read."""
    row = (
        Channel.objects.select_for_update(no_key=True)
        .select_related("organization")
        .defer("credentials")
        .get(pk=channel.pk)
    )
    incoming = list({each.remote_id: each for each in arrivals}.values())
    known = _known(row, incoming)
    gone = [known[a.remote_id] for a in incoming if a.is_deleted and a.remote_id in known]
    deleted = _mark_deleted(gone)
    edited = _note_new_ratings(incoming, known)
    fresh = [a for a in incoming if a.remote_id not in known and not a.is_deleted]
    fresh = _without_answers_of_ours(row, sorted(fresh, key=lambda each: each.at))
    placed = Placing(row, clock.now()).place(fresh, known)
    Message.objects.bulk_create(each.message for each in placed)
    _update(row, placed)
    if cursor is not None:
        row.read_cursor = {**row.read_cursor, part: dict(cursor)}
        row.save(update_fields=["read_cursor"])
    if not placed and not deleted and not edited:
        nothing_changed()
        return 0
    _tell(row, placed, deleted)
    return len(placed)


@action
def mark_missing(channel: Channel, message_ids: Sequence[object]) -> int:
    """Mark messages that their network no longer shows as deleted by their authors; how many were new to us."""
    found = Message.objects.filter(channel=channel, pk__in=list(message_ids)).select_related("conversation")
    deleted = _mark_deleted(found)
    if not deleted:
        nothing_changed()
        return 0
    _tell(channel, [], deleted)
    return len(deleted)


def _known(channel: Channel, arrivals: Sequence[Arrival]) -> dict[str, Message]:
    ids = {each.remote_id for each in arrivals} | {each.in_reply_to for each in arrivals if each.in_reply_to}
    stored = Message.objects.filter(channel=channel, remote_id__in=ids).select_related("conversation")
    return {message.remote_id: message for message in stored}


def _without_answers_of_ours(channel: Channel, fresh: list[Arrival]) -> list[Arrival]:
    """Leave out what the network tells of an answer to a review that we have under its own id."""
    asked = [each.in_reply_to for each in fresh if each.is_ours and each.kind == "review"]
    if not asked:
        return fresh
    ours = Message.objects.filter(
        channel=channel, direction=Message.Direction.OUT, in_reply_to__in=asked
    ).values_list("in_reply_to", flat=True)
    answered = set(ours)
    return [each for each in fresh if not (each.is_ours and each.in_reply_to in answered)]


def _mark_deleted(messages: Iterable[Message]) -> list[Message]:
    newly = [message for message in messages if message.deleted_at is None]
    for message in newly:
        message.deleted_at = clock.now()
    Message.objects.bulk_update(newly, ["deleted_at"])
    for conversation in {message.conversation_id: message.conversation for message in newly}.values():
        _forget_in_list(conversation)
    return newly


def _forget_in_list(conversation: Conversation) -> None:
    """The list shows no words that their author took back; with nothing left to answer, the matter is closed."""
    left = (
        conversation.messages.filter(direction=Message.Direction.IN, deleted_at=None)
        .order_by("at", "id")
        .last()
    )
    conversation.excerpt = _excerpt(left.text) if left else ""
    if left is None:
        conversation.state, conversation.rank, conversation.reason = Conversation.State.CLOSED, 0, ""
    conversation.save(update_fields=["excerpt", "state", "rank", "reason"])


def _note_new_ratings(arrivals: Iterable[Arrival], known: Mapping[str, Message]) -> int:
    """A person may change their review; its row follows, and the conversation is unread again."""
    count = 0
    for each in arrivals:
        message = known.get(each.remote_id)
        if message is None or each.rating is None or each.is_deleted:
            continue
        conversation = message.conversation
        if (message.text, conversation.rating) == (each.text, each.rating):
            continue
        message.text, conversation.rating = each.text, each.rating
        conversation.excerpt, conversation.is_unread = _excerpt(each.text), True
        message.save(update_fields=["text"])
        conversation.save(update_fields=["rating", "excerpt", "is_unread"])
        count += 1
    return count


def _update(channel: Channel, placed: Sequence[Placed]) -> None:
    if not placed:
        return
    read = reader_for(channel.organization)
    for each in placed:
        conversation, arrival = each.conversation, each.arrival
        conversation.message_count += 1
        is_newest = each.message.at >= conversation.last_message_at
        conversation.last_message_at = max(conversation.last_message_at, each.message.at)
        if arrival.is_ours:
            if is_newest:
                _answered(conversation)
            continue
        reason = ranked(arrival.text, arrival.rating, read)
        if is_newest:
            conversation.excerpt = _excerpt(arrival.text)
            _heard(conversation, reason, is_history=each.message.at < clock.now() - OPENS_WITHIN)
    changed = {each.conversation.pk: each.conversation for each in placed}
    Conversation.objects.bulk_update(changed.values(), _KEPT)


def _heard(conversation: Conversation, reason: Reason, *, is_history: bool) -> None:
    if is_history and conversation.rank == 0:
        conversation.state, conversation.is_unread = Conversation.State.CLOSED, False
        return
    is_open = conversation.state == Conversation.State.OPEN and conversation.rank
    conversation.state, conversation.is_unread = Conversation.State.OPEN, True
    if not is_open or reason.rank > conversation.rank:
        conversation.rank, conversation.reason = reason.rank, reason.code


def _answered(conversation: Conversation) -> None:
    conversation.state, conversation.is_unread = Conversation.State.ANSWERED, False
    conversation.rank, conversation.reason = 0, ""


def _excerpt(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(140)


def _tell(channel: Channel, placed: Sequence[Placed], deleted: Sequence[Message]) -> None:
    count = len(placed)
    words = ngettext("Took in %(count)d message.", "Took in %(count)d messages.", count) % {"count": count}
    if deleted:
        words += " " + ngettext(
            "%(count)d was deleted by its author.", "%(count)d were deleted by their authors.", len(deleted)
        ) % {"count": len(deleted)}
    data = {
        "messages": [str(each.message.pk) for each in placed],
        "kinds": sorted({each.arrival.kind for each in placed}),
        "deleted": [str(message.pk) for message in deleted],
    }
    on = ("channel", channel.pk, channel.name)
    record(channel.organization_id, by=SYSTEM, verb="messages.arrived", on=on, words=words, data=data)
    for each in placed:
        if not each.arrival.is_ours and each.conversation.state == Conversation.State.OPEN:
            reason = REASONS.get(each.conversation.reason)
            announce(
                MessageArrived(
                    message_id=each.message.pk,
                    conversation_id=each.conversation.pk,
                    organization_id=channel.organization_id,
                    kind=each.arrival.kind,
                    is_urgent=bool(reason and reason.is_urgent),
                )
            )
