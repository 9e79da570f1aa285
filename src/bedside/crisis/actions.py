"""The verbs of stopping: place a hold, lift a hold.

A hold is in force with its commit: whatever was not yet `sending` then, stays (see `barrier`). What was held by
it is taken up again by the publishing room when it is lifted.
"""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.crisis.barrier import before_stop
from bedside.crisis.models import Hold
from bedside.crisis.news import HoldLifted, HoldPlaced
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.doers import THE_HOUSE, Doer, insist, member_behind, organization_of
from bedside.people.powers import Power


@action
def place_hold(
    *,
    organization_id: UUID | None,
    channel_id: UUID | None = None,
    channel_name: str = "",
    reason: str,
    by: Doer,
) -> Hold:
    """Stop sending for a channel, an organization (no channel), or everything (no organization).

    The caller makes sure that the channel belongs to the organization. A second hold on the same scope
    is the first one. Needs the power `hold`; everything may be stopped only by who runs the installation.
    """
    insist(by, Power.HOLD)
    _insist_on_scope(by, organization_id)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refusal("reason_missing", _("Say in a few words why sending stops."), field="reason")
    before_stop()
    standing = Hold.objects.in_force().filter(_scope(organization_id, channel_id)).first()
    if standing is not None:
        nothing_changed()
        return standing
    hold = Hold.objects.create(
        organization_id=organization_id,
        channel_id=channel_id,
        reason=reason,
        placed_at=clock.now(),
        placed_by=member_behind(by),
    )
    words = _("Stopped sending for %(what)s: %(reason)s") % {
        "what": scope_words(hold, channel_name),
        "reason": reason,
    }
    record(organization_id, by=by.actor, verb="hold.placed", on=("hold", hold.pk, reason), words=words)
    announce(HoldPlaced(hold.pk, organization_id, channel_id, reason))
    return hold


@action
def lift_hold(hold: Hold, *, by: Doer, channel_name: str = "") -> Hold:
    """Let sending go on. Lifting twice is lifting once. What became late meanwhile stays held for a person."""
    insist(by, Power.HOLD)
    _insist_on_scope(by, hold.organization_id)
    now = clock.now()
    if not Hold.objects.in_force().filter(pk=hold.pk).update(lifted_at=now, lifted_by=member_behind(by)):
        nothing_changed()
        return hold
    hold.refresh_from_db()
    words = _("Let sending go on for %(what)s.") % {"what": scope_words(hold, channel_name)}
    record(
        hold.organization_id, by=by.actor, verb="hold.lifted", on=("hold", hold.pk, hold.reason), words=words
    )
    announce(HoldLifted(hold.pk, hold.organization_id, hold.channel_id))
    return hold


def scope_words(hold: Hold, channel_name: str = "") -> str:
    """What a hold stops, in words."""
    if hold.organization_id is None:
        return _("everything on this installation")
    if hold.channel_id is None:
        return _("the whole organization")
    return channel_name or _("one channel")


def _insist_on_scope(by: Doer, organization_id: UUID | None) -> None:
    if by is THE_HOUSE:
        return
    if organization_id is None:
        raise NotAllowed(
            Power.HOLD,
            _(
                "Everything on this installation can be stopped only by who runs it, with “bedside hold”. "
                "You can stop your organization."
            ),
        )
    if organization_of(by) != organization_id:
        raise NotAllowed(Power.HOLD)


def _scope(organization_id: UUID | None, channel_id: UUID | None) -> Q:
    return Q(organization_id=organization_id, channel_id=channel_id)
