"""The pages of signers, through the front door."""

import io
import re
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from PIL import Image

from bedside.approvals.actions import ask, decide
from bedside.approvals.models import Request
from bedside.approvals.outside import invite_signer
from bedside.library.actions import upload_asset

CARD = {
    "kind": "post",
    "url": "/planning/posts/1",
    "planned_at": None,
    "sources": ["https://www.cdc.gov/flu"],
    "pictures": [],
    "channels": [
        {
            "channel": "1",
            "name": "Riverside",
            "handle": "riverside",
            "network": "practice",
            "parts": ["Flu shots are here.", "Call us."],
            "needs": [],
            "findings": [],
        }
    ],
}


@pytest.fixture(autouse=True)
def without_second_factor(clinic, other_clinic):
    for organization in (clinic.organization, other_clinic.organization):
        organization.requires_second_factor = False
        organization.save()


@pytest.fixture
def asked(clinic) -> Request:
    return ask(
        organization=clinic.organization,
        subject_kind="post",
        subject_id=uuid4(),
        title="Flu shots are here",
        parts=["sha256:a"],
        needs=[],
        card=CARD,
        authors=[],
        by=clinic.member("author"),
    )


def put_up(clinic, color):
    file = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(file, "PNG")
    return upload_asset(by=clinic.administrator, name=f"{color}.png", chunks=[file.getvalue()])


def at_the_desk(client, member):
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_approver_reads_signs_and_takes_it_back(client, clinic, asked):
    desk = at_the_desk(client, clinic.member("brand_approver"))
    assert "Flu shots are here." in desk.get("/approvals/").content.decode()
    page = desk.get(f"/approvals/{asked.pk}").content.decode()
    assert "https://www.cdc.gov/flu" in page
    answer = desk.post(
        f"/approvals/{asked.pk}/say", {"says": "sign", "fingerprint": asked.fingerprint}, follow=True
    )
    asked.refresh_from_db()
    assert asked.state == Request.State.AGREED
    undo = re.search(r"/approvals/decisions/[0-9a-f-]+/undo", answer.content.decode()).group()
    desk.post(undo)
    asked.refresh_from_db()
    assert asked.state == Request.State.OPEN


def test_asking_for_a_change_without_words_keeps_the_page_and_says_why(client, clinic, asked):
    desk = at_the_desk(client, clinic.member("brand_approver"))
    answer = desk.post(f"/approvals/{asked.pk}/say", {"says": "change", "fingerprint": asked.fingerprint})
    assert answer.status_code == 422
    assert "Say what should change" in answer.content.decode()


def test_another_organization_sees_nothing(client, other_clinic, asked):
    desk = at_the_desk(client, other_clinic.administrator)
    assert desk.get(f"/approvals/{asked.pk}").status_code == 404
    assert "Flu shots" not in desk.get("/approvals/").content.decode()


def test_a_viewer_cannot_sign(client, clinic, asked):
    desk = at_the_desk(client, clinic.member("viewer"))
    answer = desk.post(f"/approvals/{asked.pk}/say", {"says": "sign", "fingerprint": asked.fingerprint})
    assert answer.status_code == 403


def test_the_outside_signer_sees_one_request_and_signs_it(
    client, clinic, asked, settings, django_capture_on_commit_callbacks
):
    settings.BEDSIDE_WORK_IMMEDIATELY = True
    desk = at_the_desk(client, clinic.administrator)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            f"/approvals/{asked.pk}/outside",
            {"name": "Dr. Paz", "email": "paz@example.org", "signing": "brand"},
        )
    path = re.search(r"/approvals/outside/\S+", mail.outbox[-1].body).group()
    client.logout()
    page = client.get(path).content.decode()
    assert "Flu shots are here." in page
    assert "Hello Dr. Paz. Riverside Clinic asks you to read this before it is published." in page
    assert "m..<" not in page, "a time ends in a full stop of its own"
    answer = client.post(path, {"says": "sign", "words": "", "fingerprint": asked.fingerprint})
    assert "Thank you" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == Request.State.AGREED
    assert client.get("/approvals/").status_code == 302, "the link opens nothing else"


