"""The demonstration as a visitor meets it: complete, signed in to, alive, and true to the record."""

import html
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from tests.fixtures.clinic import found
from tests.fixtures.desk import Desk
from tests.fixtures.signed_in import signed_in
from tests.rooms.demo.strangers import SHEET, addresses, answers, codes, url_of, with_every_power

from bedside.api.kinds import KINDS
from bedside.api.webhooks import make_webhook
from bedside.approvals.models import Request
from bedside.audit.models import Record
from bedside.audit.queries import chains, first_broken_link
from bedside.config.wsgi import application
from bedside.crisis.actions import place_hold
from bedside.demo.building import logins, open_demonstration
from bedside.inbox.models import Conversation, Message
from bedside.insights.models import Result
from bedside.library.saved_replies import keep_saved_reply
from bedside.networks.models import Channel
from bedside.people.actions import invite
from bedside.people.models import Member, Notice, Organization
from bedside.people.powers import BUILT_IN_ROLES, Power
from bedside.people.roles import save_role
from bedside.people.tokens import make_token
from bedside.planning.actions.submitting import judged_post
from bedside.planning.models import Post
from bedside.planning.queries import whole_posts
from bedside.publishing.models import Delivery
from bedside.rules.models import CountedMaterial

# The first one starts the desk, and a busy machine gives it little of its time.
pytestmark = pytest.mark.timeout(600)


def test_building_twice_gives_one_clinic(demonstration: Organization) -> None:
    before = (Post.objects.count(), Member.objects.count(), Message.objects.count(), logins())
    open_demonstration()
    assert Organization.objects.count() == 1
    assert (Post.objects.count(), Member.objects.count(), Message.objects.count(), logins()) == before


def test_every_built_in_role_is_shown_a_login(demonstration: Organization) -> None:
    """With which everybody signs in where each role walks through its pages (`test_every_page.py`)."""
    names = demonstration.roles.filter(key__in=BUILT_IN_ROLES).values_list("name", flat=True)
    assert set(names) <= {login.role for login in logins()}
    for login in logins():
        member = demonstration.members.get(user__email=login.email)
        assert (member.role.name, member.user.is_active) == (login.role, True)


def test_the_record_holds_and_reads_in_the_order_of_its_times(demonstration: Organization) -> None:
    assert [first_broken_link(key) for key in chains()] == [None] * len(chains())
    lines = Record.objects.filter(chain_id=str(demonstration.pk)).order_by("number")
    times = list(lines.values_list("at", flat=True))
    assert len(times) > 1000
    assert times == sorted(times)


def test_every_kind_of_delivery_can_be_seen(demonstration: Organization) -> None:
    assert set(Delivery.objects.values_list("state", flat=True)) >= {"sent", "waiting", "held", "failed"}
    assert Delivery.objects.filter(state="sent", subject_kind="variant").count() >= 105
    assert Delivery.objects.filter(state="waiting").count() >= 18
    assert set(Delivery.objects.filter(state="held").values_list("reason_code", flat=True)) == {
        "channel",
        "person",
    }
    assert Delivery.objects.filter(attempts__outcome="found").exists(), "one that was looked up"
    assert Delivery.objects.filter(receipt__deleted_at__isnull=False).count() == 1


def test_each_kind_of_signature_is_waited_for(demonstration: Organization) -> None:
    waiting = Request.objects.filter(state=Request.State.OPEN)
    assert {need for needs in waiting.values_list("needs", flat=True) for need in needs} == {
        "privacy",
        "clinical",
        "brand",
    }
    assert waiting.filter(outside_signers__isnull=False).exists()
    assert Request.objects.filter(state=Request.State.CHANGES_WANTED).exists()
    assert Request.objects.filter(state=Request.State.REFUSED).exists()


def test_what_was_published_and_what_is_planned_passes_the_guard_of_today(
    demonstration: Organization,
) -> None:
    agreed = whole_posts().filter(state=Post.State.AGREED)
    blocked = {
        str(post): [finding.rule for finding in judged.verdict.findings]
        for post in agreed
        for judged in judged_post(post)
        if judged.verdict.decision == "block" or judged.problems
    }
    assert blocked == {}


def test_the_inbox_has_answered_closed_and_urgent_conversations(demonstration: Organization) -> None:
    assert set(Conversation.objects.values_list("state", flat=True)) == {"open", "answered", "closed"}
    assert Conversation.objects.filter(state="open", reason="self_harm").exists()
    assert Message.objects.filter(hidden_at__isnull=False).exists()
    assert Message.objects.count() > 280


def test_one_channel_says_that_it_needs_a_sign_in(demonstration: Organization) -> None:
    dead = Channel.objects.get(health=Channel.Health.NEEDS_SIGN_IN)
    assert "Connect again" in dead.problem


def test_the_practice_network_has_the_same_history(demonstration: Organization, built: Desk) -> None:
    ledger = httpx.get(f"{built.practice_url}/_control/ledger").text
    there = {line["id"]: line for line in map(json.loads, ledger.splitlines())}
    sent = Delivery.objects.filter(state="sent").select_related("receipt")
    assert len(there) >= len(sent) > 100
    for delivery in sent:
        line = there[delivery.receipt.remote_id]
        assert line["text"] == delivery.leaving["text"]
        assert line["key"] == f"{delivery.pk}-0"
        assert (line["deleted_at"] is None) == (delivery.receipt.deleted_at is None)


def test_numbers_were_read_for_what_is_public(demonstration: Organization) -> None:
    read = Result.objects.exclude(read_at=None).exclude(views=None)
    assert read.count() > 100
    assert read.filter(reactions__gt=10).exists()


@pytest.mark.parametrize(
    "path", ["/", "/planning/", "/inbox/", "/publishing/", "/library/", "/insights/", "/approvals/"]
)
def test_every_room_opens_for_the_administrator(demonstration: Organization, path: str) -> None:
    client = Client()
    client.force_login(Member.objects.get(user__email=logins()[0].email).user)
    answer = client.get(path, follow=True)
    assert answer.status_code == 200


def test_the_rules_of_the_clinic_can_be_seen_at_work(demonstration: Organization) -> None:
    assert demonstration.own_rules.count() >= 4
    assert demonstration.regrades.filter(ended_at=None).count() == 1
    assert set(demonstration.marks.values_list("state", flat=True)) == {"open", "accepted", "rejected"}
    assert set(demonstration.waivers.values_list("state", flat=True)) == {"asked", "begun"}
    assert CountedMaterial.objects.filter(organization=demonstration, firings__isnull=False).exists()


@pytest.fixture
def owner(demonstration: Organization, settings: Any) -> Member:
    """The demonstration's administrator, and one object of every kind in their organization."""
    settings.BEDSIDE_IS_DEMO = True  # it stays open beside an organization that is real
    owner = with_every_power(demonstration.members.filter(role__key="administrator").earliest("pk"))
    volunteer = save_role(demonstration, name="Volunteer", powers=[Power.VIEW], by=owner)
    invite(demonstration, email="volunteer@riverside.example", role=volunteer, by=owner)
    make_token(name="Reports", powers=owner.powers, by=owner)
    make_webhook(url="https://example.org/bedside", kinds=KINDS, by=owner)
    place_hold(by=owner, organization_id=demonstration.pk, reason="A storm.")
    keep_saved_reply(demonstration, title="Thanks", text="Thank you.", language="en", by=owner)
    Notice.objects.filter(member__organization=demonstration).update(member=owner)
    return owner


@pytest.fixture
def one_connection() -> Iterator[None]:
    """What comes through the interface for programs shares this test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


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
