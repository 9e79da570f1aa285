"""What would submitting a saved post come upon? Its verdicts, its lengths, and what stands out, for programs.

The composer's page shows the same of words that are still being typed (`composing.look_at`).
"""

from dataclasses import dataclass
from uuid import UUID

from bedside.guard import Finding
from bedside.people.models import Member
from bedside.planning.actions.submitting import judged_post
from bedside.planning.clearance import KIND
from bedside.planning.content import Content
from bedside.planning.judgement import Judged, judge_shared, needs_of
from bedside.planning.models import Post
from bedside.planning.previews import Counter, Preview, previews_of
from bedside.planning.warnings import Caution, warnings_of
from bedside.rules.models import Waiver
from bedside.rules.noting import about_rule, do_as_said


@dataclass(frozen=True)
class ChannelCheck:
    """One channel: what the guard decides and finds, what the network refuses, and how long each part is there."""

    channel: UUID
    decision: str
    findings: tuple[Finding, ...]
    problems: tuple[str, ...]
    parts: tuple[Counter, ...]
    fingerprint: str


@dataclass(frozen=True)
class PostCheck:
    """The whole post. `shared` are the findings in the words that all channels share, while it has none."""

    needs: list[str]
    is_ready: bool
    channels: list[ChannelCheck]
    shared: tuple[Finding, ...]
    cautions: list[Caution]


def check_of(post: Post) -> PostCheck:
    """The post as it is saved, under today's rules. Prefetch as `queries.whole_posts` does."""
    content = Content.of(post)
    assets = {media.asset_id: media.asset for media in post.media.all()}
    judged = judged_post(post)
    shared = None if judged else judge_shared(content, organization=post.organization, assets=assets)
    return PostCheck(
        needs=sorted(needs_of(judged)),
        is_ready=all(each.is_ready for each in judged),
        channels=[
            _channel(each, preview)
            for each, preview in zip(judged, previews_of(judged, content, assets), strict=True)
        ],
        shared=shared.findings if shared else (),
        cautions=warnings_of(post) if post.state != Post.State.WITHDRAWN else [],
    )


def _channel(judged: Judged, preview: Preview) -> ChannelCheck:
    last = [preview.first_comment] if preview.first_comment else []
    return ChannelCheck(
        channel=judged.channel.pk,
        decision=judged.verdict.decision,
        findings=judged.verdict.findings,
        problems=preview.problems,
        parts=tuple(part.counter for part in [*preview.parts, *last]),
        fingerprint=judged.verdict.fingerprint,
    )


def ask_about_post(post: Post, *, rule: str, reason: str, by: Member) -> Waiver | None:
    """Ask that what a rule finds in the post, as it is saved, be let pass on each of its channels."""
    found = [(each.material, each.verdict) for each in judged_post(post)]
    said = about_rule(rule, reason, found)
    authors = list(post.authors.all())
    return do_as_said(said, found, subject=(KIND, post.pk), authors=authors, by=by)[1]
