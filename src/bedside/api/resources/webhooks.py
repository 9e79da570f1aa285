"""Webhooks for programs: which addresses hear what happens here, and how the messages to them went.

A secret is in the answer to making or renewing it, and in no other.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.api.kinds import KINDS
from bedside.api.models import Call, Webhook
from bedside.api.pages import Paging, page_of
from bedside.api.webhooks import (
    change_webhook,
    end_webhook,
    make_webhook,
    renew_secret,
    try_webhook,
    webhook_for,
    webhooks_of,
)
from bedside.people.powers import Power

router = Router(tags=["webhooks"])

Kind = Annotated[str, Field(max_length=40, json_schema_extra={"enum": list(KINDS)})]


class WebhookIn(Given):
    """A public address that begins with https, and the kinds of news that it wants to hear."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"url": "https://example.org/bedside", "kinds": ["delivery.sent", "delivery.failed"]}
            ]
        }
    )

    url: str = Field(min_length=1, max_length=500)
    kinds: list[Kind] = Field(min_length=1, max_length=len(KINDS))


class WebhookOut(Schema):
    """An address that hears what happens here."""

    id: UUID
    url: str
    kinds: list[str]
    made_at: datetime


class WebhookMade(WebhookOut):
    """The same with the secret that signs its messages, which is shown this once."""

    secret: str


class CallOut(Schema):
    """One message: taken, given up, or still tried (`next_at`). `status` and `says` tell how the last try went."""

    id: UUID
    kind: str
    made_at: datetime
    tries: int
    next_at: datetime | None
    taken_at: datetime | None
    given_up_at: datetime | None
    status: int | None
    says: str


class Calls(Schema):
    """A page of messages, the newest first."""

    items: list[CallOut]
    next: str | None


class KindOut(Schema):
    """A kind of news, and what it tells."""

    kind: str
    says: str


@router.get("/webhook-kinds", response={200: list[KindOut], **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def kinds(request: HttpRequest) -> list[dict[str, str]]:
    """The kinds of news that an address can ask for."""
    return [{"kind": kind, "says": str(words)} for kind, words in KINDS.items()]


@router.get("/webhooks", response={200: list[WebhookOut], **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def webhooks(request: HttpRequest) -> QuerySet[Webhook]:
    """The addresses that hear what happens here."""
    return webhooks_of(member_of(request))


@router.post("/webhooks", response={201: WebhookMade, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def make(request: HttpRequest, webhook: WebhookIn) -> Any:
    """Tell an address. The secret that signs its messages is in this answer and is not shown again."""
    made, secret = make_webhook(url=webhook.url, kinds=webhook.kinds, by=member_of(request))
    return Status(201, _with(made, secret))


@router.get("/webhooks/{webhook_id}", response={200: WebhookOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def one(request: HttpRequest, webhook_id: UUID) -> Webhook:
    """One address."""
    return webhook_for(member_of(request), webhook_id)


@router.put("/webhooks/{webhook_id}", response={200: WebhookOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def change(request: HttpRequest, webhook_id: UUID, webhook: WebhookIn) -> Webhook:
    """Tell another address, or other kinds of news; the secret stays as it is."""
    by = member_of(request)
    return change_webhook(webhook_for(by, webhook_id), url=webhook.url, kinds=webhook.kinds, by=by)


@router.post("/webhooks/{webhook_id}/secret", response={200: WebhookMade, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def renew(request: HttpRequest, webhook_id: UUID) -> dict[str, Any]:
    """Give it another secret. It is in this answer and is not shown again; the one before signs nothing any more."""
    by = member_of(request)
    found = webhook_for(by, webhook_id)
    return _with(found, renew_secret(found, by=by))


@router.post("/webhooks/{webhook_id}/try", response={202: CallOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def try_out(request: HttpRequest, webhook_id: UUID) -> Any:
    """Send it one message of the kind `webhook.trial`, within seconds; its calls tell whether it was taken."""
    by = member_of(request)
    return Status(202, try_webhook(webhook_for(by, webhook_id), by=by))


@router.get("/webhooks/{webhook_id}/calls", response={200: Calls, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def calls(request: HttpRequest, webhook_id: UUID, paging: Query[Paging]) -> dict[str, Any]:
    """The messages to this address, and how they went."""
    found: QuerySet[Call] = webhook_for(member_of(request), webhook_id).calls.all()
    return page_of(found, paging)


@router.delete("/webhooks/{webhook_id}", response={204: None, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def end(request: HttpRequest, webhook_id: UUID) -> Any:
    """Tell it nothing any more; messages that wait are put down."""
    by = member_of(request)
    end_webhook(webhook_for(by, webhook_id), by=by)
    return Status(204, None)


def _with(webhook: Webhook, secret: str) -> dict[str, Any]:
    shown = {name: getattr(webhook, name) for name in ("url", "kinds", "made_at")}
    return shown | {"id": webhook.pk, "secret": secret}
