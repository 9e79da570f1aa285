"""What planning shows of deliveries: how far each variant got, told by publishing in planning's words."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from bedside.planning.progress import Leaving
from bedside.publishing.models import Delivery

VARIANT = "variant"
_COLUMNS = (
    "subject_id",
    "pk",
    "state",
    "due_at",
    "finished_at",
    "reason",
    "receipt__url",
    "receipt__deleted_at",
)


def leaving(variant_ids: Collection[UUID]) -> Mapping[UUID, Leaving]:
    """The living delivery of each variant, with one query; cancelled ones are as if they had never been."""
    labels = dict(Delivery.State.choices)
    rows = _living(variant_ids).values_list(*_COLUMNS)
    found = {}
    for variant, pk, state, due_at, finished_at, reason, url, deleted_at in rows:
        found[variant] = Leaving(
            state="deleted" if deleted_at else state,
            label=str(labels[state]),
            at=finished_at or due_at,
            sentence=reason,
            url=reverse("publishing:delivery", args=[pk]),
            live_url=url or "" if not deleted_at else "",
        )
    return found


def states(variant_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Only how far each variant got, for a calendar full of them."""
    rows = _living(variant_ids).values_list("subject_id", "state", "receipt__deleted_at")
    return {variant: "deleted" if deleted_at else state for variant, state, deleted_at in rows}


def _living(variant_ids: Collection[UUID]) -> QuerySet[Delivery]:
    of_variants = Delivery.objects.filter(subject_kind=VARIANT, subject_id__in=list(variant_ids))
    return of_variants.exclude(state=Delivery.State.CANCELLED)
