"""Reading the channels: which are due, what is asked of their networks, and in which portions it is stored.

A few pages for each channel and turn, each stored in one short transaction, so that nobody at a desk waits for
us. One channel's trouble never stops the others. Nothing that anybody wrote goes into a log or an exception.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from bedside.foundation import clock, leisure
from bedside.inbox.actions.arriving import mark_missing, take_in
from bedside.inbox.arrival import Arrival, of_message, of_review
from bedside.inbox.calling import call
from bedside.inbox.models import Conversation, Message
from bedside.networks.catalogue import UnknownNetwork, connector_of
from bedside.networks.contract import Connector, NotDone, RemoteRef, Session, SignInAgain, TryLater
from bedside.networks.models import Channel
from bedside.publishing.models import Delivery

log = logging.getLogger(__name__)

MOST_PAGES = 5  # of one kind, for one channel, in one turn; the rest comes with the next turn
MOST_POSTS = 100
RECENT = timedelta(days=30)
REST = timedelta(minutes=5)  # after a network could not be read and named no time

Cursor = Mapping[str, Any]


def due_channels() -> QuerySet[Channel]:
    """The connected channels that their networks do not make wait."""
    now = clock.now()
    return Channel.objects.filter(
        Q(not_before_at=None) | Q(not_before_at__lte=now), health=Channel.Health.HEALTHY
    ).select_related("organization")


def listen_to_all(channels: QuerySet[Channel] | None = None) -> int:
    """Read these channels, else every one that is due; how many messages were new.

    Amid a burst of sending it stops; the next turn begins anew.
    """
    count = 0
    for channel in (due_channels() if channels is None else channels).order_by("id"):
        if leisure.should_wait():
            break
        count += listen_to(channel)
    return count


def listen_to(channel: Channel) -> int:
    """Read one channel and store what is new. Trouble is noted and ends this channel's turn alone."""
    try:
        connector = connector_of(channel.network)
    except UnknownNetwork:
        return 0
    if _rests(channel):
        return 0
    try:
        return _messages(channel, connector) + _reviews(channel, connector)
    except SignInAgain:
        return 0  # `calling` has marked the channel
    except TryLater as ended:
        _rest(channel, ended.at)
        return 0
    except NotDone as ended:
        log.warning("A channel could not be read: %s %s %s", channel.pk, type(ended).__name__, ended.code)
        _rest(channel, None)
        return 0
    except Exception as unexpected:  # a garbled answer must not keep the other channels from being read
        # Only the kind of trouble: a traceback's values could hold what somebody wrote.
        log.error("A channel could not be read: %s %s", channel.pk, type(unexpected).__name__)
        _rest(channel, None)
        return 0


def look_again(conversation: Conversation) -> int:
    """Read the whole thread of a conversation: what is missing was deleted, what is new is taken in."""
    channel = conversation.channel
    converse = connector_of(channel.network).converse
    if converse is None or conversation.kind == "review" or channel.health != Channel.Health.HEALTHY:
        return 0
    if not conversation.needs_a_look:
        return 0
    Conversation.objects.filter(pk=conversation.pk).update(looked_at=clock.now())
    ref = RemoteRef(conversation.root_remote_id)
    try:
        found = call(channel, lambda session: converse.thread(session, ref))
    except NotDone as ended:
        log.warning("A thread could not be read: %s %s", conversation.pk, type(ended).__name__)
        return 0
    arrived = take_in(channel, [of_message(each) for each in found])
    return arrived + mark_missing(channel, _missing(conversation, {each.remote_id for each in found}))


def _missing(conversation: Conversation, shown: set[str]) -> list[object]:
    """Their messages that the thread no longer shows although it shows what they answered."""
    said = conversation.messages.filter(direction=Message.Direction.IN, deleted_at=None)
    return [
        pk
        for pk, remote_id, parent in said.values_list("pk", "remote_id", "in_reply_to")
        if remote_id not in shown and parent in shown  # deeper ones may only be cut off by the network
    ]


def _messages(channel: Channel, connector: Connector) -> int:
    converse = connector.converse
    if converse is None:
        return 0
    posts, count = _recent_posts(channel), 0
    for _page in range(MOST_PAGES):
        read = partial(_read, converse.read, cursor=_cursor(channel, "messages"), posts=posts)
        page = call(channel, read)
        count += _store(channel, [of_message(each) for each in page.messages], page.cursor, "messages")
        if not page.has_more:
            break
    return count


def _reviews(channel: Channel, connector: Connector) -> int:
    review = connector.review
    if review is None:
        return 0
    count = 0
    for _page in range(MOST_PAGES):
        page = call(channel, partial(_read, review.read, cursor=_cursor(channel, "reviews")))
        found = [arrival for each in page.reviews for arrival in of_review(each)]
        count += _store(channel, found, page.cursor, "reviews")
        if not page.has_more:
            break
    return count


def _read(read: Any, session: Session, *, cursor: Cursor, **more: Any) -> Any:
    return read(session, cursor, **more)


def _store(channel: Channel, arrivals: list[Arrival], cursor: Cursor, part: str) -> int:
    if not arrivals and dict(cursor) == _cursor(channel, part):
        return 0  # nothing new: no write, nobody waits
    count = take_in(channel, arrivals, cursor=cursor, part=part)
    channel.read_cursor = {**channel.read_cursor, part: dict(cursor)}
    return count


def _cursor(channel: Channel, part: str) -> dict[str, Any]:
    return dict(channel.read_cursor.get(part, {}))


def _recent_posts(channel: Channel) -> list[RemoteRef]:
    now = clock.now()
    sent = Delivery.objects.filter(
        channel=channel,
        state=Delivery.State.SENT,
        due_at__range=(
            now - RECENT,
            now,
        ),  # what waits for later is many rows, which need not be looked through
        receipt__deleted_at=None,
        subject_kind="variant",
    )
    found = sent.order_by("-due_at", "-id").values_list("receipt__remote_id", "receipt__extra")[:MOST_POSTS]
    return [RemoteRef(remote_id, extra or {}) for remote_id, extra in found if remote_id]


def _rests(channel: Channel) -> bool:
    until = channel.read_cursor.get("rests_until")
    return bool(until) and datetime.fromisoformat(until) > clock.now()


def _rest(channel: Channel, until: datetime | None) -> None:
    at = (until or clock.now() + REST).isoformat()
    stored = Channel.objects.filter(pk=channel.pk).values_list("read_cursor", flat=True).get()
    Channel.objects.filter(pk=channel.pk).update(read_cursor={**stored, "rests_until": at})
