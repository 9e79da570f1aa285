"""How variants stand for the room that delivers them, in bulk and from one reading.

Publishing registers this through `config.subjects`; the shapes are its own (`publishing.subjects`), the
answers come from here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from bedside.approvals.queries import signature_marks
from bedside.networks.contract import Outgoing
from bedside.people.models import Member
from bedside.planning.clearance import KIND, clearances_of
from bedside.planning.material import outgoing_for
from bedside.planning.models import Post, Variant
from bedside.planning.queries import variants_with_posts


@dataclass(frozen=True)
class VariantStanding:
    """One variant: what leaves, its fingerprint, whether it may leave and if not why; `mark` names this reading."""

    fingerprint: str
    outgoing: Outgoing = field(repr=False)
    is_clear: bool
    code: str
    sentence: str
    mark: str


def standings(variant_ids: Iterable[UUID]) -> dict[UUID, VariantStanding]:
    """How each variant stands now, by id; ids that no longer exist are left out."""
    variants = list(variants_with_posts().filter(pk__in=list(variant_ids)))
    signed = signature_marks(
        KIND, {v.post_id for v in variants}
    )  # before the clearance, which they may outlive
    clearances = clearances_of(variants)
    return {
        v.pk: VariantStanding(
            fingerprint=clearances[v.pk].fingerprint,
            outgoing=outgoing_for(v),
            is_clear=clearances[v.pk].is_clear,
            code=clearances[v.pk].code,
            sentence=clearances[v.pk].sentence,
            mark=_mark(v.post.revision, v.post.state, signed.get(v.post_id, "")),
        )
        for v in variants
    }


def marks(variant_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The present mark of each variant, with its post's row locked where the database can.

    It names the signatures: one that was taken back a moment ago has not reached the post's state yet.
    """
    rows = list(Variant.objects.filter(pk__in=list(variant_ids)).values_list("pk", "post_id"))
    posts = (
        Post.objects.select_for_update(no_key=True).filter(pk__in={post for _, post in rows}).order_by("pk")
    )
    rows_now = list(posts.values_list("pk", "revision", "state"))
    signed = signature_marks(KIND, (pk for pk, _revision, _state in rows_now))
    now = {pk: _mark(revision, state, signed.get(pk, "")) for pk, revision, state in rows_now}
    return {variant: now[post] for variant, post in rows if post in now}


def owners(variant_id: UUID) -> Sequence[Member]:
    """Everybody who had a hand in the wording and is still a member."""
    return list(
        Member.objects.active()
        .filter(pk__in=Post.authors.through.objects.filter(post__variants=variant_id).values("member_id"))
        .select_related("role", "user")
    )


def url(variant_id: UUID) -> str:
    """The page where the variant's post can be read and changed."""
    post = Variant.objects.filter(pk=variant_id).values_list("post_id", flat=True).first()
    return f"/planning/posts/{post}" if post else "/planning/"


def family(variant_id: UUID) -> Sequence[UUID]:
    """All variants of the same post, this one included."""
    return list(Variant.objects.filter(post__variants=variant_id).values_list("pk", flat=True))


def _mark(revision: int, state: str, signed: str) -> str:
    return f"{revision}.{state}{signed}"
