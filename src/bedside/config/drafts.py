"""Which of a member's drafts need them now? Those that a signer gave back, and those that the guard stops.

The guard judges them as they stand, so what is shown here is what the composer will say. Only the few drafts
edited last are judged: Today must stay quick, and a draft that nobody touched for weeks is not this morning's.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bedside import guard
from bedside.approvals.models import Request
from bedside.foundation import clock
from bedside.guard import Verdict
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.content import Content
from bedside.planning.judgement import judge_shared, stops
from bedside.planning.material import material_for
from bedside.planning.models import Post, Variant
from bedside.planning.queries import variants_with_material, whole_posts
from bedside.rules.facts import organization_facts
from bedside.rules.waiving import waived_verdicts
from bedside.web.today import TodayItem

MOST = 20
MOST_JUDGED = 8
RECENT = timedelta(days=45)


def drafts(member: Member) -> Iterator[TodayItem]:
    """The member's drafts that came back or that the guard stops, the last edited first."""
    if not member.can(Power.WRITE):
        return
    mine = _drafts_of(member)
    returned = _returned([post.pk for post in mine])
    for post in mine:
        if post.pk in returned:
            yield _item(post, returned[post.pk], 40, "edit")
    judged = [post for post in mine if post.pk not in returned][:MOST_JUDGED]
    stopped = _stopped(member, judged)
    for post in judged:
        if post.pk in stopped:
            yield _item(post, stopped[post.pk], 20, "guard")


def _drafts_of(member: Member) -> list[Post]:
    mine = Post.authors.through.objects.filter(post_id=OuterRef("pk"), member_id=member.pk)
    found = Post.objects.filter(
        Exists(mine),
        organization_id=member.organization_id,
        state=Post.State.DRAFT,
        edited_at__gte=clock.now() - RECENT,
    )
    return list(found.order_by("-edited_at").only("text", "edited_at", "planned_at")[:MOST])


def _returned(ids: list[UUID]) -> dict[UUID, str]:
    """What the latest request about each of these drafts ended with, where a signer gave it back."""
    words = {
        Request.State.CHANGES_WANTED: _("A signer asks for a change. Open it, mend it, and send it again."),
        Request.State.REFUSED: _("A signer refused it. Open it to read why."),
        Request.State.EXPIRED: _("The time for signing is over. Send it again."),
    }
    asked = Request.objects.filter(subject_kind="post", subject_id__in=ids).order_by("asked_at")
    latest = dict(asked.values_list("subject_id", "state"))
    return {subject: words[Request.State(state)] for subject, state in latest.items() if state in words}


def _stopped(member: Member, posts: list[Post]) -> dict[UUID, str]:
    """The guard's first reason for each of these drafts that may not leave as it stands."""
    if not posts:
        return {}
    facts = organization_facts(member.organization)
    day = clock.today(member.organization.time_zone)
    variants: list[Variant] = list(variants_with_material().filter(post_id__in=[post.pk for post in posts]))
    judged = [guard.judge(material_for(variant), organization=facts, on=day) for variant in variants]
    left = waived_verdicts(member.organization_id, judged)
    found: dict[UUID, str] = {}
    for variant, verdict in zip(variants, judged, strict=True):
        if variant.post_id not in found:
            _note(found, variant.post_id, left[verdict.fingerprint])
    placed = {variant.post_id for variant in variants}
    for post in _whole([post.pk for post in posts if post.pk not in placed]):
        assets = {media.asset_id: media.asset for media in post.media.all()}
        verdict = judge_shared(Content.of(post), organization=member.organization, assets=assets, on=day)
        _note(found, post.pk, verdict)
    return found


def _note(found: dict[UUID, str], post_id: UUID, verdict: Verdict) -> None:
    first = next((finding for finding in verdict.findings if stops(finding)), None)
    if first is not None:
        found[post_id] = _("The guard stops it: %(why)s") % {"why": first.why}


def _whole(ids: list[UUID]) -> list[Post]:
    """Drafts that nobody has placed on a channel yet, with their pictures."""
    return list(whole_posts().filter(pk__in=ids)) if ids else []


def _item(post: Post, sentence: str, weight: int, icon: str) -> TodayItem:
    title = Truncator(post.text).chars(120) or _("Empty post")
    url = f"/planning/posts/{post.pk}"
    return TodayItem("needs_me", title, sentence, url, post.planned_at, weight, icon, "person")
