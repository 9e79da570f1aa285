"""The demonstration as a visitor meets it, built once on a real practice network and looked at from all sides."""

import time
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from tests.fixtures.practice import PracticeServer, practice_server

from bedside.approvals.models import Request
from bedside.audit.queries import chains, first_broken_link
from bedside.demo.building import logins, open_demonstration
from bedside.demo.queue import drafts
from bedside.inbox.models import Conversation
from bedside.insights.models import Result
from bedside.networks.models import Channel
from bedside.people.models import Organization
from bedside.people.powers import BUILT_IN_ROLES
from bedside.planning.actions.submitting import judged_post
from bedside.planning.judgement import stops
from bedside.planning.models import Post
from bedside.planning.queries import whole_posts
from bedside.publishing.models import Delivery

__all__ = ["practice_server"]

LONGEST = 60.0  # seconds of this process's own work; the machine may be busy with others'


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: object, practice_server: PracticeServer
) -> Iterator[float]:
    """The demonstration, built in a transaction that is undone when the module is over; how long it took."""
    from django.db import transaction

    practice_server.reset()
    before = django_settings.BEDSIDE_PRACTICE_URL
    django_settings.BEDSIDE_PRACTICE_URL = practice_server.base_url
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        began = time.process_time()
        open_demonstration()
        yield time.process_time() - began
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
    django_settings.BEDSIDE_PRACTICE_URL = before


@pytest.fixture
def demonstration(built: float, db: None) -> Organization:
    """The organization of the demonstration."""
    return Organization.objects.get(is_demo=True)
