"""The verb `schedule`: from something agreed to a delivery that waits for its minute.

A delivery belongs to one fingerprint for life. Scheduling other words for the same subject and channel puts a
new delivery in place of the old one, unless the old one is on its way or public already.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.networks.models import Channel
from bedside.people.doers import THE_HOUSE, Doer, insist, member_behind, organization_of
from bedside.publishing.models import Delivery
from bedside.publishing.subjects import Standing, Wanted, subject_of

State = Delivery.State
FORGIVEN = timedelta(minutes=1)  # a form that was opened a minute ago may still say "now"
FURTHEST = timedelta(days=3 * 365)


@action
def schedule(*, subject_kind: str, subject_id: UUID, channel: Channel, at: datetime, by: Doer) -> Delivery:
    """Let a subject leave through `channel` at `at` (aware). Needs the subject's power (publish, or answer).

    Refused: not cleared (with the clearance's own code and sentence), in the past, on its way or public already.
    The last gate asks all of it again at the minute.
    """
    insist(by, subject_of(subject_kind).power)
    insist_on_organization(by, channel.organization_id)
    if by is not THE_HOUSE:  # the house carries out a plan; when signatures came late, the gate decides
        insist_on_future(at)
    standing = _standing(subject_kind, subject_id, channel)
    delivery = _living(subject_kind, subject_id, channel)
    if delivery is not None:
        _insist_on_place(delivery, standing)
        if delivery.fingerprint != standing.fingerprint:
            Delivery.objects.filter(pk=delivery.pk).update(
                state=State.CANCELLED,
                reason_code="replaced",
                reason=_("A newer version took its place."),
                finished_at=clock.now(),
            )
            delivery = None
    if delivery is not None and delivery.state == State.WAITING and delivery.due_at == at:
        nothing_changed()
        return delivery
    delivery = _moved(delivery, at) if delivery else _new(subject_kind, subject_id, channel, at, standing, by)
    words = _("Scheduled “%(what)s” for %(channel)s at %(at)s.") % {
        "what": delivery.excerpt,
        "channel": channel.name,
        "at": clock.wall(at, channel.organization.time_zone),
    }
    record(
        delivery.organization_id,
        by=by.actor,
        verb="delivery.scheduled",
        on=("delivery", delivery.pk, delivery.excerpt),
        words=words,
        data={"subject": subject_kind, "subject_id": subject_id, "fingerprint": delivery.fingerprint},
    )
    return delivery


def insist_on_organization(by: Doer, organization_id: UUID) -> None:
    """Refuse to touch what belongs to another organization; the sentence does not tell that it exists."""
    if organization_of(by) not in (None, organization_id):
        raise Refusal("unknown", _("There is no such thing here."))


def insist_on_future(at: datetime) -> None:
    """Refuse a time that has passed, or is so far off that it must be a slip."""
    if at > clock.now() + FURTHEST:
        raise Refusal("too_far", _("Choose a time within the next three years."), field="at")
    if at < clock.now() - FORGIVEN:
        raise Refusal(
            "in_the_past", _("That time has passed. Choose a later one, or send it now."), field="at"
        )


def _standing(kind: str, subject_id: UUID, channel: Channel) -> Standing:
    standing = subject_of(kind).standings([Wanted(subject_id, channel)]).get(subject_id)
    if standing is None:
        raise Refusal("gone", _("What was to be sent no longer exists."))
    if not standing.is_clear:
        raise Refusal(
            standing.code or "not_clear", standing.sentence or _("It is not cleared for publishing.")
        )
    return standing


def _living(kind: str, subject_id: UUID, channel: Channel) -> Delivery | None:
    return (
        Delivery.objects.select_for_update(no_key=True)
        .filter(subject_kind=kind, subject_id=subject_id, channel=channel)
        .exclude(state=State.CANCELLED)
        .first()
    )


def _insist_on_place(delivery: Delivery, standing: Standing) -> None:
    if delivery.state == State.SENT:
        raise Refusal(
            "already_sent", _("It is public on this channel already. Duplicate the post to publish it again.")
        )
    if delivery.state in (State.SENDING, State.UNSURE):
        raise Refusal(
            "under_way",
            _("It is on its way to the network just now. Wait until it is clear what became of it."),
        )
    if delivery.fingerprint != standing.fingerprint and is_partly_out(delivery):
        raise Refusal(
            "partly_out",
            _(
                "A part of the earlier version is public on this channel. Delete it there before this one leaves."
            ),
        )


def is_partly_out(delivery: Delivery) -> bool:
    """Whether some part of it (of a thread, for example) is public."""
    return any(part.get("receipt") for part in delivery.progress.get("parts", ()))


def _moved(delivery: Delivery, at: datetime) -> Delivery:
    delivery.state, delivery.due_at, delivery.tries = State.WAITING, at, 0
    delivery.reason_code, delivery.reason = "", ""
    delivery.not_before_at = delivery.finished_at = None
    delivery.save(
        update_fields=[
            "state",
            "due_at",
            "tries",
            "reason_code",
            "reason",
            "not_before_at",
            "finished_at",
        ]
    )
    return delivery


def _new(
    kind: str, subject_id: UUID, channel: Channel, at: datetime, standing: Standing, by: Doer
) -> Delivery:
    return Delivery.objects.create(
        organization_id=channel.organization_id,
        channel=channel,
        subject_kind=kind,
        subject_id=subject_id,
        excerpt=Truncator(" ".join(standing.outgoing.text.split())).chars(140),
        fingerprint=standing.fingerprint,
        due_at=at,
        scheduled_by=member_behind(by),
        scheduled_at=clock.now(),
    )
