"""Campaigns and tags: what posts are sorted by. They change nothing that is signed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.actions.telling import locked, need, tell
from bedside.planning.models import Campaign, Post, Tag

MOST_TAGS = 20


@action
def label_post(post: Post, *, by: Member, campaign: Campaign | None, tags: Iterable[str]) -> Post:
    """Put the post into a campaign (or none) and give it exactly these tags; unknown tags are made."""
    need(by, Power.WRITE)
    post = locked(post.pk)
    wanted = _tags(post.organization_id, tags)
    if campaign is not None and campaign.organization_id != post.organization_id:
        raise Refusal("unknown_campaign", _("That campaign is not yours. Choose another."), field="campaign")
    new_campaign = campaign.pk if campaign else None
    if post.campaign_id == new_campaign and {t.pk for t in wanted} == {t.pk for t in post.tags.all()}:
        nothing_changed()
        return post
    post.campaign = campaign
    post.save(update_fields=["campaign"])
    post.tags.set(wanted)
    data = {"campaign": campaign.name if campaign else None, "tags": [tag.name for tag in wanted]}
    tell(post, by.actor, "post.labelled", _("Sorted the post."), data)
    return post


@action
def create_campaign(*, by: Member, name: str, goal: str, starts_on: date, ends_on: date) -> Campaign:
    """A new campaign; shown as a band in the calendar."""
    need(by, Power.WRITE)
    _check_campaign(name, starts_on, ends_on)
    campaign = Campaign.objects.create(
        organization=by.organization,
        name=name.strip(),
        goal=goal.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _tell_campaign(campaign, by, "campaign.created", _("Began the campaign “%(name)s”."))
    return campaign


@action
def edit_campaign(
    campaign: Campaign, *, by: Member, name: str, goal: str, starts_on: date, ends_on: date
) -> Campaign:
    """Change a campaign's name, goal or days."""
    need(by, Power.WRITE)
    _check_campaign(name, starts_on, ends_on)
    campaign.name, campaign.goal = name.strip(), goal.strip()
    campaign.starts_on, campaign.ends_on = starts_on, ends_on
    campaign.save()
    _tell_campaign(campaign, by, "campaign.edited", _("Changed the campaign “%(name)s”."))
    return campaign


@action
def archive_campaign(campaign: Campaign, *, by: Member) -> Campaign:
    """Put a campaign away; its posts stay as they are."""
    need(by, Power.WRITE)
    campaign.archived_at = clock.now()
    campaign.save(update_fields=["archived_at"])
    _tell_campaign(campaign, by, "campaign.archived", _("Put the campaign “%(name)s” away."))
    return campaign


def _tags(organization_id: UUID, names: Iterable[str]) -> list[Tag]:
    wanted = list(dict.fromkeys(" ".join(name.split()).lstrip("#")[:40] for name in names))
    wanted = [name for name in wanted if name]
    if len(wanted) > MOST_TAGS:
        raise Refusal("too_many", _("A post can have up to 20 tags. Remove some."), field="tags")
    known = {t.name.lower(): t for t in Tag.objects.filter(organization_id=organization_id)}
    return [
        known.get(name.lower()) or Tag.objects.create(organization_id=organization_id, name=name)
        for name in wanted
    ]


def _check_campaign(name: str, starts_on: date, ends_on: date) -> None:
    if not name.strip():
        raise Refusal("no_name", _("Give the campaign a name."), field="name")
    if ends_on < starts_on:
        raise Refusal(
            "ends_before", _("The campaign ends before it begins. Change one of the days."), field="ends_on"
        )


def _tell_campaign(campaign: Campaign, by: Member, verb: str, words: str) -> None:
    on = ("campaign", campaign.pk, campaign.name)
    sentence = words % {"name": campaign.name}
    record(campaign.organization_id, by=by.actor, verb=verb, on=on, words=sentence)
