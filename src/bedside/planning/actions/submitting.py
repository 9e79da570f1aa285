"""The editorial way of a post: submit, agree, return, reopen, withdraw.

Submitting judges every variant. What nobody may pass is refused with its findings; everything else asks for
signatures, or in a solo practice is cleared by its author after the checklist.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.approvals.actions import ask
from bedside.approvals.queries import signatures_many
from bedside.audit.actions import action, nothing_changed
from bedside.audit.actor import SYSTEM, Actor
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import Refusal
from bedside.networks.models import Channel
from bedside.people.models import Member
from bedside.people.notices import notify
from bedside.people.powers import Power
from bedside.planning.actions.telling import back_to_draft, locked, need, refuse_if_public, tell
from bedside.planning.card import card_of
from bedside.planning.checklist import check_answers
from bedside.planning.clearance import KIND
from bedside.planning.content import Content
from bedside.planning.judgement import Judged, judge_post, may_be_cleared_alone, needs_of
from bedside.planning.material import materials_for
from bedside.planning.models import Post, SoloClearance
from bedside.planning.news import PostAgreed, PostWithdrawn
from bedside.planning.queries import posts_with_material, variants_with_material
from bedside.planning.states import POST_MOVES
from bedside.rules.actions import count_material


class Stopped(Refusal):
    """The guard or a network does not let the post pass as it stands; `judged` says where and why."""

    def __init__(self, code: str, sentence: str, judged: Sequence[Judged]) -> None:
        super().__init__(code, sentence)
        self.judged = tuple(judged)


def judged_post(post: Post) -> list[Judged]:
    """The post as it is saved, judged for each of its channels. Prefetch as `queries.posts_with_material` does."""
    return judge_post(
        Content.of(post),
        organization=post.organization,
        channels=[variant.channel for variant in post.variants.all()],
        assets={media.asset_id: media.asset for media in post.media.all()},
    )


def submit_post(post: Post, *, by: Member, checklist: Mapping[str, bool] | None = None) -> Post:
    """Send the post for the signatures it needs; with a `checklist`, clear it alone in a solo practice.

    What was stopped is counted as well, after the refusal has undone everything else.
    """
    try:
        return _submit(post, by=by, checklist=checklist)
    except Stopped as stopped:
        _count(post, stopped.judged)
        raise


@action
def _submit(post: Post, *, by: Member, checklist: Mapping[str, bool] | None) -> Post:
    need(by, Power.WRITE)
    post = posts_with_material().select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    POST_MOVES.check(post.state, Post.State.SUBMITTED)
    judged = judged_post(post)
    _refuse_unfit(judged)
    _count(post, judged)
    post.versions.filter(revision=post.revision).update(was_submitted=True)
    if checklist is not None:
        return _clear_alone(post, judged, by, checklist)
    post.state = Post.State.SUBMITTED
    post.save(update_fields=["state"])
    needs = sorted(needs_of(judged))
    ask(
        organization=post.organization,
        subject_kind=KIND,
        subject_id=post.pk,
        title=str(post),
        parts=[j.verdict.fingerprint for j in judged],
        needs=needs,
        card=card_of(post, judged),
        authors=list(post.authors.all()),
        by=by,
        wanted_by_at=post.planned_at,
    )
    tell(post, by.actor, "post.submitted", _("Sent the post for approval."), {"needs": needs})
    return post


@action
def agree_post(post_id: UUID, *, by: Actor = SYSTEM) -> Post:
    """Everybody has signed: the post is agreed, if the signatures cover it as it reads now."""
    post = locked(post_id)
    if post.state != Post.State.SUBMITTED:
        nothing_changed()
        return post
    signed = signatures_many([(KIND, post.pk)])[(KIND, post.pk)]
    materials = materials_for(variants_with_material().filter(post=post))
    if not all(material.fingerprint in signed for material in materials.values()):
        words = _("A picture was looked at again while the post was being signed. Check it and submit again.")
        return return_post(post_id, words=words, by=by)
    post.state = Post.State.AGREED
    post.save(update_fields=["state"])
    tell(post, by, "post.agreed", _("The post is agreed."))
    announce(PostAgreed(post.pk))
    return post


@action
def return_post(post_id: UUID, *, words: str, by: Actor = SYSTEM) -> Post:
    """A signer wants a change, refused, or let the time pass: the post is a draft again."""
    post = locked(post_id)
    if post.state != Post.State.SUBMITTED:
        nothing_changed()
        return post
    back_to_draft(post, because=words, by=by)
    post.save(update_fields=["state"])
    tell(post, by, "post.returned", _("The post came back to its authors."))
    notify(
        post.authors.filter(removed_at=None).select_related("user"),
        kind="post.returned",
        sentence=_("A post of yours came back. Open it to see what is wanted."),
        url=f"/planning/posts/{post.pk}",
    )
    return post


@action
def reopen_post(post: Post, *, by: Member) -> Post:
    """Make a submitted, agreed or withdrawn post a draft again, to change it; its signatures lapse."""
    need(by, Power.WRITE)
    post = locked(post.pk)
    if post.state == Post.State.DRAFT:
        nothing_changed()
        return post
    refuse_if_public(
        post, _("This post is public already, so its words are history. Duplicate it to say something new.")
    )
    back_to_draft(post, because=_("The post was taken back to be changed."), by=by.actor)
    post.save(update_fields=["state"])
    tell(post, by.actor, "post.reopened", _("Made the post a draft again."))
    return post


@action
def withdraw_post(post: Post, *, by: Member, because: str = "") -> Post:
    """The post is not to be published. It can be made a draft again later."""
    need(by, Power.WRITE, Power.PUBLISH)
    post = locked(post.pk)
    if post.state == Post.State.WITHDRAWN:
        nothing_changed()
        return post
    refuse_if_public(
        post, _("Some of this post is public already. Delete it there, from the ledger, if it has to go.")
    )
    if post.state in (Post.State.SUBMITTED, Post.State.AGREED):
        back_to_draft(post, because=_("The post was withdrawn."), by=by.actor)
    POST_MOVES.check(post.state, Post.State.WITHDRAWN)
    post.state = Post.State.WITHDRAWN
    post.save(update_fields=["state"])
    tell(post, by.actor, "post.withdrawn", _("Withdrew the post."), {"because": because})
    announce(PostWithdrawn(post.pk))
    return post


def _count(post: Post, judged: Sequence[Judged]) -> None:
    count_material(post.organization_id, [(each.material, each.verdict) for each in judged])


def _clear_alone(post: Post, judged: list[Judged], by: Member, checklist: Mapping[str, bool]) -> Post:
    if by.key is not None:
        raise Refusal(
            "needs_a_person", _("A key cannot clear a post. Somebody has to read it and tick the checklist.")
        )
    if not post.organization.allows_solo_clearance:
        raise Refusal("no_solo", _("Your organization has every post signed by a second person."))
    if not may_be_cleared_alone(judged):
        raise Stopped(
            "needs_second_person",
            _("The guard found something that a second person has to sign. Send the post for approval."),
            judged,
        )
    answers, now = check_answers(checklist), clock.now()
    parts = {j.channel.pk: j.verdict.fingerprint for j in judged}
    SoloClearance.objects.bulk_create(
        SoloClearance(
            organization=post.organization,
            subject_kind="variant",
            subject_id=variant.pk,
            fingerprint=parts[variant.channel_id],
            checklist=answers,
            given_by=by,
            given_at=now,
        )
        for variant in post.variants.all()
    )
    post.state = Post.State.AGREED
    post.save(update_fields=["state"])
    data = {"checklist": answers, "parts": sorted(set(parts.values()))}
    tell(post, by.actor, "post.cleared_alone", _("Cleared the post alone, after the checklist."), data)
    announce(PostAgreed(post.pk))
    return post


def _refuse_unfit(judged: list[Judged]) -> None:
    if not judged:
        raise Refusal("no_channel", _("Choose at least one channel for this post."), field="channels")
    if any(j.channel.health == Channel.Health.DISCONNECTED for j in judged):
        names = ", ".join(j.channel.name for j in judged if j.channel.health == Channel.Health.DISCONNECTED)
        raise Refusal(
            "disconnected",
            _("%(names)s is no longer connected. Remove it from the post or connect it again.")
            % {"names": names},
            field="channels",
        )
    if not all(j.is_ready for j in judged):
        raise Refusal(
            "not_looked_at",
            _("A picture is still being looked at. Wait a moment, then try again."),
            field="pictures",
        )
    stopped = sum(len(j.stops) for j in judged)
    if stopped:
        sentence = ngettext(
            "The guard stops this post at %(count)d place that nobody may pass. Mend it, then submit again.",
            "The guard stops this post at %(count)d places that nobody may pass. Mend them, then submit again.",
            stopped,
        )
        raise Stopped("guard_stops", sentence % {"count": stopped}, judged)
    refused = [j for j in judged if j.problems]
    if refused:
        first = refused[0]
        sentence = _("%(channel)s would refuse this: %(problem)s")
        values = {"channel": first.channel.name, "problem": first.problems[0].sentence}
        raise Stopped("does_not_fit", sentence % values, judged)
