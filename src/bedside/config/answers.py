"""How the inbox hears what happens to its answers: signed, given back, lapsed, published."""

import time
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.approvals.news import RequestAgreed, RequestExpired, RequestReopened, RequestReturned
from bedside.foundation.work import soon
from bedside.inbox.actions import (
    agree_reply,
    await_reply_again,
    reply_was_deleted,
    reply_went_out,
    return_reply,
)
from bedside.inbox.jobs import listen_to_organization, look_at_thread
from bedside.inbox.judgement import KIND
from bedside.inbox.models import Reply
from bedside.inbox.news import ConversationOpened
from bedside.publishing.news import DeliveryDeleted, DeliverySent

ASK_AGAIN = 20.0  # seconds; a burst of ten thousand posts asks for one reading, not for as many

_asked: dict[UUID, float] = {}


def agree(news: RequestAgreed) -> None:
    """Everybody signed an answer: it leaves."""
    if news.subject_kind == KIND:
        agree_reply(news.subject_id)


def give_back(news: RequestReturned) -> None:
    """A signer wants an answer changed."""
    if news.subject_kind == KIND:
        return_reply(news.subject_id, words=news.words)


def lapse(news: RequestExpired) -> None:
    """Nobody signed an answer in time."""
    if news.subject_kind == KIND:
        return_reply(news.subject_id, words=_("The time for signing is over. Send it again."))


def wait_again(news: RequestReopened) -> None:
    """A signer took a decision about an answer back."""
    if news.subject_kind == KIND:
        await_reply_again(news.subject_id)


def replies_left(reply_ids: Collection[UUID]) -> Collection[UUID]:
    """Those of the answers that are public."""
    return list(Reply.objects.filter(pk__in=reply_ids, state=Reply.State.SENT).values_list("pk", flat=True))


def after_sending(news: DeliverySent) -> None:
    """Something is public: an answer takes its place in its thread; below a post we listen soon."""
    if news.subject_kind == KIND:
        reply_went_out(news.delivery_id)
        return
    now = time.monotonic()
    if now - _asked.get(news.organization_id, -ASK_AGAIN) < ASK_AGAIN:
        return
    _asked[news.organization_id] = now
    soon(listen_to_organization, str(news.organization_id))


def look(news: ConversationOpened) -> None:
    """Somebody reads a conversation: see soon whether something of it was deleted or said meanwhile."""
    soon(look_at_thread, str(news.conversation_id))


def taken_down(news: DeliveryDeleted) -> None:
    """An answer was deleted on the network."""
    if news.subject_kind == KIND:
        reply_was_deleted(news.delivery_id)
