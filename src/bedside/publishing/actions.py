"""The verbs about a delivery: hold, release, cancel, give another time, send now, and settle what is unsure.

Every change is conditional on the state it was decided from: one that commits before `sending` wins, one that comes
later is refused with a sentence. Scheduling is `scheduling`, deleting what is public is `taking_down`.
"""

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from bedside.audit.actions import action, record
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import Refusal
from bedside.networks.contract import Progress
from bedside.networks.contract import Receipt as RemoteReceipt
from bedside.people.doers import Doer, insist
from bedside.people.powers import Power
from bedside.publishing.landing import receipt_row
from bedside.publishing.models import Delivery
from bedside.publishing.news import DeliverySent
from bedside.publishing.scheduling import (
    insist_on_future,
    insist_on_organization,
    is_partly_out,
    schedule,
)
from bedside.publishing.subjects import subject_of

__all__ = [
    "cancel_delivery",
    "hold_delivery",
    "release_delivery",
    "reschedule",
    "resolve_unsure",
    "schedule",
    "send_now",
]

State = Delivery.State
BEFORE_LEAVING = (State.WAITING, State.HELD, State.FAILED)


@action
def hold_delivery(delivery: Delivery, *, by: Doer, because: str = "") -> Delivery:
    """Stop one waiting delivery until somebody releases it. Needs its subject's power, or `hold`."""
    _insist(delivery, by, or_hold=True)
    because = " ".join(because.split()) or _("no reason given")
    reason = _("%(who)s held it: %(why)s. Release it when it may leave.") % {
        "who": by.actor.label,
        "why": because,
    }
    _move(delivery, (State.WAITING,), state=State.HELD, reason_code="person", reason=reason[:500])
    _tell(delivery, by, "delivery.held", _("Held “%(what)s”: %(why)s"), why=because)
    return delivery


@action
def release_delivery(delivery: Delivery, *, by: Doer) -> Delivery:
    """Let a held or failed delivery leave at its time, or now when that has passed. The gate looks again."""
    _insist(delivery, by, or_hold=delivery.reason_code in ("person", "hold"))
    _move(
        delivery,
        (State.HELD, State.FAILED),
        state=State.WAITING,
        due_at=max(delivery.due_at, clock.now()),
        **_AFRESH,
    )
    _tell(delivery, by, "delivery.released", _("Released “%(what)s”."))
    return delivery


@action
def cancel_delivery(delivery: Delivery, *, by: Doer, because: str = "") -> Delivery:
    """Take a delivery that has not left out of the queue for good."""
    _insist(delivery, by)
    if is_partly_out(delivery):
        raise Refusal("partly_out", _("A part of it is public already. Delete it instead."))
    reason = because or _("%(who)s cancelled it.") % {"who": by.actor.label}
    _move(
        delivery,
        BEFORE_LEAVING,
        state=State.CANCELLED,
        reason_code="cancelled",
        reason=reason[:500],
        finished_at=clock.now(),
    )
    _tell(delivery, by, "delivery.cancelled", _("Cancelled “%(what)s”: %(why)s"), why=reason)
    return delivery


@action
def reschedule(delivery: Delivery, *, at: datetime, by: Doer) -> Delivery:
    """Give a delivery that has not left another time (aware); what was held or failed waits again."""
    _insist(delivery, by)
    insist_on_future(at)
    _move(delivery, BEFORE_LEAVING, state=State.WAITING, due_at=at, **_AFRESH)
    moment = clock.wall(at, delivery.organization.time_zone)
    _tell(delivery, by, "delivery.rescheduled", _("Moved “%(what)s” to %(why)s."), why=moment)
    return delivery


def send_now(delivery: Delivery, *, by: Doer) -> Delivery:
    """Give a delivery the present moment as its time."""
    return reschedule(delivery, at=clock.now(), by=by)


@action
def resolve_unsure(
    delivery: Delivery, *, by: Doer, says: Literal["it is live", "it is not live"], remote_url: str = ""
) -> Delivery:
    """Settle by a person's look what the look-ups could not: it is there (at `remote_url`), or it is not.

    "It is not live" lets it wait again, through the gate; only after Bedside has looked at least once itself.
    """
    _insist(delivery, by)
    if delivery.state == State.UNSURE and delivery.look_ups == 0:
        raise Refusal("not_looked_yet", _("Bedside is looking for it just now. Wait a minute, then decide."))
    if says == "it is live":
        _is_there(delivery, remote_url)
        _tell(
            delivery,
            by,
            "delivery.resolved",
            _("Looked for “%(what)s” and found it: %(why)s"),
            why=remote_url,
        )
        announce(
            DeliverySent(delivery.pk, delivery.organization_id, delivery.subject_kind, delivery.subject_id)
        )
        return delivery
    progress = Progress.from_json(delivery.progress)
    settled = progress.not_asked() if progress.is_uncertain else progress
    _move(
        delivery,
        (State.UNSURE,),
        state=State.WAITING,
        progress=settled.as_json(),
        due_at=max(delivery.due_at, clock.now()),
        attempt_token=None,
        lease_until_at=None,
        **_AFRESH,
    )
    _tell(delivery, by, "delivery.resolved", _("Looked for “%(what)s”: it is not there. It is sent again."))
    return delivery


_AFRESH = {
    "reason_code": "",
    "reason": "",
    "not_before_at": None,
    "finished_at": None,
    "tries": 0,
    "look_ups": 0,
}


def _is_there(delivery: Delivery, remote_url: str) -> None:
    if not remote_url.startswith(("https://", "http://")):
        raise Refusal(
            "address_missing",
            _("Paste the address of the post on the network, so that it can be found again."),
            field="remote_url",
        )
    now = clock.now()
    _move(
        delivery,
        (State.UNSURE,),
        state=State.SENT,
        reason_code="",
        reason="",
        finished_at=now,
        not_before_at=None,
        attempt_token=None,
        lease_until_at=None,
    )
    by_hand = RemoteReceipt(remote_url, remote_url, now, {"found_by": "a person"})
    receipt_row(delivery, by_hand).save()


def _insist(delivery: Delivery, by: Doer, *, or_hold: bool = False) -> None:
    insist_on_organization(by, delivery.organization_id)
    if not (or_hold and Power.HOLD in by.powers):
        insist(by, subject_of(delivery.subject_kind).power)


def _move(delivery: Delivery, states: tuple[State, ...], **changes: object) -> None:
    """Change the row if it is still in one of `states`; otherwise refuse with how it stands."""
    changed = Delivery.objects.filter(pk=delivery.pk, state__in=states).update(**changes)
    delivery.refresh_from_db()
    if not changed:
        raise Refusal("wrong_state", _too_late(delivery))


def _too_late(delivery: Delivery) -> str:
    sentences = {
        State.SENDING: _("It is on its way to the network just now; what was asked comes too late."),
        State.UNSURE: _(
            "It was handed to the network and is being looked up; what was asked comes too late."
        ),
        State.SENT: _("It is public already. You can delete it."),
        State.CANCELLED: _("It was cancelled before."),
        State.WAITING: _("It is waiting for its time already."),
        State.HELD: _("It is held already."),
        State.FAILED: _("The network refused it before."),
    }
    return sentences[State(delivery.state)]


def _tell(delivery: Delivery, by: Doer, verb: str, words: str, why: str = "") -> None:
    record(
        delivery.organization_id,
        by=by.actor,
        verb=verb,
        on=("delivery", delivery.pk, delivery.excerpt),
        words=words % {"what": delivery.excerpt, "why": why},
    )
