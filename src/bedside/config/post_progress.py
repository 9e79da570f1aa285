"""What planning shows of deliveries: how far each variant got, told by publishing in planning's words; and for
approvals, whether a post has left as a whole.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from bedside.planning import progress
from bedside.planning.models import Variant
from bedside.planning.progress import Leaving
from bedside.publishing.models import Delivery

VARIANT = "variant"
HAS_LEFT = ("sent", "deleted")
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


def posts_left(post_ids: Collection[UUID]) -> Collection[UUID]:
    """Those of the posts of which every variant is public, or was until it was taken down."""
    variants: dict[UUID, list[UUID]] = defaultdict(list)
    for post, variant in Variant.objects.filter(post_id__in=post_ids).values_list("post_id", "pk"):
        variants[post].append(variant)
    became = progress.states_of([variant for ours in variants.values() for variant in ours])
    return [post for post, ours in variants.items() if all(became.get(pk) in HAS_LEFT for pk in ours)]


def _living(variant_ids: Collection[UUID]) -> QuerySet[Delivery]:
    of_variants = Delivery.objects.filter(subject_kind=VARIANT, subject_id__in=list(variant_ids))
    return of_variants.exclude(state=Delivery.State.CANCELLED)
