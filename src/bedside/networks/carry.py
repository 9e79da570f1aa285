"""In which order are a delivery's steps taken, and what is written down when?

`carry` takes a delivery from wherever it stands to its receipt, `settle` clears up an uncertain part; both
are the same for every network and keep the promise that nothing is asked twice. Who may be sent, and when, is
decided in publishing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bedside.networks.contract import (
    NotPublished,
    Outgoing,
    Progress,
    Publish,
    Published,
    Receipt,
    Refused,
    Session,
    SignInAgain,
    TryLater,
    Unknown,
    Unsure,
)
from bedside.networks.words import sentence as _

Save = Callable[[Progress], None]

POLL_AGAIN_AFTER = timedelta(seconds=5)


def carry(
    publish: Publish, session: Session, outgoing: Outgoing, progress: Progress, *, save: Save
) -> Receipt:
    """Take a delivery to its receipt. `save` stores the progress durably before it returns.

    Raises `Refused`, `TryLater` or `SignInAgain` with the progress saved such that a later `carry` continues,
    and `Unsure` when a part may be public: then only `settle` may follow. Any other exception also leaves it
    unsure.
    """
    if progress.is_uncertain:
        raise Unsure(_("We asked the network and do not know its answer; it has to be looked up first."))
    progress = _ready(publish, session, outgoing, _of_these_words(publish, outgoing, progress), save)
    while not progress.is_complete:
        progress = progress.asking(session.now())
        save(progress)
        progress = _ask(publish, session, outgoing, progress, save)
    return progress.receipt


def settle(
    publish: Publish,
    session: Session,
    outgoing: Outgoing,
    progress: Progress,
    *,
    save: Save,
    taken: frozenset[str] = frozenset(),
) -> Progress | Unknown:
    """Find out what became of an uncertain part. A `Progress` may be carried on; `Unknown` must be looked at
    again.
    """
    if not progress.is_uncertain:
        return progress
    match publish.reconcile(session, outgoing, progress, taken=taken):
        case Published(receipt):
            settled = progress.answered(receipt)
        case NotPublished():
            settled = progress.not_asked()
        case unknown:
            return unknown
    save(settled)
    return settled


def _of_these_words(publish: Publish, outgoing: Outgoing, progress: Progress) -> Progress:
    """The progress of exactly these words and pictures: only they were cleared.

    If others were begun and nothing of them was asked, these are begun instead, under the same key.
    """
    if not progress.of or progress.of == outgoing.digest or progress.begun_at is None:
        return progress
    if progress.receipts:
        raise Refused(
            _(
                "A part of this is already public in other words, so the rest cannot follow. Send it as a new post."
            ),
            code="words_changed",
        )
    return publish.begin(outgoing, key=progress.key, at=progress.begun_at)


def _ready(
    publish: Publish, session: Session, outgoing: Outgoing, progress: Progress, save: Save
) -> Progress:
    if not progress.is_prepared or progress.is_stale(session.now()):
        progress = publish.prepare(session, outgoing, progress)
        save(progress)
    if not progress.is_ready:
        progress = publish.poll(session, outgoing, progress)
        save(progress)
    if not progress.is_ready:
        raise TryLater(
            _("The network is still working on the pictures. We ask again in a few seconds."),
            at=session.now() + POLL_AGAIN_AFTER,
        )
    return progress


def _ask(publish: Publish, session: Session, outgoing: Outgoing, progress: Progress, save: Save) -> Progress:
    try:
        receipt = publish.commit(session, outgoing, progress)
    except (Refused, TryLater, SignInAgain):
        save(progress.not_asked())
        raise
    progress = progress.answered(receipt)
    save(progress)
    return progress
