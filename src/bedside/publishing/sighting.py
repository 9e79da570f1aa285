"""Is what the network accepted really to be seen? A second look, when there is time for it.

Accepting and showing are two things: a network may hide or remove a post after its answer. What was seen is said
so in the ledger; what is missing is said too.
"""

import time
from collections.abc import Iterator
from datetime import timedelta

from bedside.foundation import clock, leisure
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import NotDone, RemoteRef, Session
from bedside.networks.models import Channel
from bedside.networks.sessions import session_for
from bedside.publishing.models import Receipt

AT_ONCE = 100
SETTLES = timedelta(seconds=5)
LOOKS_BACK = timedelta(days=1)


def look_at_new(seconds: float) -> int:
    """Look at posts that were accepted within a day and never looked at; how many were. Ends after `seconds`."""
    until = time.monotonic() + seconds
    sessions: dict[object, Session | None] = {}
    looked = 0
    for receipt in _to_look_at():
        if time.monotonic() > until or leisure.should_wait():
            break
        channel = receipt.delivery.channel
        if channel.pk not in sessions:
            sessions[channel.pk] = _session(channel)
        session = sessions[channel.pk]
        if session is not None and _look(receipt, session):
            looked += 1
    return looked


def _to_look_at() -> Iterator[Receipt]:
    now = clock.now()
    fresh = Receipt.objects.filter(
        seen_live_at=None,
        missed_at=None,
        deleted_at=None,
        accepted_at__lte=now - SETTLES,
        accepted_at__gte=now - LOOKS_BACK,
        delivery__channel__health=Channel.Health.HEALTHY,
    )
    yield from fresh.select_related("delivery__channel").order_by("accepted_at")[:AT_ONCE]


def _session(channel: Channel) -> Session | None:
    try:
        return session_for(channel)
    except NotDone:  # sending will meet the same and tell a person
        return None


def _look(receipt: Receipt, session: Session) -> bool:
    publish = connector_of(receipt.delivery.channel.network).publish
    try:
        found = publish.verify(session, RemoteRef(receipt.remote_id, receipt.extra))
    except NotDone:  # not an answer; the next turn asks again
        return False
    now = clock.now()
    changes = {"missed_at": now} if found is None else {"seen_live_at": now}
    Receipt.objects.filter(pk=receipt.pk, deleted_at=None).update(**changes)
    return True
