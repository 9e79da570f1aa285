"""What the pages of a post that is not being written show: its standing, its previews, its talk, its versions."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bedside.approvals.models import Request
from bedside.approvals.queries import comments_on, latest_request
from bedside.approvals.signers import current_step
from bedside.audit.queries import lines_about
from bedside.foundation.refusal import Refusal
from bedside.library.models import Asset
from bedside.networks.models import Channel
from bedside.people.models import Member
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.planning import progress
from bedside.planning.clearance import KIND, Clearance, clearances_of
from bedside.planning.content import Content
from bedside.planning.difference import Change, changes
from bedside.planning.entries import state_of
from bedside.planning.judgement import judge_post, judge_shared
from bedside.planning.margin import answer_notes, notes_of, verdicts_in, waived_in
from bedside.planning.models import Post, PostVersion
from bedside.planning.outlook import post_outlook
from bedside.planning.previews import Preview, previews_of
from bedside.planning.progress import Leaving
from bedside.planning.queries import next_free_slot, variants_with_material, versions_of
from bedside.planning.typed import Typed
from bedside.planning.warnings import warnings_of

LAST_LINES = 12


@dataclass(frozen=True)
class ChannelStory:
    """One channel of a post: how it looks there, and how far it got."""

    preview: Preview
    leaving: Leaving | None
    planned_at: Any


@dataclass(frozen=True)
class VersionLine:
    """One version with what changed since the one before it."""

    version: PostVersion
    changes: list[Change]
    is_newest: bool
    is_first: bool


def reading_context(
    post: Post, *, member: Member, refusal: Refusal | None = None, typed: Typed | None = None
) -> dict[str, Any]:
    """Everything of the page of a submitted, agreed or withdrawn post."""
    content = Content.of(post)
    variants = list(post.variants.all())
    assets = {media.asset_id: media.asset for media in post.media.all()}
    channels = [variant.channel for variant in variants]
    judged = judge_post(content, organization=post.organization, channels=channels, assets=assets)
    shared = None if channels else judge_shared(content, organization=post.organization, assets=assets)
    notes = notes_of(judged, content, assets, shared=shared)
    verdicts = verdicts_in(judged, shared)
    answer_notes(post.organization_id, verdicts, notes)
    leaving = progress.of_variants([variant.pk for variant in variants])
    request = latest_request(KIND, post.pk)
    planned = typed.planned.at if typed and typed.planned else post.planned_at
    stories = [
        ChannelStory(preview, leaving.get(variant.pk), variant.planned_at)
        for preview, variant in zip(previews_of(judged, content, assets), variants, strict=True)
    ]
    return {
        "post": post,
        "content": content,
        "stories": stories,
        "notes": notes,
        "waived": waived_in(verdicts),
        "may_answer_notes": member.can_any((Power.WRITE, *SIGNING_POWERS.values())),
        "outlook": post_outlook(
            post,
            member=member,
            waits_for=waits_for(request),
            clearances=_clearances(post),
            leaving=leaving,
        ),
        "state": state_of(post.state, [step.state for step in leaving.values()]),
        "is_public": any(step.is_or_may_be_public for step in leaving.values()),
        "wall": timezone.localtime(planned) if planned else None,
        "slots": sorted({s for s in (_slot(channel, member) for channel in channels[:3]) if s}),
        "cautions": warnings_of(post) if post.state != Post.State.WITHDRAWN else [],
        "refusal": refusal,
        **talk_of(post, request),
    }


def talk_of(post: Post, request: Request | None = None) -> dict[str, Any]:
    """What people said about the post, its last request for signatures, and its last lines in the record."""
    return {
        "comments": comments_on(KIND, post.pk),
        "request_for_signatures": request or latest_request(KIND, post.pk),
        "history": lines_about(post.organization_id, KIND, post.pk)[-LAST_LINES:][::-1],
    }


def waits_for(request: Request | None) -> list[str]:
    """Whose signature is asked for now, in words."""
    step = current_step(request) if request is not None and request.state == Request.State.OPEN else None
    if step is None:
        return []
    words = {
        "privacy": _("a privacy officer's signature"),
        "clinical": _("a clinical signature"),
        "brand": _("a brand signature"),
    }
    return [words.get(step.signing, str(step.get_signing_display()))]


def version_lines(post: Post) -> list[VersionLine]:
    """Every version, the newest first, each compared with the one before it."""
    found = versions_of(post)
    channels = dict(Channel.objects.filter(organization_id=post.organization_id).values_list("pk", "name"))
    contents = [Content.from_json(version.content) for version in found]
    used = {picture.asset for content in contents for picture in content.pictures}
    assets = dict(Asset.objects.filter(pk__in=used).values_list("pk", "name"))
    return [
        VersionLine(
            version,
            changes(older, content, channels=channels, assets=assets),
            is_newest=number == 0,
            is_first=number == len(found) - 1,
        )
        for number, (version, content, older) in enumerate(
            zip(found, contents, [*contents[1:], Content()], strict=True)
        )
    ]


def _clearances(post: Post) -> dict[UUID, Clearance]:
    if post.state != Post.State.AGREED:
        return {}
    return clearances_of(variants_with_material().filter(post=post))


def _slot(channel: Channel, member: Member) -> Any:
    return next_free_slot(channel, zone=member.organization.time_zone)
