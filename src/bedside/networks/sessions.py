"""How do we act for a channel, and how do its credentials stay fresh with many workers at once?

A session is read, not called for: `open_session` only opens the sealed credentials. Exchanging them is a call
that kills the old ones, so one process at a time may do it, under the channel's lock; whoever comes
second finds the new ones in the row. The lock is a lease in the row, because a transaction that waits for a
network would stop everybody else on SQLite.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db.models import Q

from bedside.foundation import clock
from bedside.foundation.http import Http
from bedside.foundation.secrets import SecretUnreadable
from bedside.networks.account import Credentials, Session
from bedside.networks.catalogue import connector_of
from bedside.networks.models import Channel
from bedside.networks.outcomes import SignInAgain, TryLater
from bedside.networks.queries import account_of
from bedside.networks.words import sentence as _

LOCK_HOLDS = timedelta(seconds=60)  # longer than a refresh can take: two calls of at most 20 seconds
WAIT_FOR_LOCK = 45.0  # seconds
CALL_AT_MOST = 20.0  # seconds without a byte, after which a call counts as unanswered


def http_for(server_url: str) -> Http:
    """The door to one server. Private addresses only where the operator's settings name them."""
    return Http(
        server_url,
        allow_private=server_url.rstrip("/") == settings.BEDSIDE_PRACTICE_URL.rstrip("/"),
        allow_loopback=settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS,
        timeout=CALL_AT_MOST,
    )


def session_for(channel: Channel) -> Session:
    """A session whose credentials are not about to expire. Raises `SignInAgain` when a person is needed."""
    session = open_session(channel)
    return renewed(channel, session) if is_expiring(channel, session) else session


def open_session(channel: Channel) -> Session:
    """A session with the credentials as they are stored; no call is made. Raises `SignInAgain`."""
    try:
        stored = channel.credentials
    except SecretUnreadable:
        raise SignInAgain(
            _(
                "The stored sign-in of this channel cannot be opened with the present keys. Restore the key, or "
                "connect the channel again."
            ),
            code="secret_unreadable",
        ) from None
    if not stored:
        raise SignInAgain(_("This channel is not signed in. Connect it again."), code="no_credentials")
    return Session(
        account=account_of(channel),
        credentials=Credentials.from_json(stored),
        http=http_for(channel.server_url),
    )


def is_expiring(channel: Channel, session: Session) -> bool:
    """Whether it is time to exchange the session's credentials for new ones."""
    return connector_of(channel.network).connect.needs_refresh(session.credentials, clock.now())


def renewed(channel: Channel, session: Session) -> Session:
    """A session with newer credentials than `session` has, exchanged once however many ask.

    Raises `SignInAgain` when the network wants a person, `TryLater` when it cannot be asked now.
    """
    with _locked(channel):
        fresh = Channel.objects.get(pk=channel.pk)
        present = open_session(fresh)
        if present.credentials.access_token != session.credentials.access_token:
            return present
        new = connector_of(channel.network).connect.refresh(present)
        Channel.objects.filter(pk=channel.pk).update(
            credentials=new.as_json(), credentials_expire_at=new.expires_at
        )
    return Session(present.account, new, present.http, present.now)


@contextmanager
def _locked(channel: Channel) -> Iterator[None]:
    """Hold the channel's lock; wait for it a while. Raises `TryLater` when another keeps it."""
    holder, give_up = uuid4().hex, time.monotonic() + WAIT_FOR_LOCK
    while not _take(channel, holder):
        if time.monotonic() > give_up:
            raise TryLater(
                _("Another process is signing this channel in anew. We try again by ourselves."), code=""
            )
        time.sleep(0.1)
    try:
        yield
    finally:
        Channel.objects.filter(pk=channel.pk, locked_by=holder).update(locked_by="", locked_until_at=None)


def _take(channel: Channel, holder: str) -> bool:
    now = clock.now()
    free = Q(locked_until_at=None) | Q(locked_until_at__lte=now)
    return bool(
        Channel.objects.filter(free, pk=channel.pk).update(locked_by=holder, locked_until_at=now + LOCK_HOLDS)
    )
