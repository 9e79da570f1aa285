"""Which news of the rooms other programs can hear, and what is said of each. Ids and states, no words."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from bedside.api.webhooks import tell
from bedside.approvals.models import Request
from bedside.approvals.news import RequestAgreed, RequestAsked, RequestNews, RequestReturned
from bedside.crisis.news import HoldLifted, HoldPlaced
from bedside.foundation.announce import when
from bedside.publishing.news import (
    DeliveryDeleted,
    DeliveryFailed,
    DeliveryHeld,
    DeliverySent,
    DeliveryUnsure,
)


def connect() -> None:
    """Let webhooks hear."""
    when(DeliverySent, _delivery("delivery.sent"))
    when(DeliveryHeld, _delivery("delivery.held"))
    when(DeliveryFailed, _delivery("delivery.failed"))
    when(DeliveryUnsure, _delivery("delivery.unsure"))
    when(DeliveryDeleted, _delivery("delivery.deleted"))
    when(RequestAsked, _request("request.asked"))
    when(RequestAgreed, _request("request.agreed"))
    when(RequestReturned, _request("request.returned"))
    when(HoldPlaced, _hold("hold.placed"))
    when(HoldLifted, _hold("hold.lifted"))


def _delivery(kind: str) -> Callable[[Any], None]:
    def hear(news: Any) -> None:
        what = {"delivery": news.delivery_id, "subject_kind": news.subject_kind, "subject": news.subject_id}
        code = getattr(news, "code", "")
        tell(news.organization_id, kind, what | ({"code": code} if code else {}))

    return hear


def _request(kind: str) -> Callable[[RequestNews], None]:
    def hear(news: RequestNews) -> None:
        organization_id: UUID = Request.objects.values_list("organization_id", flat=True).get(
            pk=news.request_id
        )
        what = {"request": news.request_id, "subject_kind": news.subject_kind, "subject": news.subject_id}
        tell(organization_id, kind, what)

    return hear


def _hold(kind: str) -> Callable[[Any], None]:
    def hear(news: Any) -> None:
        if news.organization_id is not None:
            tell(news.organization_id, kind, {"hold": news.hold_id, "channel": news.channel_id})

    return hear
