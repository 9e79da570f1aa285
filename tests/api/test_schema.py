"""The API keeps what its description promises, searched by schemathesis."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from tests.fixtures.clinic import found

from bedside.config.wsgi import application
from bedside.people.tokens import make_token

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
# What lies at every bound is tried, on the stricter database alone: what that one takes, SQLite takes, too. Values by
# chance find little beside them.
schema.config.phases.fuzzing.enabled = False
pytestmark = pytest.mark.strict


@pytest.fixture
def one_connection():
    """Requests of this test share its transaction, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(db, one_connection):
    """An administrator's key of a fresh clinic."""
    administrator = found("Riverside Clinic").administrator
    _made, secret = make_token(name="Searcher", powers=administrator.powers, by=administrator)
    return secret


@schema.parametrize()
@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_answer_is_as_described(case, key):
    # What is well-formed may still be refused for its meaning (a name that is taken), with a Problem. Unknown
    # query words are ignored, as everywhere on the web; bodies are held to their description.
    excluded = [schemathesis.checks.positive_data_acceptance]
    if case.method == "GET":
        excluded.append(schemathesis.checks.negative_data_rejection)
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=excluded)
