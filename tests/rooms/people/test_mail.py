"""What pages promise of e-mail: a message where a mail server is set up, and never otherwise."""

import pytest
from tests.fixtures.signed_in import signed_in

from bedside.people.models import Invitation

NO_MAIL = "No e-mail leaves"


@pytest.fixture
def invite(clinic):
    def press() -> str:
        desk = signed_in(clinic.administrator)
        role = clinic.organization.roles.get(key="author")
        form = {"email": f"ana{Invitation.objects.count()}@example.org", "role": role.pk}
        return desk.post("/people/settings/members/invite", form).content.decode()

    return press


def test_without_a_mail_server_the_link_has_to_be_handed_over(invite):
    page = invite()
    assert NO_MAIL in page
    assert "We send the link" not in page
    assert "/people/join/" in page


def test_with_a_mail_server_the_link_is_sent(invite, settings):
    settings.BEDSIDE_SENDS_MAIL = True
    page = invite()
    assert "We send the link by e-mail" in page
    assert NO_MAIL not in page


def test_a_forgotten_password_leads_to_whoever_runs_the_machine(client, clinic, settings):
    assert NO_MAIL in client.get("/accounts/password/reset/").content.decode()
    asked = client.post("/accounts/password/reset/", {"email": clinic.administrator.user.email}, follow=True)
    assert NO_MAIL in asked.content.decode()
    settings.BEDSIDE_SENDS_MAIL = True
    assert NO_MAIL not in client.get("/accounts/password/reset/").content.decode()


def test_an_address_that_only_takes_a_form_says_so_when_it_is_opened_by_itself(clinic):
    desk = signed_in(clinic.administrator)
    answer = desk.get("/people/settings/members/invite", headers={"accept": "text/html"})
    assert answer.status_code == 405
    assert "This address is no page" in answer.content.decode()
    assert answer["Allow"] == "POST"
    assert desk.get("/people/settings/members/invite", headers={"accept": "application/json"}).content == b""
