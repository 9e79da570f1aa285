"""How insights hears of what was published and taken down."""

import time
from datetime import timedelta
from uuid import UUID

from bedside.foundation.work import soon
from bedside.insights.following import KIND, stop_following
from bedside.insights.jobs import follow_organization
from bedside.publishing.news import DeliveryDeleted, DeliverySent

TOGETHER = 60.0  # seconds: what is sent within a minute is taken up by one look at its end

_asked: dict[UUID, float] = {}


def after_sending(news: DeliverySent) -> None:
    """Something is public: it is measured from a minute later on."""
    now = time.monotonic()
    if news.subject_kind != KIND or now - _asked.get(news.organization_id, -TOGETHER) < TOGETHER:
        return
    _asked[news.organization_id] = now
    soon(follow_organization, str(news.organization_id), after=timedelta(seconds=TOGETHER))


def after_deleting(news: DeliveryDeleted) -> None:
    """Something was taken down: nobody is asked about it any more."""
    stop_following(news.delivery_id)
