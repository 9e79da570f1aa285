"""Who gets into the demonstration clinic? Everybody who looks around first, nobody where patients' words may be."""

import pytest
from django.core import mail
from tests.fixtures.clinic import PASSWORD, Clinic, found

from bedside.people.actions import found_organization, invite, make_user
from bedside.people.tokens import make_token, token_by


@pytest.fixture
def demonstration(db) -> Clinic:
    user = make_user(email="ruth@alderbend.example", name="Ruth", password=PASSWORD)
    first = found_organization(name="Alder Bend", time_zone="America/Chicago", user=user, is_demo=True)
    first.organization.requires_second_factor = False
    first.organization.save()
    return Clinic(first.organization, first)


def test_where_nothing_else_is_anybody_may_look_around(client, demonstration):
    assert client.get("/people/demo").status_code == 200
    assert client.post("/people/demo/administrator").headers["Location"] == "/"
    assert client.get("/people/settings").status_code == 200


def test_beside_a_real_organization_nobody_gets_in_and_nothing_is_built(client, db):
    found("Riverside Clinic")
    assert client.get("/people/demo").status_code == 404
    assert client.post("/people/demo").status_code == 404
    assert client.post("/people/demo/administrator").status_code == 404


def test_once_there_is_a_real_organization_the_known_password_opens_nothing(client, demonstration):
    _key, secret = make_token(name="Feeds", powers=["view"], by=demonstration.administrator)
    client.post("/people/demo/administrator")
    found("Riverside Clinic")
    assert client.get("/people/settings").status_code == 403, "who is inside is outside now"
    client.logout()
    assert client.post("/people/demo/administrator").status_code == 404
    client.post("/accounts/login/", {"login": "ruth@alderbend.example", "password": PASSWORD})
    assert client.get("/people/settings").status_code == 403
    assert token_by(secret) is None


def test_the_operator_can_keep_it_open(client, demonstration, settings):
    settings.BEDSIDE_IS_DEMO = True
    found("Riverside Clinic")
    client.post("/people/demo/administrator")
    assert client.get("/people/settings").status_code == 200


def test_the_demonstration_writes_to_nobody(demonstration, django_capture_on_commit_callbacks, settings):
    settings.BEDSIDE_WORK_IMMEDIATELY = True
    with django_capture_on_commit_callbacks(execute=True):
        invite(
            demonstration.organization,
            email="stranger@example.org",
            role=demonstration.organization.roles.get(key="viewer"),
            by=demonstration.administrator,
        )
    assert mail.outbox == []
