"""What a restored installation may not do: send again what left the house after the backup was made.

A backup does not know what happened after it. Every delivery that waited then may have been sent since, so
all of them are held until a person has looked; those in flight are looked up at the network as after a crash.
"""

from collections import Counter

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.audit.actor import SYSTEM
from bedside.publishing.models import Delivery

CODE = "restored"


@action
def hold_what_waited() -> int:
    """Hold every waiting delivery of every organization; returns how many."""
    waiting = Delivery.objects.select_for_update(no_key=True).filter(state=Delivery.State.WAITING)
    counted = Counter(waiting.values_list("organization_id", flat=True))
    reason = _(
        "Bedside was restored from a backup. This may have been published after the backup was made: look at"
        " the channel first, then release or cancel it."
    )
    waiting.update(
        state=Delivery.State.HELD, reason_code=CODE, reason=reason, lease_until_at=None, claimed_by=""
    )
    for organization_id, count in counted.items():
        record(
            organization_id,
            by=SYSTEM,
            verb="backup.restored",
            on=("organization", organization_id, ""),
            words=_("Restored from a backup; %(count)s waiting deliveries are held.") % {"count": count},
        )
    if not counted:
        nothing_changed()
    return sum(counted.values())
