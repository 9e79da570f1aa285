"""What the news of other rooms mean for deliveries, and what becomes of deliveries means for people.

Planning's posts become deliveries of their variants here, because neither room knows the other's rows: planning
lies below publishing and announces, publishing knows subjects only.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from bedside.crisis.news import HoldLifted
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.foundation.work import every
from bedside.networks.news import ChannelConnected, ChannelNeedsSignIn
from bedside.networks.queries import channels_for, network_name
from bedside.people.doers import THE_HOUSE
from bedside.people.models import Member, Organization
from bedside.people.notices import notify
from bedside.people.powers import Power
from bedside.people.queries import members_with
from bedside.planning.models import Post, Variant
from bedside.planning.news import PostAgreed, PostChanged, PostPlanned, PostWaitsAgain, PostWithdrawn
from bedside.planning.queries import planned_for
from bedside.publishing.follow_up import (
    cancel_unplanned,
    cancel_withdrawn,
    go_on,
    hold_changed,
    hold_unsigned,
)
from bedside.publishing.models import Delivery
from bedside.publishing.news import DeliveryFailed, DeliveryHeld, DeliveryNotDeleted, DeliveryUnsure
from bedside.publishing.scheduling import schedule
from bedside.publishing.subjects import subject_of

log = logging.getLogger(__name__)

VARIANT = "variant"
FORGOTTEN = timedelta(minutes=5)  # since the last edit; before that the news may still be on its way
LOOK_BACK = timedelta(hours=2)
AT_ONCE = 200


def plan(news: PostAgreed | PostPlanned) -> None:
    """An agreed post has a time: each of its variants is scheduled; without a time, nothing of it waits."""
    plan_post(news.post_id)


def plan_post(post_id: UUID) -> None:
    """Make the deliveries of an agreed post agree with its plan. May be repeated."""
    variants = Variant.objects.filter(post_id=post_id, post__state=Post.State.AGREED)
    for variant in variants.select_related("post", "channel__organization").defer("channel__credentials"):
        at = planned_for(variant)
        if at is None:
            cancel_unplanned(VARIANT, [variant.pk])
            continue
        try:
            schedule(
                subject_kind=VARIANT, subject_id=variant.pk, channel=variant.channel, at=at, by=THE_HOUSE
            )
        except Refusal as refusal:  # the others of the post are not kept waiting by one that may not leave
            log.info("Variant %s was not scheduled: %s", variant.pk, refusal.code)


@every(seconds=300)
def catch_up() -> None:
    """Schedule what was agreed but never reached the queue: a process may die between a commit and its news.

    Only variants that never had a delivery: what a person cancelled stays cancelled. What became late meanwhile is
    held by the gate and told.
    """
    ever = Delivery.objects.filter(subject_kind=VARIANT, subject_id=OuterRef("pk"))
    forgotten = Variant.objects.filter(
        ~Exists(ever),
        post__state=Post.State.AGREED,
        post__edited_at__lt=clock.now() - FORGOTTEN,
        leaves_at__gt=clock.now() - LOOK_BACK,
    )
    for post_id in set(forgotten.values_list("post_id", flat=True)[:AT_ONCE]):
        plan_post(post_id)


def channel_places(member: Member) -> Iterator[tuple[UUID, str]]:
    """The channels of the member's organization, which can be stopped one by one."""
    for channel in channels_for(member):
        yield channel.pk, f"{channel.name} ({network_name(channel)})"


def hold_post(news: PostChanged) -> None:
    """An agreed post is a draft again: what waits is held until it is signed anew."""
    hold_changed(VARIANT, _variants(news.post_id))


def hold_unsigned_post(news: PostWaitsAgain) -> None:
    """A signature was taken back: what waits is held until everybody has signed again."""
    hold_unsigned(VARIANT, _variants(news.post_id))


def cancel_post(news: PostWithdrawn) -> None:
    """A withdrawn post leaves through no channel."""
    cancel_withdrawn(VARIANT, _variants(news.post_id))


def after_hold(news: HoldLifted) -> None:
    """What a lifted hold had stopped waits again; another hold still stops it at the gate."""
    go_on("hold", organization_id=news.organization_id, channel_id=news.channel_id)


def after_sign_in(news: ChannelConnected) -> None:
    """What had waited for a sign-in goes on."""
    go_on("channel", channel_id=news.channel_id)


def tell_owners(news: DeliveryHeld | DeliveryFailed | DeliveryUnsure | DeliveryNotDeleted) -> None:
    """Whoever wrote it, and whoever may publish, hears that it needs them."""
    organization = Organization.objects.get(pk=news.organization_id)
    owners = subject_of(news.subject_kind).owners(news.subject_id)
    kind = type(news).__name__
    url = reverse("publishing:delivery", args=[news.delivery_id])
    with override(organization.language):
        sentence = _unsure(news) if isinstance(news, DeliveryUnsure) else news.sentence
        notify([*owners, *members_with(organization, Power.PUBLISH)], kind=kind, sentence=sentence, url=url)


def tell_of_channel(news: ChannelNeedsSignIn) -> None:
    """Whoever manages channels hears that one has to be connected again."""
    organization = Organization.objects.get(pk=news.organization_id)
    with override(organization.language):
        sentence = _("%(name)s has to be connected again: %(why)s") % {
            "name": news.name,
            "why": news.sentence,
        }
    members = members_with(organization, Power.MANAGE_CHANNELS)
    notify(members, kind="ChannelNeedsSignIn", sentence=sentence, url="/networks/")


def _unsure(news: DeliveryUnsure) -> str:
    return _("We cannot tell whether a post is public. Please look, and say what you see. %(known)s") % {
        "known": news.sentence
    }


def _variants(post_id: UUID) -> list[UUID]:
    return list(Variant.objects.filter(post_id=post_id).values_list("pk", flat=True))