def test_a_link_shows_the_pictures_of_its_request_until_it_is_withdrawn(client, clinic, asked):
    picture, other = (put_up(clinic, color) for color in ("teal", "navy"))
    asked.card = {**asked.card, "pictures": [{"asset": str(picture.pk), "alt_text": "A door"}]}
    asked.save()
    signer, token = invite_signer(
        asked, signing="brand", name="Dr. Paz", email="paz@example.org", by=clinic.administrator
    )
    shown, hidden = (f"/approvals/outside/{token}/pictures/{each.pk}" for each in (picture, other))
    assert shown in client.get(f"/approvals/outside/{token}").content.decode()
    assert b"".join(client.get(shown).streaming_content)
    assert "no-store" in client.get(shown)["Cache-Control"]
    assert client.get(hidden).status_code == 404
    desk = at_the_desk(Client(), clinic.administrator)
    assert "paz@example.org" in desk.get(f"/approvals/{asked.pk}").content.decode()
    desk.post(f"/approvals/signers/{signer.pk}/withdraw")
    assert client.get(shown).status_code == 404
    assert client.get(f"/approvals/outside/{token}").status_code == 410


def test_a_signer_can_watch_a_film_and_read_its_subtitles(client, clinic, asked):
    film = {"asset": str(uuid4()), "alt_text": "A walk", "kind": "video", "captions": "Welcome to our ward."}
    asked.card = {**asked.card, "pictures": [film]}
    asked.save()
    desk = at_the_desk(Client(), clinic.administrator)
    for path in (f"/approvals/{asked.pk}", "/approvals/"):
        page = desk.get(path).content.decode()
        assert re.search(rf'<video [^>]*src="/library/asset/{film["asset"]}/full" aria-label="A walk"', page)
    assert "Welcome to our ward." in desk.get(f"/approvals/{asked.pk}").content.decode()


def test_another_organizations_link_is_not_there_to_be_withdrawn(client, clinic, other_clinic, asked):
    signer, token = invite_signer(
        asked, signing="brand", name="Dr. Paz", email="paz@example.org", by=clinic.administrator
    )
    desk = at_the_desk(client, other_clinic.administrator)
    assert desk.post(f"/approvals/signers/{signer.pk}/withdraw").status_code == 404
    assert Client().get(f"/approvals/outside/{token}").status_code == 200


def test_a_wrong_link_says_what_to_do(client, db):
    answer = client.get("/approvals/outside/nonsense")
    assert answer.status_code == 410
    assert "Ask the person who sent it" in answer.content.decode()


def test_a_route_that_goes_around_its_need_is_refused(client, clinic):
    desk = at_the_desk(client, clinic.administrator)
    answer = desk.post("/approvals/routes/clinical", {"expires_after_hours": 48, "signing_1": "brand"})
    assert answer.status_code == 422
    assert "go around" in answer.content.decode()


def test_a_route_of_two_steps_is_asked_in_order(client, clinic):
    desk = at_the_desk(client, clinic.administrator)
    desk.post(
        "/approvals/routes/clinical",
        {"expires_after_hours": 48, "signing_1": "clinical", "signing_2": "brand"},
    )
    made = ask(
        organization=clinic.organization,
        subject_kind="post",
        subject_id=uuid4(),
        title="Flu",
        parts=["sha256:a"],
        needs=["clinical"],
        card=CARD,
        authors=[],
        by=clinic.member("author"),
    )
    decide(made, by=clinic.member("clinical_approver"), says="sign")
    decide(made, by=clinic.member("brand_approver"), says="sign")
    made.refresh_from_db()
    assert made.state == Request.State.AGREED
