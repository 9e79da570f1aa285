"""The demonstration of a running desk, copied for its tests: nobody builds it twice, and the stories find their own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from tests.fixtures.desk import Desk

from bedside.config.environment import Environment
from bedside.people.models import Organization


@pytest.fixture(scope="module")
def built(desk: Desk, django_db_setup, django_db_blocker) -> Iterator[Desk]:
    """The desk, and all that is in its database as a copy in that of the tests, cleared away after them."""
    keys = Environment(desk.environment).encryption_keys
    with (
        override_settings(
            BEDSIDE_DATA=desk.data, BEDSIDE_ENCRYPTION_KEYS=keys, BEDSIDE_PRACTICE_URL=desk.practice_url
        ),
        django_db_blocker.unblock(),
    ):
        connection.ensure_connection()
        with closing(sqlite3.connect(desk.data / "bedside.sqlite3")) as theirs:
            theirs.backup(connection.connection)
        yield desk
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def demonstration(built: Desk, db: None) -> Organization:
    """The organization of the demonstration."""
    return Organization.objects.get(is_demo=True)
