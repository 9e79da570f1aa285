"""What follows from how a call ended? Pure: an outcome in, the delivery's next state and its sentence out.

Receipt → sent. TryLater → waiting. Refused → failed. SignInAgain → held. Unsure → unsure. Our own fault before
anything was asked → waiting, and after some tries held. Writing it down is `landing`.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bedside.networks.contract import NotDone, Receipt, Refused, SignInAgain, TryLater, Unsure
from bedside.networks.words import translated
from bedside.publishing.models import Delivery
from bedside.publishing.timing import FIRST_LOOK, TRIES_BROKEN, TRIES_IN_ORDER, back_off

State = Delivery.State


class Broken(Exception):
    """Something of our own went wrong before the network was asked for anything irreversible."""


Outcome = Receipt | NotDone | Broken


@dataclass(frozen=True)
class Ending:
    """How a delivery goes on. `lane_until` keeps those behind it waiting, `channel_until` the whole channel."""

    state: str
    outcome: str
    says: str = ""
    code: str = ""
    not_before_at: datetime | None = None
    lane_until: datetime | None = None
    channel_until: datetime | None = None
    needs_sign_in: bool = False

    @property
    def counts_as_try(self) -> bool:
        return self.state == State.WAITING


def ending_of(
    outcome: Outcome, *, tries: int, is_partly_out: bool, now: datetime, dice: random.Random
) -> Ending:
    """What follows from `outcome`; `tries` are the failures before this one."""
    if isinstance(outcome, Receipt):
        return Ending(State.SENT, "receipt")
    says = _sentence(outcome)
    match outcome:
        case Refused():
            says = f"{says} {_partly()}" if is_partly_out else says
            return Ending(State.FAILED, "refused", says, "refused")
        case SignInAgain():
            return Ending(State.HELD, "sign_in_again", says, "channel", needs_sign_in=True)
        case TryLater():
            return _later(outcome, says, tries + 1, now, dice)
        case Unsure():
            return Ending(State.UNSURE, "unsure", says, "unsure", not_before_at=now + FIRST_LOOK)
        case Broken() if tries + 1 >= TRIES_BROKEN:
            return Ending(State.HELD, "broken", says, "broken")
        case Broken():
            at = now + back_off(tries + 1, dice=dice)
            in_order = tries + 1 <= TRIES_IN_ORDER
            return Ending(
                State.WAITING, "broken", says, not_before_at=at, lane_until=at if in_order else None
            )
    return Ending(State.UNSURE, "unsure", says, "unsure", not_before_at=now + FIRST_LOOK)


def _later(outcome: TryLater, says: str, tries: int, now: datetime, dice: random.Random) -> Ending:
    at = (
        now + back_off(tries, dice=dice)
        if outcome.at is None
        else max(outcome.at, now + timedelta(seconds=0.2))
    )
    return Ending(
        State.WAITING,
        "try_later",
        says,
        not_before_at=at,
        lane_until=at if tries <= TRIES_IN_ORDER else None,
        channel_until=outcome.at if outcome.code else None,
    )


def _sentence(outcome: NotDone | Broken) -> str:
    if isinstance(outcome, Broken):
        return _(
            "Something went wrong on our side before the network was asked. Nothing was published; the log of the "
            "worker says more."
        )
    return translated(outcome.sentence, _)


def _partly() -> str:
    return _("A part of it is public already. Look at it there, then try again or delete it.")
