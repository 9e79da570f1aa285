"""Another organization's objects do not exist: at every address, for somebody who holds every power at home."""

import html
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from hypothesis import given
from hypothesis import settings as settings_of_search
from schemathesis.generation import GenerationMode
from tests.fixtures.clinic import found
from tests.fixtures.signed_in import signed_in

from bedside.api.models import Webhook
from bedside.api.webhooks import KINDS, make_webhook
from bedside.approvals.models import Decision, OutsideSigner, Request
from bedside.config.wsgi import application
from bedside.crisis.actions import place_hold
from bedside.crisis.models import Hold
from bedside.inbox.models import Conversation, Message, Reply
from bedside.library.models import Asset, SavedReply
from bedside.library.saved_replies import keep_saved_reply
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
from bedside.people.roles import save_role
from bedside.people.tokens import make_token
from bedside.planning.models import Campaign, Post, PostVersion, QueueSlot
from bedside.publishing.models import Delivery
from bedside.rules.models import Mark, OwnRule, Regrade, Waiver

pytestmark = pytest.mark.timeout(600)

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
    "invitation_id": Invitation.objects.all(),
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


@pytest.fixture
def owner(demonstration: Organization, settings: Any) -> Member:
    """The demonstration's administrator, and one object of every kind in their organization."""
    settings.BEDSIDE_IS_DEMO = True  # it stays open beside an organization that is real
    owner = with_every_power(demonstration.members.filter(role__key="administrator").earliest("pk"))
    save_role(demonstration, name="Volunteer", powers=[Power.VIEW], by=owner)
    make_token(name="Reports", powers=owner.powers, by=owner)
    make_webhook(url="https://example.org/bedside", kinds=KINDS, by=owner)
    place_hold(by=owner, organization_id=demonstration.pk, reason="A storm.")
    keep_saved_reply(demonstration, title="Thanks", text="Thank you.", language="en", by=owner)
    Notice.objects.filter(member__organization=demonstration).update(member=owner)
    return owner


def answers(client: Client, url: str) -> list[HttpResponse]:
    """What looking at an address and sending an empty form there are answered with; nothing of it stays."""
    got = []
    for ask in (client.get, client.post):
        with transaction.atomic():
            got.append(ask(url))
            transaction.set_rollback(True)
    return [answer for answer in got if answer.status_code != 405]


def test_no_address_shows_a_stranger_what_it_shows_its_owner(owner: Member) -> None:
    stranger = signed_in(with_every_power(found("Hilltop Dental").administrator))
    at_home = signed_in(owner)
    told = {name: answers(stranger, url_of(name)) for name in addresses().keys() - set(SHEET)}
    assert len(told) > 60
    assert {name for name, got in told.items() if {each.status_code for each in got} != {404}} == set()
    unseen = {
        name for name in told if all(each.status_code == 404 for each in answers(at_home, url_of(name)))
    }
    assert unseen == set(), "nobody would notice if a stranger were let in there"


def test_what_helps_while_one_writes_knows_nothing_of_a_post(owner: Member) -> None:
    stranger = signed_in(with_every_power(found("Hilltop Dental").administrator))
    text = Post.objects.earliest("pk").text
    assert text in html.unescape(signed_in(owner).get(url_of("planning:post")).content.decode())
    for name in SHEET:
        said = [html.unescape(each.content.decode()) for each in answers(stranger, url_of(name))]
        assert said
        assert not [each for each in said if text in each]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """What comes through the interface for programs shares this test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_operation_knows_another_organizations_object(owner: Member, one_connection: None) -> None:
    stranger = with_every_power(found("Hilltop Dental").administrator)
    _made, secret = make_token(name="Searcher", powers=stranger.powers, by=stranger)
    interface = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    about_objects = [
        operation
        for operation in (each.ok() for each in interface.get_all_operations())
        if "_id}" in operation.path
    ]
    assert len(about_objects) > 40
    told = {operation.label: codes(operation, secret) for operation in about_objects}
    assert {label: seen for label, seen in told.items() if not {404} <= seen <= {404, 422}} == {}


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
