"""The API keeps what its description promises, searched by schemathesis."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from tests.fixtures.clinic import found

from bedside.config.wsgi import application

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def key(db):
    """An administrator's key of a fresh clinic."""
    from bedside.people.tokens import make_token

    administrator = found("Riverside Clinic").administrator
    _made, secret = make_token(name="Searcher", powers=administrator.powers, by=administrator)
    return secret


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_answer_is_as_described(case, key):
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"})
