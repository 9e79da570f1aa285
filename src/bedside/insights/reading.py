"""Asking the networks for numbers: whose turn it is, in which portions, and what trouble means.

One channel's trouble never stops the others: it is noted, the channel rests, and its posts stay due. The
networks' own waits are honoured (`Channel.not_before_at`, and what an answer names).
"""

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.foundation import clock, leisure
from bedside.inbox.calling import call
from bedside.insights.models import Result, Turn
from bedside.insights.storing import store_account, store_posts
from bedside.insights.timing import ACCOUNT_EVERY, PACE, REST, TAKES
from bedside.networks.catalogue import UnknownNetwork, connector_of
from bedside.networks.contract import (
    Measure,
    NotDone,
    Number,
    RemoteRef,
    Session,
    SignInAgain,
    TryLater,
)
from bedside.networks.models import Channel

log = logging.getLogger(__name__)

BATCH = 100  # posts that are asked for and stored at once
MOST_BATCHES = 10  # of one channel in one turn; the rest is due in the next


def read_all(*, seconds: float = TAKES) -> int:
    """Read every channel of which something is due; how many numbers had changed."""
    until = time.monotonic() + seconds
    changed = 0
    for channel in due_channels():
        if time.monotonic() > until or leisure.should_wait():
            break
        changed += read_channel(channel)
    return changed


def due_channels() -> list[Channel]:
    """The connected channels with a post or the account to read, those that waited longest first."""
    now = clock.now()
    free = Q(not_before_at=None) | Q(not_before_at__lte=now)
    rested = Q(turn=None) | Q(turn__rests_until_at=None) | Q(turn__rests_until_at__lte=now)
    due = Q(pk__in=_with_due_posts(now)) | Q(turn=None) | Q(turn__account_at__lte=now)
    found = Channel.objects.filter(free, rested, due, health=Channel.Health.HEALTHY)
    return list(found.select_related("organization", "turn").order_by("turn__account_at", "pk"))


def read_channel(channel: Channel) -> int:
    """Read what is due of one channel and store it. Trouble is noted and ends this channel's turn alone."""
    try:
        measure = connector_of(channel.network).measure
    except UnknownNetwork:
        return 0
    if measure is None:
        return 0
    turn, _made = Turn.objects.get_or_create(channel=channel, defaults={"account_at": clock.now()})
    try:
        return _account(channel, turn, measure) + _posts(channel, measure)
    except SignInAgain:
        return 0  # `calling` has marked the channel
    except TryLater as ended:
        _rest(channel, ended.at)
    except NotDone as ended:
        log.warning("Numbers could not be read: %s %s %s", channel.pk, type(ended).__name__, ended.code)
        _rest(channel, None)
    except Exception as unexpected:  # a garbled answer must not keep the other channels from being read
        log.error("Numbers could not be read: %s %s", channel.pk, type(unexpected).__name__)
        _rest(channel, None)
    return 0


def _account(channel: Channel, turn: Turn, measure: Measure) -> int:
    now = clock.now()
    if turn.account_at > now:
        return 0
    changed = store_account(channel, call(channel, measure.account))
    Turn.objects.filter(pk=turn.pk).update(account_at=now + ACCOUNT_EVERY, rests_until_at=None)
    return changed


def _posts(channel: Channel, measure: Measure) -> int:
    changed = 0
    for _number in range(MOST_BATCHES):
        results = list(_due_posts(channel)[:BATCH])
        if not results:
            break
        refs = {result.pk: _ref(result) for result in results}
        found = call(channel, partial(_ask, measure, list(refs.values())))
        changed += store_posts(
            channel, [(result, found.get(refs[result.pk].remote_id)) for result in results]
        )
        time.sleep(PACE)
    return changed


def _ask(measure: Measure, refs: Sequence[RemoteRef], session: Session) -> Mapping[str, list[Number]]:
    return measure.posts(session, refs)


def _due_posts(channel: Channel) -> QuerySet[Result]:
    due = Result.objects.filter(channel=channel, next_at__lte=clock.now(), delivery__receipt__isnull=False)
    return due.select_related("delivery__receipt").order_by("next_at")


def _with_due_posts(now: datetime) -> QuerySet[Result, UUID]:
    return Result.objects.filter(next_at__lte=now).values_list("channel_id", flat=True).distinct()


def _ref(result: Result) -> RemoteRef:
    receipt = result.delivery.receipt
    return RemoteRef(receipt.remote_id, receipt.extra or {})


def _rest(channel: Channel, until: datetime | None) -> None:
    Turn.objects.filter(channel=channel).update(rests_until_at=until or clock.now() + REST)
