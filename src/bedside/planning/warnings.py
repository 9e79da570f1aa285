"""What a person should think about before planning: the same words a short while ago, two posts at once.

Warnings, never refusals.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models.functions import Coalesce

from bedside.foundation import clock
from bedside.planning.models import Post, Variant
from bedside.planning.queries import leaving_between
from bedside.planning.similarity import ALIKE, likeness, words_of

LATELY = timedelta(days=30)
CLOSE = timedelta(minutes=15)
MOST_TOLD = 3  # of each kind
MOST_COMPARED = 300  # of one channel, the nearest in time; keeps a save quick


@dataclass(frozen=True)
class Caution:
    """Another post on the same channels that says nearly the same, or leaves at nearly the same minute."""

    kind: Literal["duplicate", "clash"]
    channel_names: str
    post_id: UUID
    words: str
    at: datetime


@dataclass(frozen=True)
class _Other:
    post_id: UUID
    text: str
    at: datetime


def warnings_of(post: Post) -> list[Caution]:
    """What stands out about the post among those planned around it: the nearest three of each kind."""
    clashes: dict[UUID, tuple[_Other, list[str]]] = {}
    duplicates: dict[UUID, tuple[_Other, list[str]]] = {}
    for variant in post.variants.all():
        at = variant.planned_at or post.planned_at
        ours = words_of(post.text if variant.text is None else variant.text)
        for other in _around(variant, at or clock.now()):
            # Strictly nearer than 15 minutes: slots a quarter of an hour apart are meant.
            if at is not None and abs(other.at - at) < CLOSE:
                clashes.setdefault(other.post_id, (other, []))[1].append(variant.channel.name)
            if ours and likeness(ours, words_of(other.text)) >= ALIKE:
                duplicates.setdefault(other.post_id, (other, []))[1].append(variant.channel.name)
    middle = post.planned_at or clock.now()
    return [*_told("clash", clashes, middle), *_told("duplicate", duplicates, middle)]


def _around(variant: Variant, at: datetime) -> Iterator[_Other]:
    """What is planned on the variant's channel within thirty days, the nearest first and not without end."""
    around = leaving_between(variant.channel_id, at - LATELY, at + LATELY).exclude(post_id=variant.post_id)
    rows = around.annotate(says=Coalesce("text", "post__text")).values_list("post_id", "says", "leaves_at")
    before = rows.filter(leaves_at__lt=at).order_by("-leaves_at")[: MOST_COMPARED // 2]
    after = rows.filter(leaves_at__gte=at).order_by("leaves_at")[: MOST_COMPARED // 2]
    for found in (before, after):
        yield from (_Other(post_id, says or "", leaves_at) for post_id, says, leaves_at in found if leaves_at)


def _told(
    kind: Literal["duplicate", "clash"], found: dict[UUID, tuple[_Other, list[str]]], middle: datetime
) -> list[Caution]:
    nearest = sorted(found.values(), key=lambda pair: abs(pair[0].at - middle))[:MOST_TOLD]
    return [Caution(kind, ", ".join(names), o.post_id, o.text[:80], o.at) for o, names in nearest]
