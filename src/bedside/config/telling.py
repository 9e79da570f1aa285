"""Which news of the rooms other programs can hear, and what is said of each. Ids and states, no words."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from bedside.api.calls import tell, tell_all
from bedside.approvals.models import Request
from bedside.approvals.news import RequestAgreed, RequestAsked, RequestNews, RequestReturned
from bedside.crisis.news import HoldLifted, HoldPlaced
from bedside.foundation.announce import when, when_many
from bedside.inbox.news import MessageArrived
from bedside.publishing.news import (
    DeliveryDeleted,
    DeliveryFailed,
    DeliveryHeld,
    DeliverySent,
    DeliveryUnsure,
)


def connect() -> None:
    """Let webhooks hear."""
    when_many(DeliverySent, _delivery("delivery.sent"))
    when_many(DeliveryHeld, _delivery("delivery.held"))
    when_many(DeliveryFailed, _delivery("delivery.failed"))
    when_many(DeliveryUnsure, _delivery("delivery.unsure"))
    when_many(DeliveryDeleted, _delivery("delivery.deleted"))
    when(RequestAsked, _request("request.asked"))
    when(RequestAgreed, _request("request.agreed"))
    when(RequestReturned, _request("request.returned"))
    when(MessageArrived, _message)
    when(HoldPlaced, _hold("hold.placed"))
    when(HoldLifted, _hold("hold.lifted"))


def _delivery(kind: str) -> Callable[[Sequence[Any]], None]:
    def hear(many: Sequence[Any]) -> None:
        by_organization: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for news in many:
            by_organization[news.organization_id].append(_what(news))
        for organization_id, whats in by_organization.items():
            tell_all(organization_id, kind, whats)

    return hear


def _what(news: Any) -> dict[str, Any]:
    what = {"delivery": news.delivery_id, "subject_kind": news.subject_kind, "subject": news.subject_id}
    code = getattr(news, "code", "")
    return what | ({"code": code} if code else {})


def _request(kind: str) -> Callable[[RequestNews], None]:
    def hear(news: RequestNews) -> None:
        organization_id: UUID = Request.objects.values_list("organization_id", flat=True).get(
            pk=news.request_id
        )
        what = {"request": news.request_id, "subject_kind": news.subject_kind, "subject": news.subject_id}
        tell(organization_id, kind, what)

    return hear


def _message(news: MessageArrived) -> None:
    what = {
        "message": news.message_id,
        "conversation": news.conversation_id,
        "message_kind": news.kind,
        "is_urgent": news.is_urgent,
    }
    tell(news.organization_id, "message.arrived", what)


def _hold(kind: str) -> Callable[[Any], None]:
    def hear(news: Any) -> None:
        if news.organization_id is not None:
            tell(news.organization_id, kind, {"hold": news.hold_id, "channel": news.channel_id})

    return hear
