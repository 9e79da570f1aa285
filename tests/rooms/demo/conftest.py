"""The demonstration, built once for its tests on a practice network of the run, and cleared away after them."""

import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from tests.fixtures.practice import PracticeServer, practice_server

from bedside.demo.building import open_demonstration
from bedside.people.models import Organization

__all__ = ["practice_server"]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, practice_server: PracticeServer) -> Iterator[float]:
    """The demonstration in the database; the seconds of work that building it took this process."""
    practice_server.reset()
    before, settings.BEDSIDE_PRACTICE_URL = settings.BEDSIDE_PRACTICE_URL, practice_server.base_url
    try:
        with django_db_blocker.unblock():
            began = time.process_time()
            open_demonstration()
            yield time.process_time() - began
            call_command("flush", interactive=False, verbosity=0)
    finally:
        settings.BEDSIDE_PRACTICE_URL = before


@pytest.fixture
def demonstration(built: float, db: None) -> Organization:
    """The organization of the demonstration."""
    return Organization.objects.get(is_demo=True)
