"""A program takes the record and the numbers along, asks them closely, and sees what was held before."""

import json
from datetime import timedelta

import pytest
from tests.api.test_numbers import author, channel, result, write
from tests.fixtures.clinic import Clinic

from bedside.audit.models import Record
from bedside.crisis.actions import lift_hold, place_hold
from bedside.foundation import clock

__all__ = ["author", "channel", "result", "write"]


def body_of(answer) -> str:
    return b"".join(answer.streaming_content).decode()


class TestTheRecord:
    def test_it_is_searched_by_who_and_when(self, program, clinic):
        program(clinic, "author").call("POST", "/posts", {"text": "Flu shots are here."})
        officer, today = program(clinic, "privacy_officer"), clock.now().date()
        by_key = officer.call("GET", "/record?actor=Program of author&verb=post").json()["items"]
        assert [line["verb"] for line in by_key] == ["post.created"]
        assert officer.call("GET", f"/record?until={today - timedelta(days=1)}").json()["items"] == []
        since = officer.call("GET", f"/record?since={today}&until={today}").json()["items"]
        assert len(since) == Record.objects.filter(chain_id=str(clinic.organization.pk)).count()
        wrong = officer.call("GET", "/record?since=yesterday")
        assert (wrong.status_code, wrong.json()["field"]) == (422, "since")

    def test_it_is_taken_along_whole_and_that_is_recorded(self, program, clinic, other_clinic):
        officer = program(clinic, "privacy_officer")
        answer = officer.call("GET", "/record/export?verb=organization")
        assert answer.headers["Content-Type"].startswith("application/x-ndjson")
        (line,) = [json.loads(each) for each in body_of(answer).splitlines()]
        assert (line["verb"], line["chain"]) == ("organization.founded", str(clinic.organization.pk))
        assert line["hash"]
        told = Record.objects.get(verb="record.exported")
        assert (told.actor_kind, told.chain_id) == ("token", str(clinic.organization.pk))
        assert "Hilltop" not in body_of(officer.call("GET", "/record/export?form=csv"))

    def test_a_form_that_is_none_and_a_missing_power_are_told(self, program, clinic):
        answer = program(clinic, "privacy_officer").call("GET", "/record/export?form=pdf")
        assert (answer.status_code, answer.json()["field"]) == (422, "form")
        assert program(clinic, "author").call("GET", "/record/export").status_code == 403
        assert not Record.objects.filter(verb="record.exported").exists()


class TestTheNumbers:
    def test_the_table_is_taken_along(self, program, clinic, other_clinic, result):
        answer = program(clinic, "analyst").call("GET", "/numbers/posts.csv?order=reactions")
        assert answer.headers["Content-Type"].startswith("text/csv")
        assert "attachment" in answer.headers["Content-Disposition"]
        head, row = body_of(answer).splitlines()
        assert len(head.split(",")) == len(row.split(","))
        assert "https://x.example/1" in row
        assert (
            len(body_of(program(other_clinic, "analyst").call("GET", "/numbers/posts.csv")).splitlines()) == 1
        )
        assert program(clinic, "viewer").call("GET", "/numbers/posts.csv").status_code == 403

    def test_the_days_add_up_to_the_sum(self, program, clinic, result):
        days = program(clinic, "analyst").call("GET", "/numbers/days?days=7").json()
        assert (len(days), sum(day["published"] for day in days)) == (7, 1)
        assert {day["reactions_gained"] for day in days} == {0}

    @pytest.mark.parametrize("query", ["days=0", "days=367", "order=luck", "channel=x"])
    def test_what_cannot_be_asked_is_told_at_its_field(self, program, clinic, query):
        answer = program(clinic, "analyst").call("GET", f"/numbers/posts.csv?{query}")
        assert (answer.status_code, answer.json()["field"]) == (422, query.split("=")[0])


class TestHolds:
    def test_what_was_held_before_is_seen_by_its_own_organization(self, program, clinic, other_clinic):
        def held(where: Clinic) -> None:
            by = where.administrator
            lift_hold(place_hold(organization_id=by.organization_id, reason="A storm.", by=by), by=by)

        held(clinic)
        held(other_clinic)
        viewer = program(clinic, "viewer")
        (past,) = viewer.call("GET", "/holds/past").json()
        assert (past["reason"], past["placed_by"], past["lifted_by"]) == (
            "A storm.",
            "Administrator",
            "Administrator",
        )
        assert viewer.call("GET", "/holds").json() == []

    def test_a_channel_is_held_and_named_in_the_record(self, program, clinic, channel):
        administrator = program(clinic, "administrator")
        body = {"reason": "Hacked.", "channel": str(channel.pk)}
        made = administrator.call("POST", "/holds", body)
        assert (made.status_code, made.json()["channel"]) == (201, str(channel.pk))
        assert administrator.call("POST", f"/holds/{made.json()['id']}/lift").json()["lifted_at"]
        words = list(
            Record.objects.filter(object_kind="hold").order_by("number").values_list("words", flat=True)
        )
        assert all(channel.name in each for each in words)

    def test_everything_is_stopped_by_who_runs_the_installation_alone(self, program, clinic, other_clinic):
        administrator = program(clinic, "administrator")
        theirs = place_hold(
            organization_id=other_clinic.organization.pk, reason="Theirs.", by=other_clinic.administrator
        )
        assert administrator.call("POST", f"/holds/{theirs.pk}/lift").status_code == 404
        everything = administrator.call("POST", "/holds", {"reason": "All.", "organization": None})
        assert everything.status_code == 422, "there is no word for it"
        assert administrator.call("POST", "/holds", {"reason": "Mine."}).json()["organization"] == str(
            clinic.organization.pk
        )
