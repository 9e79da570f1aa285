"""What planning shows of deliveries: how far each variant got, told by publishing in planning's words."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from bedside.planning.progress import Leaving
from bedside.publishing.models import Delivery, Receipt

VARIANT = "variant"


def leaving(variant_ids: Collection[UUID]) -> Mapping[UUID, Leaving]:
    """The living delivery of each variant, with one query; cancelled ones are as if they had never been."""
    deliveries = (
        Delivery.objects.filter(subject_kind=VARIANT, subject_id__in=list(variant_ids))
        .exclude(state=Delivery.State.CANCELLED)
        .select_related("receipt")
        .defer("progress", "receipt__extra", "receipt__evidence", "receipt__parts")
    )
    return {delivery.subject_id: _leaving(delivery) for delivery in deliveries}


def _leaving(delivery: Delivery) -> Leaving:
    receipt: Receipt | None = getattr(delivery, "receipt", None)
    is_deleted = receipt is not None and receipt.deleted_at is not None
    return Leaving(
        state="deleted" if is_deleted else delivery.state,
        label=delivery.get_state_display(),
        at=delivery.finished_at or delivery.due_at,
        sentence=delivery.reason,
        url=reverse("publishing:delivery", args=[delivery.pk]),
        live_url=receipt.url if receipt is not None and not is_deleted else "",
    )
