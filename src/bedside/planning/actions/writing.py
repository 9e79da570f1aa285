"""Writing a post: create, save, restore an earlier version, duplicate.

A save names the revision it started from. When somebody else saved meanwhile it is refused with what they
changed, and nothing is overwritten. Saving what was submitted or agreed makes it a draft again.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed
from bedside.foundation import clock
from bedside.foundation.ids import uuid7
from bedside.foundation.refusal import Refusal, Stale
from bedside.library.models import Asset
from bedside.networks.models import Channel
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.actions.telling import back_to_draft, locked, need, refuse_if_public, tell
from bedside.planning.content import Content, Picture, Wording
from bedside.planning.difference import Change, changes
from bedside.planning.models import Post, PostMedia, PostVersion, Variant

SESSION = timedelta(minutes=5)  # saves of one person this close together are one version


class ChangedMeanwhile(Stale):
    """Somebody else saved the post since it was opened. `changes` is what they changed, `revision` the newest."""

    def __init__(self, post: Post, found: Sequence[Change]) -> None:
        super().__init__(
            _(
                "%(name)s saved this post while you were writing. Nothing of yours is lost: it is still on "
                "your screen. Look at what they changed, then save yours on top or take theirs."
            )
            % {"name": post.edited_by.name}
        )
        self.changes = tuple(found)
        self.revision = post.revision
        self.saved_by = post.edited_by.name


@action
def create_post(
    *, by: Member, content: Content | None = None, post_id: UUID | None = None, screen: UUID | None = None
) -> Post:
    """A new draft in the member's organization. A page that saves as one writes chooses the id beforehand; `screen` is
    the page itself, see `save_post`."""
    need(by, Power.WRITE)
    content, now = content or Content(), clock.now()
    _check(content, by)
    _check_withheld(content, None)
    post = Post.objects.create(
        pk=post_id or uuid7(),
        organization=by.organization,
        language=content.language,
        created_by=by,
        created_at=now,
        edited_by=by,
        edited_at=now,
        saved_from=screen,
    )
    _write(post, content)
    post.save()
    post.authors.add(by)
    _keep_version(post, content, by, is_new=True)
    tell(post, by.actor, "post.created", _("Began a post."), {"revision": post.revision})
    return post


@action
def save_post(post: Post, *, by: Member, content: Content, revision: int, screen: UUID | None = None) -> Post:
    """Save the whole wording. `revision` is the one that the writer started from; an older one is refused, unless
    the last save came from the same `screen`, one opened page, which then has all that was saved.

    Raises `ChangedMeanwhile`, and a `Refusal` for what is public already (duplicate it), is withdrawn
    (reopen it), or is too large to keep.
    """
    need(by, Power.WRITE)
    post = locked(post.pk)
    before = Content.of(post)
    if content == before:
        nothing_changed()
        return post
    is_own_last = screen is not None and screen == post.saved_from
    if revision != post.revision and not is_own_last:
        raise ChangedMeanwhile(post, _changed_since(post, revision, mine=content, now=before))
    if post.state == Post.State.WITHDRAWN:
        raise Refusal("withdrawn", _("This post was withdrawn. Make it a draft again before you change it."))
    refuse_if_public(
        post, _("This post is public already, so its words are history. Duplicate it to say something new.")
    )
    _check(content, by)
    _check_withheld(content, post)
    was_draft = post.state == Post.State.DRAFT
    if not was_draft:
        back_to_draft(post, because=_("The post was edited."), by=by.actor)
    _write(post, content)
    post.revision += 1
    post.edited_by, post.edited_at, post.saved_from = by, clock.now(), screen
    post.save()
    post.authors.add(by)
    _keep_version(post, content, by, is_new=not was_draft)
    changed = [change.field for change in changes(before, content)]
    tell(post, by.actor, "post.saved", _("Saved the post."), {"revision": post.revision, "changed": changed})
    return post


def restore_version(post: Post, *, version: PostVersion, by: Member) -> Post:
    """Make the post read as it did in `version`; what came after stays among the versions.

    Channels that no longer exist are left out, and pictures that are gone or withheld.
    """
    kept = Content.from_json(version.content)
    channels = set(_channel_ids(by))
    shown = Asset.objects.filter(organization_id=by.organization_id, withheld_at=None)
    assets = set(shown.values_list("pk", flat=True))
    content = Content(
        text=kept.text,
        first_comment=kept.first_comment,
        thread=kept.thread,
        sources=kept.sources,
        language=kept.language,
        pictures=tuple(picture for picture in kept.pictures if picture.asset in assets),
        previews=kept.previews,
        wordings={channel: wording for channel, wording in kept.wordings.items() if channel in channels},
    )
    return save_post(post, by=by, content=content, revision=post.revision)


def exchange_picture(*, source_id: UUID, copy_id: UUID, by: Member) -> list[Post]:
    """Put a covered copy into every post that has the picture before it; those that were sent for signatures are drafts
    again. What is public or withdrawn stays as it is; the guard stops it from leaving anew."""
    need(by, Power.WRITE)
    copy = Asset.objects.get(pk=copy_id, organization_id=by.organization_id)
    exchanged = []
    for post in Post.objects.filter(organization_id=by.organization_id, media__asset_id=source_id).distinct():
        content = Content.of(post)
        pictures = tuple(
            Picture(copy.pk, copy.alt_text or each.alt_text) if each.asset == source_id else each
            for each in content.pictures
        )
        try:
            now = replace(content, pictures=pictures)
            exchanged.append(save_post(post, by=by, content=now, revision=post.revision))
        except Refusal:
            continue
    return exchanged


@action
def duplicate_post(post: Post, *, by: Member) -> Post:
    """A new draft with the same wording, pictures, channels, campaign and tags, and no time.

    Whoever wrote the original had a hand in these words too and may not sign them.
    """
    need(by, Power.WRITE)
    copy = create_post(by=by, content=Content.of(post))
    copy.campaign_id = post.campaign_id
    copy.save(update_fields=["campaign"])
    copy.tags.set(post.tags.all())
    copy.authors.add(*post.authors.all())
    tell(copy, by.actor, "post.duplicated", _("Made from another post."), {"from": str(post.pk)})
    return copy


def _write(post: Post, content: Content) -> None:
    post.text, post.first_comment = content.text, content.first_comment
    post.thread, post.sources = list(content.thread), list(content.sources)
    post.language = content.language
    post.previews = [asdict(preview) for preview in content.previews]
    if Content.pictures_of(post) != content.pictures:
        post.media.all().delete()
        PostMedia.objects.bulk_create(
            PostMedia(post=post, asset_id=p.asset, order=n, alt_text=p.alt_text)
            for n, p in enumerate(content.pictures)
        )
    known = {variant.channel_id: variant for variant in post.variants.all()}
    post.variants.filter(channel_id__in=set(known) - set(content.wordings)).delete()
    for channel, wording in content.wordings.items():
        _write_variant(known.get(channel) or Variant(post=post, channel_id=channel), wording)


def _write_variant(variant: Variant, wording: Wording) -> None:
    thread = None if wording.thread is None else list(wording.thread)
    is_same = (variant.text, variant.first_comment, variant.thread) == (
        wording.text,
        wording.first_comment,
        thread,
    )
    if is_same and not variant._state.adding:
        return
    variant.text, variant.first_comment, variant.thread = wording.text, wording.first_comment, thread
    variant.save()


def _check(content: Content, by: Member) -> None:
    content.check_size()
    if unknown := set(content.wordings) - set(_channel_ids(by)):
        raise Refusal(
            "unknown_channel",
            _("%(count)d of the chosen channels is not connected here any more. Reload the page.")
            % {"count": len(unknown)},
            field="channels",
        )
    wanted = {picture.asset for picture in content.pictures}
    owned = Asset.objects.filter(organization_id=by.organization_id, pk__in=wanted).count() if wanted else 0
    if owned != len(wanted):
        raise Refusal(
            "unknown_picture", _("A picture is not in the library any more. Remove it."), field="pictures"
        )


def _check_withheld(content: Content, post: Post | None) -> None:
    """Refuse a picture whose covered copy took its place; one that is in the post already is stopped by the guard."""
    wanted = {picture.asset for picture in content.pictures}
    withheld = Asset.objects.filter(pk__in=wanted).exclude(withheld_at=None)
    if wanted and withheld.exclude(uses__post=post).exists():
        raise Refusal(
            "withheld_picture",
            _("A picture was covered and is out of reach now. Choose its covered copy from the library."),
            field="pictures",
        )


def _channel_ids(by: Member) -> Sequence[UUID]:
    return list(Channel.objects.filter(organization_id=by.organization_id).values_list("pk", flat=True))


def _keep_version(post: Post, content: Content, by: Member, *, is_new: bool) -> None:
    now = clock.now()
    last = None if is_new else post.versions.first()
    is_same_session = (
        last is not None
        and not last.was_submitted
        and last.saved_by_id == by.pk
        and now - last.saved_at < SESSION
    )
    if last is None or not is_same_session:
        last = PostVersion(post=post, saved_by=by)
    last.revision, last.content, last.saved_at = post.revision, content.as_json(), now
    last.save()


def _changed_since(post: Post, revision: int, *, mine: Content, now: Content) -> list[Change]:
    """What others changed since `revision`; when no version that old is kept, how theirs differs from ours."""
    started_from = post.versions.filter(revision__lte=revision).first()
    before = Content.from_json(started_from.content) if started_from else mine
    channels = dict(Channel.objects.filter(organization_id=post.organization_id).values_list("pk", "name"))
    used = {picture.asset for content in (before, now) for picture in content.pictures}
    assets = dict(Asset.objects.filter(pk__in=used).values_list("pk", "name"))
    return changes(before, now, channels=channels, assets=assets)
