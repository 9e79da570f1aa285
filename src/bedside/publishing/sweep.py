"""What a worker that ended in the middle left behind, made good by the living.

A delivery found in `sending` whose worker is gone is never sent again: it is *unsure* and will be looked up. Lanes and
look-ups of the gone are free again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from bedside.publishing.departures import line
from bedside.publishing.models import Attempt, Delivery, Lane
from bedside.publishing.writing import Batch

State = Delivery.State


def claimants() -> set[str]:
    """The names of all workers that hold something. Reads only."""
    held = Delivery.objects.filter(state__in=[State.SENDING, State.UNSURE], lease_until_at__isnull=False)
    lanes = Lane.objects.exclude(claimed_by="")
    return {*held.values_list("claimed_by", flat=True), *lanes.values_list("claimed_by", flat=True)}


def sweep(batch: Batch, *, now: datetime, dead: Iterable[str]) -> int:
    """Free what the dead and the lapsed hold; how many deliveries became unsure."""
    gone = Q(claimed_by__in=list(dead)) | Q(lease_until_at__lte=now)
    Lane.objects.filter(gone).exclude(claimed_by="").update(claimed_by="", lease_until_at=None)
    Delivery.objects.filter(gone, state=State.UNSURE, lease_until_at__isnull=False).update(
        lease_until_at=None, attempt_token=None
    )
    lost = (
        Delivery.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(gone | Q(lease_until_at=None), state=State.SENDING)
        .select_related("channel__organization")
        .defer("channel__credentials")
        .order_by("id")
    )
    return sum(_lose(batch, delivery, now) for delivery in lost)


def _lose(batch: Batch, delivery: Delivery, now: datetime) -> int:
    with override(delivery.channel.organization.language):
        reason = _("The worker ended while it was sending. We look whether the post is public.")
        words = _(
            "The worker ended while “%(what)s” was on its way to %(channel)s; it is being looked up."
        ) % {
            "what": delivery.excerpt,
            "channel": delivery.channel.name,
        }
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.UNSURE,
        reason_code="worker_lost",
        reason=reason,
        not_before_at=now,
        look_ups=0,
        attempt_token=None,
        lease_until_at=None,
    )
    Attempt.objects.filter(delivery=delivery, ended_at=None).update(ended_at=now, outcome="lost", says=reason)
    batch.lines[delivery.organization_id].append(line(delivery, "delivery.unsure", words))
    return 1
