"""Every "when X happens in one room, then Y in another" of the house, on one page.

Rooms on lower floors announce; those above are told here. Registries (subjects of deliveries,
navigation, today's items) are filled here too, so that no room imports one above it.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from bedside.approvals import pictures, spent
from bedside.approvals.news import RequestAgreed, RequestExpired, RequestReopened, RequestReturned
from bedside.approvals.passing import signers_changed
from bedside.config import (
    answers,
    departures,
    inbox_shown,
    looker,
    measuring,
    post_progress,
    rules_shown,
    shell,
    telling,
)
from bedside.config.subjects import VariantSubject
from bedside.crisis import places
from bedside.crisis.news import HoldLifted
from bedside.demo.building import open_demonstration
from bedside.foundation.announce import when
from bedside.foundation.work import soon
from bedside.inbox.clearance import ReplySubject
from bedside.inbox.judgement import KIND as REPLY
from bedside.inbox.news import ConversationOpened
from bedside.library import looking
from bedside.library.jobs import judge_asset
from bedside.library.models import Asset
from bedside.library.news import AssetCovered, AssetUploaded
from bedside.library.serving import asset_response
from bedside.networks.news import ChannelConnected, ChannelNeedsSignIn
from bedside.people.entrance import demonstration
from bedside.people.models import Member
from bedside.people.news import MemberRemoved, PowersChanged
from bedside.planning import progress
from bedside.planning.actions import agree_post, await_again, exchange_picture, return_post
from bedside.planning.clearance import KIND as POST
from bedside.planning.news import PostAgreed, PostChanged, PostPlanned, PostWaitsAgain, PostWithdrawn
from bedside.publishing import subjects
from bedside.publishing.news import (
    DeliveryDeleted,
    DeliveryFailed,
    DeliveryHeld,
    DeliveryNotDeleted,
    DeliverySent,
    DeliveryUnsure,
)


def connect() -> None:
    """Connect the rooms. Called once, when all applications are loaded."""
    # Who wants to look around first gets a clinic to do it in.
    demonstration.build = open_demonstration
    # What arrives in the library is looked at soon, by the guard's eyes.
    looking.register(looker.look)
    # Signers from outside see the pictures of their one request.
    pictures.shelf.serve = _show
    when(AssetUploaded, _look)
    # A covered copy takes the place of its picture in what is being written.
    when(AssetCovered, _exchange)
    # What signers say becomes the state of the post.
    when(RequestAgreed, _agree)
    when(RequestReturned, _return)
    when(RequestExpired, _lapse)
    when(RequestReopened, _wait_again)
    # Signatures under which everything has left do not lapse.
    spent.register(POST, post_progress.posts_left)
    spent.register(REPLY, answers.replies_left)
    # Nothing waits for a signature that nobody can give any more.
    when(MemberRemoved, _signers_changed)
    when(PowersChanged, _signers_changed)
    # What can leave, and who answers for it.
    subjects.register("variant", VariantSubject())
    subjects.register(REPLY, ReplySubject())
    progress.register(post_progress.leaving, post_progress.states)
    # What signers say of an answer; what is public is listened to, and an answer takes its place in the thread.
    when(RequestAgreed, answers.agree)
    when(RequestReturned, answers.give_back)
    when(RequestExpired, answers.lapse)
    when(RequestReopened, answers.wait_again)
    when(DeliverySent, answers.after_sending)
    when(DeliveryDeleted, answers.taken_down)
    when(ConversationOpened, answers.look)
    inbox_shown.connect()
    rules_shown.connect()
    # What is public is measured.
    when(DeliverySent, measuring.after_sending)
    when(DeliveryDeleted, measuring.after_deleting)
    # What is agreed and planned becomes deliveries; what changes stops them.
    when(PostAgreed, departures.plan)
    when(PostPlanned, departures.plan)
    when(PostChanged, departures.hold_post)
    when(PostWaitsAgain, departures.hold_unsigned_post)
    when(PostWithdrawn, departures.cancel_post)
    # What stopped deliveries is over.
    when(HoldLifted, departures.after_hold)
    when(ChannelConnected, departures.after_sign_in)
    # Other programs hear what happened.
    telling.connect()
    # What the shell shows of the rooms: Today, badges, banners, search.
    shell.connect()
    # Which channels can be stopped one by one.
    places.register(departures.channel_places)
    # What needs a person reaches one.
    when(DeliveryHeld, departures.tell_owners)
    when(DeliveryFailed, departures.tell_owners)
    when(DeliveryUnsure, departures.tell_owners)
    when(DeliveryNotDeleted, departures.tell_owners)
    when(ChannelNeedsSignIn, departures.tell_of_channel)


def _agree(news: RequestAgreed) -> None:
    if news.subject_kind == POST:
        agree_post(news.subject_id)


def _return(news: RequestReturned) -> None:
    if news.subject_kind == POST:
        return_post(news.subject_id, words=news.words)


def _lapse(news: RequestExpired) -> None:
    if news.subject_kind == POST:
        return_post(news.subject_id, words=_("The time for signing is over. Submit it again."))


def _wait_again(news: RequestReopened) -> None:
    if news.subject_kind == POST:
        await_again(news.subject_id)


def _signers_changed(news: MemberRemoved | PowersChanged) -> None:
    signers_changed(news.organization_id)


def _show(request: HttpRequest, organization_id: UUID, asset_id: str) -> HttpResponseBase:
    asset = get_object_or_404(Asset, pk=asset_id, organization_id=organization_id, withheld_at=None)
    return asset_response(request, asset, "full")


def _exchange(news: AssetCovered) -> None:
    member = Member.objects.get(pk=news.member_id)
    exchange_picture(source_id=news.source_id, copy_id=news.copy_id, by=member)


def _look(news: AssetUploaded) -> None:
    soon(judge_asset, str(news.asset_id))
