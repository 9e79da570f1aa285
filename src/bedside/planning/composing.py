"""Keeping what the composer's form says: its words, labels and time, and everything the page shows of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404

from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.guard import Finding
from bedside.library.models import Asset
from bedside.networks.models import Channel
from bedside.people.models import Member
from bedside.planning.actions import create_post, label_post, plan_post, save_post
from bedside.planning.content import MOST_PREVIEWS, Content
from bedside.planning.judgement import Judged, judge_post, judge_shared
from bedside.planning.links import is_own, link_id, links_in
from bedside.planning.margin import Note, answer_notes, marks_of, notes_of, verdicts_in, waived_in
from bedside.planning.models import Campaign, Post
from bedside.planning.outlook import Outlook, draft_outlook
from bedside.planning.previews import Preview, previews_of
from bedside.planning.queries import assets_by_id, channels_of, whole_posts
from bedside.planning.typed import Typed

KEPT_ALL_THE_SAME = ("planned_at", "tags", "campaign")  # refused after the words were saved


@dataclass(frozen=True)
class Look:
    """What the desk sees of words that are being written: judged, previewed, and how the post stands."""

    content: Content
    channels: list[Channel]
    assets: Mapping[UUID, Asset]
    judged: list[Judged]  # one for each chosen channel
    notes: list[Note]
    previews: list[Preview]
    outlook: Outlook
    links: list[tuple[str, str, bool]]  # id, address, and whether it is a page of our own site
    time_note: str = ""
    is_judged: bool = True  # False: it is too large to be read or kept
    waived: tuple[tuple[str, Finding], ...] = ()

    @property
    def waits_for_pictures(self) -> bool:
        """Whether a picture is still being looked at: then the page asks again in a moment."""
        return not all(asset.judged_at for asset in self.assets.values())

    @property
    def links_json(self) -> str:
        """The links in the words, for the page's script."""
        return json.dumps(self.links)

    @property
    def marks_json(self) -> str:
        """What to underline in which control, for the page's script."""
        return json.dumps(marks_of(self.notes))


def look_at(
    content: Content, *, member: Member, typed: Typed | None = None, post: Post | None = None
) -> Look:
    """Judge and preview words that need not be saved, for the channels and pictures they name."""
    try:
        content.check_size()
    except Refusal as refusal:  # nothing is judged that cannot be kept; what was typed stays on the screen
        return _too_large(content, refusal, member)
    organization = member.organization
    channels = channels_of(member)
    chosen = [channel for channel in channels if channel.pk in content.wordings]
    assets = assets_by_id(member, (picture.asset for picture in content.pictures))
    judged = judge_post(content, organization=organization, channels=chosen, assets=assets)
    shared = None if chosen else judge_shared(content, organization=organization, assets=assets)
    notes = notes_of(judged, content, assets, shared=shared)
    verdicts = verdicts_in(judged, shared)
    answer_notes(organization.pk, verdicts, notes)
    moment = typed.planned if typed else None
    planned_at = moment.at if moment else (post.planned_at if post and not typed else None)
    outlook = draft_outlook(
        judged,
        shared=shared,
        is_empty=not (
            content.text.strip() or content.pictures or any(w.text for w in content.wordings.values())
        ),
        planned_at=planned_at if planned_at and planned_at > clock.now() else None,
        member=member,
        allows_solo=organization.allows_solo_clearance,
    )
    previews = previews_of(judged, content, assets)
    links = _links_of(content, organization.sites)
    note = moment.note if moment else ""
    waived = tuple(waived_in(verdicts))
    return Look(content, channels, assets, judged, notes, previews, outlook, links, note, waived=waived)


def _too_large(content: Content, refusal: Refusal, member: Member) -> Look:
    outlook = Outlook("danger", "warning", refusal.sentence)
    assets = assets_by_id(member, (picture.asset for picture in content.pictures))
    return Look(content, channels_of(member), assets, [], [], [], outlook, [], is_judged=False)


def _links_of(content: Content, sites: list[str]) -> list[tuple[str, str, bool]]:
    standing = links_in(*content.every_text())[:MOST_PREVIEWS]
    return [(link_id(url), url, is_own(url, sites)) for url in standing]


def found_post(member: Member, post_id: UUID) -> Post | None:
    """The post if it was saved before; None while it is new. Another organization's is a 404."""
    post = whole_posts().filter(pk=post_id).first()
    if post is not None and post.organization_id != member.organization_id:
        raise Http404
    return post


def keep(post_id: UUID, typed: Typed, *, by: Member) -> Post:
    """Save the form: create the post at its first save, its words, and its labels and its time where they were changed.

    What is refused at a field of `KEPT_ALL_THE_SAME` leaves the words saved.
    """
    post = _keep_words(post_id, typed, by)
    if typed.touches_labels:
        post = label_post(post, by=by, campaign=_campaign(by, typed.campaign), tags=typed.tags)
    if typed.time_error:
        raise Refusal("no_time", typed.time_error, field="planned_at")
    at = typed.planned.at if typed.planned else None
    if typed.touches_time and at != post.planned_at:
        post = plan_post(post, at=at, by=by)
    return post


def _keep_words(post_id: UUID, typed: Typed, by: Member) -> Post:
    post = found_post(by, post_id)
    if post is None:
        try:
            return create_post(by=by, content=typed.content, post_id=post_id, screen=typed.screen)
        except IntegrityError:  # the page's autosave and its button came first at the same moment
            post = found_post(by, post_id)
            if post is None:
                raise
    return save_post(post, by=by, content=typed.content, revision=typed.revision, screen=typed.screen)


def _campaign(member: Member, campaign_id: UUID | None) -> Campaign | None:
    found: QuerySet[Campaign] = Campaign.objects.filter(organization_id=member.organization_id)
    return found.filter(pk=campaign_id).first() if campaign_id else None
