"""How a stranger asks for every object of the demonstration: at every address, and by every operation."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from hypothesis import given
from hypothesis import settings as settings_of_search
from schemathesis.generation import GenerationMode

from bedside.api.models import Webhook
from bedside.approvals.models import Decision, OutsideSigner, Request
from bedside.crisis.models import Hold
from bedside.inbox.models import Conversation, Message, Reply
from bedside.library.models import Asset, SavedReply
from bedside.networks.models import Channel
from bedside.people.models import (
    ApiToken,
    Clinician,
    Invitation,
    Location,
    Member,
    Notice,
    Organization,
    Role,
)
from bedside.people.powers import BUILT_IN_ROLES, Power
from bedside.planning.models import Campaign, Post, PostVersion, QueueSlot
from bedside.publishing.models import Delivery
from bedside.rules.models import Mark, OwnRule, Regrade, Waiver

WORDS = {"verb": "withdraw", "size": "thumb"}
"""What an address is told beside the object."""
OBJECTS: dict[str, QuerySet[Any]] = {
    "asset_id": Asset.objects.all(),
    "campaign_id": Campaign.objects.all(),
    "channel_id": Channel.objects.all(),
    "clinician_id": Clinician.objects.all(),
    "conversation_id": Conversation.objects.all(),
    "decision_id": Decision.objects.all(),
    "delivery_id": Delivery.objects.all(),
    "hold_id": Hold.objects.all(),
    "invitation_id": Invitation.objects.filter(accepted_at=None),
    "location_id": Location.objects.all(),
    "mark_id": Mark.objects.all(),
    "member_id": Member.objects.all(),
    "message_id": Message.objects.all(),
    "notice_id": Notice.objects.all(),
    "organization_id": Organization.objects.all(),
    "post_id": Post.objects.all(),
    "regrade_id": Regrade.objects.all(),
    "reply_id": Reply.objects.all(),
    "request_id": Request.objects.all(),
    "role_id": Role.objects.exclude(key__in=BUILT_IN_ROLES),
    "rule_id": OwnRule.objects.all(),
    "saved_id": SavedReply.objects.all(),
    "signer_id": OutsideSigner.objects.all(),
    "slot_id": QueueSlot.objects.all(),
    "token_id": ApiToken.objects.all(),
    "version_id": PostVersion.objects.all(),
    "waiver_id": Waiver.objects.all(),
    "webhook_id": Webhook.objects.all(),
}


SHEET = ("planning:look", "planning:picture", "planning:link", "planning:library")
"""What helps while one writes knows the post's id only, because the post may not be saved yet."""


def addresses() -> dict[str, tuple[str, ...]]:
    """Every view of a desk that is about an object: its name, and what its address has to be told.

    Where a secret in the address is the key, nobody is a stranger who has it; and the product's rules are everybody's.
    """
    told = dict(_below(get_resolver().url_patterns, ""))
    return {
        name: words
        for name, words in told.items()
        if any(word.endswith("_id") for word in words) and "token" not in words and name != "rules:rule"
    }


def url_of(name: str) -> str:
    """A view's address with an object of the demonstration in it."""
    told = {word: WORDS.get(word) or OBJECTS[word].earliest("pk").pk for word in addresses()[name]}
    return reverse(name, kwargs=told)


def _below(patterns: list[Any], space: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in patterns:
        if isinstance(each, URLResolver) and each.namespace != "api-v1":
            yield from _below(each.url_patterns, each.namespace or space)
        elif isinstance(each, URLPattern) and each.callback.__module__.startswith("bedside."):
            pattern = each.pattern
            words = pattern.regex.groupindex if isinstance(pattern, RegexPattern) else pattern.converters
            yield f"{space}:{each.name}", tuple(words)


def with_every_power(member: Member) -> Member:
    """The member with a role that no organization would make, so that no power is what keeps anybody out."""
    Role.objects.filter(pk=member.role_id).update(powers=[str(power) for power in Power])
    return Member.objects.get(pk=member.pk)


def answers(client: Client, url: str) -> list[HttpResponse]:
    """What looking at an address and sending an empty form there are answered with; nothing of it stays."""
    got = []
    for ask in (client.get, client.post):
        with transaction.atomic():
            got.append(ask(url))
            transaction.set_rollback(True)
    return [answer for answer in got if answer.status_code != 405]


def codes(operation: Any, secret: str) -> set[int]:
    """What an operation answers to well-formed questions about an object of the demonstration."""
    seen = set()

    @settings_of_search(max_examples=4, deadline=None, database=None, derandomize=True)
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask(case: Any) -> None:
        case.path_parameters = {word: str(OBJECTS[word].earliest("pk").pk) for word in case.path_parameters}
        seen.add(case.call(headers={"Authorization": f"Bearer {secret}"}).status_code)

    ask()
    return seen
