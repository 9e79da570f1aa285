"""The record on screen: found, verified, taken along, and only by those who may."""

import json

import pytest

from bedside.audit.actions import NothingRecorded, action, record
from bedside.audit.models import Record

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def auditor(client, clinic):
    clinic.organization.requires_second_factor = False
    clinic.organization.save()
    client.force_login(clinic.member("privacy_officer").user, backend=BACKEND)
    return client


def test_the_record_is_searched_by_words_and_verb(auditor, clinic):
    clinic.member("author", "Maria Gomez")
    page = auditor.get("/audit/?words=Gomez").content.decode()
    assert "Maria Gomez joined" in page
    assert "Set up Riverside" not in page
    assert "Set up Riverside" in auditor.get("/audit/?verb=organization.founded").content.decode()


def test_older_lines_are_one_press_away(auditor, clinic):
    for n in range(60):
        record(
            clinic.organization.pk,
            by=clinic.administrator.actor,
            verb="test.counted",
            on=("thing", n, f"thing {n}"),
            words=f"Counted to {n}.",
        )
    first = auditor.get("/audit/").content.decode()
    assert "Counted to 59." in first
    assert "Counted to 5." not in first
    below = first.split("below=")[1].split('"')[0]
    assert "Counted to 5." in auditor.get(f"/audit/?below={below}").content.decode()


def test_verifying_names_the_first_broken_link(auditor, clinic):
    assert "The chain holds" in auditor.post("/audit/verify").content.decode()
    Record.objects.filter(number=2).update(actor_label="Somebody else")
    page = auditor.post("/audit/verify").content.decode()
    assert "line 2" in page


def test_the_export_can_be_verified_by_others(auditor, clinic):
    answer = auditor.get("/audit/record.jsonl")
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert [line["number"] for line in lines[:2]] == [1, 2]
    assert lines[1]["previous"] == lines[0]["hash"]
    assert Record.objects.filter(verb="record.exported").exists()


def test_a_spreadsheet_does_not_calculate_what_people_wrote(auditor, clinic):
    record(
        clinic.organization.pk,
        by=clinic.administrator.actor,
        verb="test.counted",
        on=("thing", 1, "=1+1"),
        words="@SUM(A1)",
    )
    table = b"".join(auditor.get("/audit/record.csv").streaming_content).decode()
    assert "'=1+1" in table
    assert "'@SUM(A1)" in table


def test_without_the_power_there_is_no_record(client, clinic):
    clinic.organization.requires_second_factor = False
    clinic.organization.save()
    client.force_login(clinic.member("author").user, backend=BACKEND)
    assert client.get("/audit/").status_code == 403


def test_an_action_that_records_nothing_is_undone_and_named(clinic):
    @action
    def forgetful() -> None:
        clinic.organization.name = "Changed"
        clinic.organization.save()

    with pytest.raises(NothingRecorded):
        forgetful()
    clinic.organization.refresh_from_db()
    assert clinic.organization.name == "Riverside Clinic"
