"""One call in the air: carry a departed delivery to its outcome, saving before each irreversible step.

Runs in a thread of the crew and touches the database only through the pen. Whatever happens here ends as an
outcome; what follows from it is `ending`, writing it down is `landing`.
"""

import logging
import time
from collections.abc import Callable

from bedside.networks import sessions
from bedside.networks.carry import carry
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import NotDone, Progress, Session, SignInAgain, Unsure
from bedside.networks.words import sentence as _
from bedside.publishing.departures import Departure
from bedside.publishing.ending import Broken, Outcome
from bedside.publishing.landing import Landed

log = logging.getLogger(__name__)

Keep = Callable[[Progress], bool]
NOTED_FOR = 2.0  # seconds


class Overtaken(Exception):
    """Another attempt has taken this delivery over; ours must not ask the network for anything."""


class Notebook:
    """How far a flight got. What must be durable before the next step is; the rest is written at the end.

    Durable: that we are about to ask (or a crash could make us ask twice), and what is public of a thread. Uploads
    may be repeated, and the last answer is written together with the end. That the first part is asked for was
    mostly noted when the delivery left; it counts for a moment only, so that nothing is asked long after it was noted.
    """

    def __init__(self, departure: Departure, keep: Keep) -> None:
        self.progress = departure.progress
        self.departure = departure
        self.keep = keep

    def save(self, progress: Progress) -> None:
        """What `carry` calls before and after each step. Raises Overtaken."""
        self.progress = progress
        if not progress.is_uncertain or self._is_noted(progress):
            return
        try:
            is_kept = self.keep(progress)
        except Exception:  # raised again below: whatever hindered the note, nothing was asked
            self.progress = progress.not_asked()  # it could not be written, so we do not ask
            raise
        if not is_kept:
            raise Overtaken

    def _is_noted(self, progress: Progress) -> bool:
        noted = self.departure.noted
        is_same_part = noted.is_uncertain and noted.index == progress.index
        return is_same_part and time.monotonic() - self.departure.decided_at < NOTED_FOR


def fly(departure: Departure, session: Session, *, keep: Keep) -> Landed | None:
    """Carry one delivery to its outcome; None when it was taken over by another attempt."""
    notebook = Notebook(departure, keep)
    try:
        outcome = _carried(departure, session, notebook)
    except Overtaken:
        return None
    return Landed(departure.delivery, departure.token, notebook.progress, outcome, session.now())


def _carried(departure: Departure, session: Session, notebook: Notebook) -> Outcome:
    channel = departure.delivery.channel
    try:
        try:
            if sessions.is_expiring(channel, session):
                session = sessions.renewed(channel, session)
            return _once(departure, session, notebook)
        except SignInAgain:
            # The credentials may have ended early: one exchange for new ones, one more try.
            return _once(departure, sessions.renewed(channel, session), notebook)
    except NotDone as ended:
        return ended
    except Overtaken:
        raise
    except Exception as unexpected:  # whatever it is, it must end as an outcome and never as a second call
        log.exception("A delivery could not be carried: %s", departure.delivery.pk)
        if notebook.progress.is_uncertain:
            return Unsure(_("The answer of the network was lost, so the post may be public. We look it up."))
        return Broken(type(unexpected).__name__)


def _once(departure: Departure, session: Session, notebook: Notebook) -> Outcome:
    publish = connector_of(departure.delivery.channel.network).publish
    standing = departure.looked.standing
    if standing is None:  # the gate lets nothing through without one
        return Broken("nothing to send")
    return carry(publish, session, standing.outgoing, notebook.progress, save=notebook.save)
