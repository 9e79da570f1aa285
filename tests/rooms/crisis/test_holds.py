"""Stopping and letting go on: who may, what is recorded, and what everybody sees."""

import pytest
from tests.fixtures.clinic import Clinic
from tests.fixtures.signed_in import signed_in

from bedside.audit.models import Record
from bedside.crisis.actions import lift_hold, place_hold
from bedside.crisis.models import Hold
from bedside.crisis.queries import stops_now
from bedside.foundation.ids import uuid7
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.doers import THE_HOUSE

CHANNEL, OTHER = uuid7(), uuid7()


def test_a_hold_stops_its_scope_and_nothing_else(clinic: Clinic, other_clinic: Clinic):
    mine, other = clinic.organization.pk, other_clinic.organization.pk
    place_hold(organization_id=mine, channel_id=CHANNEL, reason="Logo", by=clinic.administrator)
    stops = stops_now([mine, other])
    assert stops.stopping(mine, CHANNEL)
    assert not stops.stopping(mine, OTHER)
    place_hold(organization_id=mine, reason="Storm", by=clinic.administrator)
    assert stops_now([mine]).stopping(mine, OTHER)
    assert not stops_now([other]).stopping(other, OTHER)
    place_hold(organization_id=None, reason="Outage", by=THE_HOUSE)
    assert stops_now([other]).stopping(other, OTHER)


def test_stopping_twice_is_stopping_once_and_both_ends_are_recorded(clinic: Clinic):
    mine, by = clinic.organization.pk, clinic.administrator
    first = place_hold(organization_id=mine, reason="Storm", by=by)
    assert place_hold(organization_id=mine, reason="Storm again", by=by) == first
    lift_hold(first, by=by)
    lift_hold(first, by=by)
    verbs = Record.objects.filter(object_kind="hold").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["hold.placed", "hold.lifted"]
    assert not Hold.objects.in_force().exists()


def test_stopping_needs_the_power_and_a_reason(clinic: Clinic, other_clinic: Clinic):
    with pytest.raises(NotAllowed):
        place_hold(organization_id=clinic.organization.pk, reason="Why", by=clinic.member("author"))
    with pytest.raises(NotAllowed):
        place_hold(organization_id=clinic.organization.pk, reason="Why", by=other_clinic.administrator)
    with pytest.raises(NotAllowed):
        place_hold(organization_id=None, reason="Why", by=clinic.administrator)
    with pytest.raises(Refusal):
        place_hold(organization_id=clinic.organization.pk, reason="  ", by=clinic.administrator)


def test_a_stop_is_placed_seen_on_every_page_and_lifted(clinic: Clinic):
    desk = signed_in(clinic.member("administrator"))
    desk.post("/crisis/", {"scope": "organization", "reason": "Storm in town"})
    assert "Storm in town" in desk.get("/").content.decode()
    hold = Hold.objects.get()
    desk.post(f"/crisis/{hold.pk}/lift")
    assert "Storm in town" not in desk.get("/").content.decode()
    assert "Storm in town" in desk.get("/crisis/").content.decode()


def test_who_lacks_the_power_sees_the_stop_but_cannot_touch_it(clinic: Clinic):
    hold = place_hold(organization_id=clinic.organization.pk, reason="Storm", by=clinic.administrator)
    desk = signed_in(clinic.member("viewer"))
    shown = desk.get("/crisis/").content.decode()
    assert "Storm" in shown
    assert "Let sending go on" not in shown
    assert desk.post(f"/crisis/{hold.pk}/lift").status_code == 403
    assert desk.post("/crisis/", {"scope": "organization", "reason": "Mine"}).status_code == 403


def test_another_organizations_stop_is_not_there(clinic: Clinic, other_clinic: Clinic):
    hold = place_hold(organization_id=clinic.organization.pk, reason="Storm", by=clinic.administrator)
    desk = signed_in(other_clinic.member("administrator"))
    assert desk.post(f"/crisis/{hold.pk}/lift").status_code == 404
