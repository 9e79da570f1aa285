"""What a person should think about before planning: the same words a short while ago, two posts at once.

Warnings, never refusals.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bedside.foundation import clock
from bedside.planning.models import Post, Variant
from bedside.planning.queries import leaving_between, planned_for
from bedside.planning.similarity import ALIKE, likeness, words_of

LATELY = timedelta(days=30)
CLOSE = timedelta(minutes=15)
MOST_TOLD = 3
MOST_COMPARED = 400  # of one channel, the nearest in time; keeps a save quick


@dataclass(frozen=True)
class Caution:
    """Another post on the same channel that says nearly the same, or leaves at nearly the same minute."""

    kind: Literal["duplicate", "clash"]
    channel_names: str
    other: Post
    at: datetime | None
    likeness: float = 1.0


def warnings_of(post: Post) -> list[Caution]:
    """What stands out about the post among those planned around it: the nearest three of each kind."""
    found: list[Caution] = []
    for variant in post.variants.all():
        at = variant.planned_at or post.planned_at
        found += _clashes(variant, at) if at else []
        found += _duplicates(variant, at or clock.now())
    told: dict[tuple[str, object], Caution] = {}
    for caution in found:
        known = told.get((caution.kind, caution.other.pk))
        names = f"{known.channel_names}, {caution.channel_names}" if known else caution.channel_names
        told[(caution.kind, caution.other.pk)] = replace(caution, channel_names=names)
    clashes = [c for c in told.values() if c.kind == "clash"][:MOST_TOLD]
    return clashes + [c for c in told.values() if c.kind == "duplicate"][:MOST_TOLD]


def _clashes(variant: Variant, at: datetime) -> list[Caution]:
    # Strictly nearer than 15 minutes: slots a quarter of an hour apart are meant.
    around = leaving_between(variant.channel_id, at - CLOSE + timedelta(seconds=1), at + CLOSE)
    others = around.exclude(post_id=variant.post_id).order_by("post__planned_at")[:5]
    return [Caution("clash", variant.channel.name, other.post, planned_for(other)) for other in others]


def _duplicates(variant: Variant, at: datetime) -> list[Caution]:
    ours = words_of(variant.post.text if variant.text is None else variant.text)
    if not ours:
        return []
    around = leaving_between(variant.channel_id, at - LATELY, at + LATELY).exclude(post_id=variant.post_id)
    found = []
    for other in around.order_by("-post__planned_at")[:MOST_COMPARED]:
        theirs = words_of(other.post.text if other.text is None else other.text)
        alike = likeness(ours, theirs)
        if alike >= ALIKE:
            found.append(Caution("duplicate", variant.channel.name, other.post, planned_for(other), alike))
    return sorted(found, key=lambda warning: -warning.likeness)[:5]
