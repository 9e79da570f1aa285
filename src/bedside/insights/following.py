"""Which published posts are measured? Each that left as a variant, found by looking, so that none is forgotten.

News that something was sent only brings the look forward: a restart between a publication and its news loses
nothing. Answers of the inbox are not measured.
"""

import time
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Subquery

from bedside.foundation import clock
from bedside.insights.models import Result
from bedside.insights.timing import BACK, first_reading
from bedside.people.models import Organization
from bedside.planning.models import Variant
from bedside.publishing.models import Delivery

KIND = "variant"
BATCH = 100  # more at a time would keep what is due from leaving punctually just after a burst
REST = 0.1  # seconds between two batches


def follow_sent(organization: Organization, *, back: timedelta = BACK) -> int:
    """Begin to measure what the organization published and is not measured yet; how many there were.

    Looks at what was due within `back`. May be repeated and may run twice at the same time.
    """
    found = _unfollowed(organization, clock.now() - back)
    for first in range(0, len(found), BATCH):
        begun = [_begun(organization, sent, len(found)) for sent in found[first : first + BATCH]]
        Result.objects.bulk_create(begun, ignore_conflicts=True)
        time.sleep(REST)
    return len(found)


def stop_following(delivery_id: UUID) -> None:
    """It was taken down: it is not read any more; what was read stays."""
    Result.objects.filter(pk=delivery_id).update(next_at=None)


class Sent(NamedTuple):
    """A published delivery that is not measured yet."""

    delivery_id: UUID
    channel_id: UUID
    post_id: UUID | None
    at: datetime


def _unfollowed(organization: Organization, since: datetime) -> list[Sent]:
    post = Variant.objects.filter(pk=OuterRef("subject_id")).values("post_id")[:1]
    sent = Delivery.objects.filter(
        ~Exists(Result.objects.filter(pk=OuterRef("pk"))),
        organization=organization,
        state=Delivery.State.SENT,
        subject_kind=KIND,
        due_at__gte=since,
        receipt__deleted_at=None,
        receipt__isnull=False,
    )
    rows = sent.annotate(of_post=Subquery(post))
    return [Sent(*row) for row in rows.values_list("pk", "channel_id", "of_post", "receipt__accepted_at")]


def _begun(organization: Organization, sent: Sent, together: int) -> Result:
    return Result(
        delivery_id=sent.delivery_id,
        organization=organization,
        channel_id=sent.channel_id,
        post_id=sent.post_id,
        sent_at=sent.at,
        sent_on=sent.at.astimezone(ZoneInfo(organization.time_zone)).date(),
        next_at=first_reading(sent.at, together),  # an old one is read at once, and then in its turn
    )
