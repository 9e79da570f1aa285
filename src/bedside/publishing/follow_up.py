"""What follows for deliveries when something else in the house changes: words, holds, channels.

Called from `config.wiring` with other rooms' news. The gate would find all of it at the minute; here it is
seen at once, so that the calendar and the ledger tell the truth, and so that what was stopped goes on by itself.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bedside.audit.actions import Line, action, nothing_changed, record_many
from bedside.audit.actor import SYSTEM
from bedside.foundation import clock
from bedside.publishing.gate import changed
from bedside.publishing.models import Delivery

State = Delivery.State
NOT_LEFT = (State.WAITING, State.HELD, State.FAILED)


@action
def hold_changed(subject_kind: str, subject_ids: Iterable[UUID]) -> int:
    """The words of these subjects were changed: what waits is held until it is signed and scheduled anew."""
    reason = changed()
    waiting = _of(subject_kind, subject_ids).filter(state=State.WAITING)
    return _each(
        waiting,
        "delivery.held",
        _("Held “%(what)s”, because it was changed."),
        state=State.HELD,
        reason_code=reason.code,
        reason=reason.sentence,
    )


@action
def hold_unsigned(subject_kind: str, subject_ids: Iterable[UUID]) -> int:
    """A signature on these subjects was taken back: what waits is held until it is signed again."""
    return _each(
        _of(subject_kind, subject_ids).filter(state=State.WAITING),
        "delivery.held",
        _("Held “%(what)s”, because a signature was taken back."),
        state=State.HELD,
        reason_code="not_signed",
        reason=_("A signature was taken back. It waits again by itself once everybody has signed."),
    )


@action
def cancel_unplanned(subject_kind: str, subject_ids: Iterable[UUID]) -> int:
    """The time of these subjects was taken away: what has not left is cancelled, until there is a new one."""
    return _each(
        _of(subject_kind, subject_ids).filter(state__in=NOT_LEFT),
        "delivery.cancelled",
        _("Cancelled “%(what)s”, because its time was taken away."),
        state=State.CANCELLED,
        reason_code="unplanned",
        reason=_("Its time was taken away. Give the post a new one and it waits again."),
        finished_at=clock.now(),
    )


@action
def cancel_withdrawn(subject_kind: str, subject_ids: Iterable[UUID]) -> int:
    """These subjects were withdrawn: what has not left is cancelled."""
    return _each(
        _of(subject_kind, subject_ids).filter(state__in=NOT_LEFT),
        "delivery.cancelled",
        _("Cancelled “%(what)s”, because it was withdrawn."),
        state=State.CANCELLED,
        reason_code="withdrawn",
        reason=_("It was withdrawn."),
        finished_at=clock.now(),
    )


@action
def go_on(code: str, *, organization_id: UUID | None = None, channel_id: UUID | None = None) -> int:
    """What was held with this reason code waits again; the gate looks at it anew, lateness included."""
    held = Delivery.objects.filter(state=State.HELD, reason_code=code)
    if organization_id is not None:
        held = held.filter(organization_id=organization_id)
    if channel_id is not None:
        held = held.filter(channel_id=channel_id)
    return _each(
        held,
        "delivery.released",
        _("“%(what)s” waits again, because what stopped it is over."),
        state=State.WAITING,
        reason_code="",
        reason="",
    )


def _of(kind: str, ids: Iterable[UUID]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(subject_kind=kind, subject_id__in=list(ids))


def _each(found: QuerySet[Delivery], verb: str, words: str, **changes: object) -> int:
    """Change every delivery found, in one transaction with a line of the record for each."""
    rows = list(found.select_for_update(no_key=True).order_by("organization_id", "id"))
    if not rows:
        nothing_changed()
        return 0
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(**changes)
    for organization_id in sorted({row.organization_id for row in rows}, key=str):
        mine = [row for row in rows if row.organization_id == organization_id]
        record_many(
            organization_id,
            [
                Line(SYSTEM, verb, "delivery", str(row.pk), row.excerpt, words % {"what": row.excerpt}, {})
                for row in mine
            ],
        )
    return len(rows)
