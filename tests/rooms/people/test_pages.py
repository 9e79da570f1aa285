"""The door of the house, and the settings of people, through the browser's requests."""

import re
import time

import pytest
from tests.fixtures.clinic import PASSWORD

from bedside.people.models import Invitation, Member, Organization

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def enter(client, member):
    client.force_login(member.user, backend=BACKEND)
    return client


@pytest.fixture
def relaxed(clinic):
    clinic.organization.requires_second_factor = False
    clinic.organization.save()
    return clinic


def test_the_first_visitor_sets_up_the_organization_and_is_asked_for_a_second_factor(client, db):
    assert client.get("/").headers["Location"] == "/people/start"
    answer = client.post(
        "/people/start/organization",
        {
            "organization": "Lakeside Practice",
            "time_zone": "America/Denver",
            "name": "Jo Marsh",
            "email": "jo@lakeside.example",
            "password": PASSWORD,
        },
    )
    assert answer.headers["Location"] == "/accounts/2fa/"
    assert Organization.objects.get().time_zone == "America/Denver"
    assert client.get("/people/settings").headers["Location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_the_first_run_is_closed_once_there_is_an_organization(client, clinic):
    answer = client.post("/people/start/organization", {"organization": "Another"})
    assert answer.status_code == 302
    assert Organization.objects.count() == 1


def test_an_invited_person_joins_by_the_link(client, relaxed):
    enter(client, relaxed.administrator)
    role = relaxed.organization.roles.get(key="author")
    page = client.post("/people/settings/members/invite", {"email": "ana@example.org", "role": role.pk})
    link = re.search(r"/people/join/[\w-]+", page.content.decode()).group()
    client.logout()
    client.post(link, {"name": "Ana Ruiz", "password": PASSWORD})
    assert Member.objects.get(user__email="ana@example.org").role == role
    client.logout()
    assert client.get(link).status_code == 410


def test_a_locked_screen_leads_back_after_showing_who_one_is(client, relaxed):
    client.post("/accounts/login/", {"login": relaxed.administrator.user.email, "password": PASSWORD})
    assert client.get("/people/settings").status_code == 200
    time.sleep(0.01)
    client.get("/people/lock?next=/people/settings")
    turned_away = client.get("/people/settings")
    assert turned_away.headers["Location"].startswith("/people/lock")
    back = client.post("/accounts/reauthenticate/?next=/people/settings", {"password": PASSWORD})
    assert back.headers["Location"] == "/people/settings"
    assert client.get("/people/settings").status_code == 200


def test_an_idle_screen_is_locked_after_the_organizations_minutes(client, relaxed):
    client.post("/accounts/login/", {"login": relaxed.administrator.user.email, "password": PASSWORD})
    client.get("/people/settings")
    session = client.session
    session["seen_at"] = time.time() - 16 * 60
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**r, "at": time.time() - 20 * 60} for r in records]
    session.save()
    assert client.get("/people/settings").headers["Location"].startswith("/people/lock")


@pytest.mark.parametrize("page", ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"])
def test_a_locked_screen_hides_the_account_as_well(client, relaxed, page):
    client.post("/accounts/login/", {"login": relaxed.administrator.user.email, "password": PASSWORD})
    assert client.get(page).status_code == 200
    time.sleep(0.01)
    client.get("/people/lock")
    assert client.get(page).headers["Location"].startswith("/people/lock")
    assert client.get("/accounts/reauthenticate/").status_code == 200


@pytest.mark.parametrize("path", ["/people/account/switch/nonsense", "/people/account/notices/nonsense"])
def test_what_is_no_id_is_not_there(client, relaxed, path):
    enter(client, relaxed.administrator)
    assert client.post(path).status_code == 404


def test_settings_need_their_powers(client, relaxed):
    enter(client, relaxed.member("viewer"))
    for path in ("/people/settings", "/people/settings/members", "/people/settings/organization"):
        assert client.get(path).status_code == 403


def test_another_organizations_member_is_not_there(client, relaxed, other_clinic):
    enter(client, relaxed.administrator)
    theirs = other_clinic.member("author")
    assert client.get(f"/people/settings/members/{theirs.pk}").status_code == 404
    assert client.post(f"/people/settings/members/{theirs.pk}/remove").status_code == 404
    assert client.get("/people/settings/members/not-an-id").status_code == 404


def test_a_key_is_shown_once(client, relaxed):
    enter(client, relaxed.administrator)
    page = client.post("/people/account/key", {"name": "Feeds", "powers": ["view"]}).content.decode()
    assert "bedside_" in page
    assert "bedside_" not in client.get("/people/account").content.decode().replace("bedside_session", "")


def test_who_came_to_look_around_finds_the_demonstration_from_the_sign_in_page(client, relaxed):
    assert "/people/demo" not in client.get("/accounts/login/").content.decode()
    Organization.objects.update(is_demo=True)
    page = client.get("/accounts/login/").content.decode()
    assert 'href="/people/demo"' in page
    assert 'href="/people/start/organization"' in page, "and the way to an organization of one's own"


def test_everybody_finds_their_own_account_from_every_page(client, relaxed):
    enter(client, relaxed.member("viewer"))
    assert 'href="/people/account"' in client.get("/").content.decode()


def test_a_withdrawn_invitation_opens_nothing(client, relaxed):
    enter(client, relaxed.administrator)
    role = relaxed.organization.roles.get(key="author")
    page = client.post("/people/settings/members/invite", {"email": "ana@example.org", "role": role.pk})
    link = re.search(r"/people/join/[\w-]+", page.content.decode()).group()
    client.post(f"/people/settings/invitations/{Invitation.objects.get().pk}/withdraw")
    assert client.get(link).status_code == 410


def test_who_lacks_a_power_reads_what_it_would_allow(client, relaxed):
    client.force_login(relaxed.member("moderator").user)
    page = client.get("/people/settings/roles")
    assert page.status_code == 403
    assert "Your role does not include “Invite people and give roles”." in page.content.decode()
