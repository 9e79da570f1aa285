"""A program keeps the organization, its directory and its people; it gives no power that it does not have."""

from datetime import timedelta

import pytest
from tests.api.conftest import Program

from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.people.actions import invite
from bedside.people.directory import save_organization
from bedside.people.models import Invitation
from bedside.people.notices import notify
from bedside.people.roles import give_role, save_role
from bedside.people.tokens import make_token


def key_with(member, *powers) -> Program:
    """A program with exactly these of the member's powers."""
    return Program(make_token(name="Narrow", powers=powers, by=member)[1])


class TestTheOrganization:
    def test_facts_and_policies_are_changed_and_recorded(self, program, clinic):
        changes = {
            "entity_type": "clinic",
            "late_after_minutes": 45,
            "lock_after_minutes": 20,
            "allows_solo_clearance": True,
            "allows_direct_answers": False,
        }
        answer = program(clinic, "administrator").call("PATCH", "/organization", changes)
        assert answer.status_code == 200
        assert {name: answer.json()[name] for name in changes} == changes
        line = Record.objects.get(verb="organization.changed")
        assert (line.actor_kind, line.data["late_after_minutes"]) == ("token", {"before": 30, "after": 45})

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"name": "   "}, "name_missing"),
            ({"entity_type": "castle"}, "unknown_kind"),
            ({"lock_after_minutes": 1}, "too_short"),
            ({"late_after_minutes": 100_000}, "malformed"),
            ({"phones": [""]}, "malformed"),
            ({"allows_solo_clearance": "yes"}, "malformed"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, program, clinic, changes, code):
        answer = program(clinic, "administrator").call("PATCH", "/organization", changes)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["field"].split(".")[0] == next(iter(changes))

    def test_a_key_demands_the_second_factor_and_a_person_alone_does_without(self, program, clinic):
        administrator = program(clinic, "administrator")
        refused = administrator.call("PATCH", "/organization", {"requires_second_factor": False})
        assert (refused.status_code, refused.json()["code"]) == (422, "needs_a_person")
        save_organization(
            clinic.organization, changes={"requires_second_factor": False}, by=clinic.administrator
        )
        answer = administrator.call("PATCH", "/organization", {"requires_second_factor": True})
        assert answer.json()["requires_second_factor"] is True


class TestTheDirectory:
    def test_a_clinician_is_added_changed_and_retired(self, program, clinic):
        administrator = program(clinic, "administrator")
        place = administrator.call("POST", "/locations", {"name": "Main Street"}).json()["id"]
        ruiz = {"full_name": "Ana Ruiz", "credentials": "MD", "locations": [place]}
        made = administrator.call("POST", "/clinicians", ruiz)
        assert (made.status_code, made.json()["locations"]) == (201, [place])
        path = f"/clinicians/{made.json()['id']}"
        retired = administrator.call("PUT", path, ruiz | {"is_active": False, "locations": []}).json()
        assert (retired["is_active"], retired["locations"]) == (False, [])
        assert [c["is_active"] for c in administrator.call("GET", "/clinicians").json()] == [False]
        assert Record.objects.filter(verb="clinician.saved", actor_kind="token").count() == 2

    def test_a_location_is_changed_and_keeps_its_name_to_itself(self, program, clinic):
        administrator = program(clinic, "administrator")
        first, second = (
            administrator.call("POST", "/locations", {"name": name}).json() for name in ("North", "South")
        )
        changed = administrator.call("PUT", f"/locations/{first['id']}", {"name": "North", "phone": "555"})
        assert changed.json()["phone"] == "555"
        taken = administrator.call("PUT", f"/locations/{second['id']}", {"name": "North"})
        assert (taken.status_code, taken.json()["field"]) == (422, "name")

    def test_another_organizations_places_and_people_are_not_there(self, program, clinic, other_clinic):
        theirs = program(other_clinic, "administrator")
        place = theirs.call("POST", "/locations", {"name": "Hilltop"}).json()["id"]
        person = theirs.call("POST", "/clinicians", {"full_name": "Bo Lee"}).json()["id"]
        mine = program(clinic, "administrator")
        assert mine.call("PUT", f"/locations/{place}", {"name": "Mine"}).status_code == 404
        assert mine.call("PUT", f"/clinicians/{person}", {"full_name": "Mine"}).status_code == 404
        answer = mine.call("POST", "/clinicians", {"full_name": "Ana Ruiz", "locations": [place]})
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_location")
        assert mine.call("GET", "/clinicians").json() == [], "nothing was kept of it"
        assert program(clinic, "author").call("PUT", f"/locations/{place}", {"name": "x"}).status_code == 403


class TestMembersAndRoles:
    def test_a_role_is_made_and_changed(self, program, clinic):
        administrator = program(clinic, "administrator")
        made = administrator.call("POST", "/roles", {"name": "Front desk", "powers": ["view", "answer"]})
        assert made.status_code == 201
        changed = administrator.call(
            "PUT", f"/roles/{made.json()['id']}", {"name": "Front desk", "powers": ["answer"]}
        )
        assert changed.json()["powers"] == ["answer"]
        assert Record.objects.filter(verb="role.saved", actor_kind="token").count() == 2
        built_in = clinic.organization.roles.get(key="viewer").pk
        answer = administrator.call("PUT", f"/roles/{built_in}", {"name": "Viewer", "powers": ["write"]})
        assert (answer.status_code, answer.json()["code"]) == (409, "built_in")

    @pytest.mark.parametrize(
        ("role", "code"),
        [
            ({"name": " ", "powers": ["view"]}, "name_missing"),
            ({"name": "Viewer", "powers": ["view"]}, "name_taken"),
            ({"name": "All", "powers": ["everything"]}, "malformed"),
            ({"name": "None", "powers": []}, "malformed"),
            ({"name": "Signer", "powers": ["approve_clinical"]}, "beyond_own"),
        ],
    )
    def test_a_role_that_cannot_be_is_told_at_its_field(self, program, clinic, role, code):
        answer = program(clinic, "administrator").call("POST", "/roles", role)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["sentence"].endswith(".")

    def test_a_key_makes_no_signers_whoever_it_acts_for(self, program, clinic):
        role = clinic.organization.roles.get(key="clinical_approver")
        administrator, author = program(clinic, "administrator"), clinic.member("author")
        invited = administrator.call(
            "POST", "/invitations", {"email": "eve@evil.example", "role": str(role.pk)}
        )
        given = administrator.call("PUT", f"/members/{author.pk}/role", {"role": str(role.pk)})
        for answer in (invited, given):
            assert (answer.status_code, answer.json()["code"]) == (422, "beyond_own")
            assert "A person can" in answer.json()["sentence"]
        assert give_role(author, role=role, by=clinic.administrator).role == role, "a person may"

    def test_a_key_never_raises_its_own_powers(self, clinic):
        own = save_role(
            clinic.organization, name="People", powers=["view", "manage_people"], by=clinic.administrator
        )
        member = give_role(clinic.member("viewer"), role=own, by=clinic.administrator)
        key = key_with(member, "manage_people")
        wanted = {"name": "People", "powers": ["view", "manage_people"]}
        assert key.call("PUT", f"/roles/{own.pk}", wanted).json()["code"] == "beyond_own"
        give_role(member, role=clinic.organization.roles.get(key="administrator"), by=clinic.administrator)
        assert key.call("GET", "/me").json()["powers"] == ["manage_people"]

    def test_members_are_read_one_by_one_and_removed(self, program, clinic, other_clinic):
        author, administrator = clinic.member("author"), program(clinic, "administrator")
        path = f"/members/{author.pk}"
        assert administrator.call("GET", path).json()["role"] == "Author"
        assert administrator.call("GET", f"/members/{other_clinic.member('author').pk}").status_code == 404
        assert administrator.call("DELETE", path).status_code == 204
        assert administrator.call("GET", path).status_code == 404
        last = administrator.call("DELETE", f"/members/{clinic.administrator.pk}")
        assert (last.status_code, last.json()["code"]) == (409, "last_manager")


class TestInvitations:
    def test_one_is_sent_listed_and_taken_back_and_its_link_is_told_nowhere(self, program, clinic):
        administrator = program(clinic, "administrator")
        role = clinic.organization.roles.get(key="author")
        body = {"email": "new@riverside.example", "role": str(role.pk)}
        made = administrator.call("POST", "/invitations", body)
        assert (made.status_code, made.json()["role"]) == (201, "Author")
        assert set(made.json()) == {"id", "email", "role", "created_at", "expires_at"}
        assert [each["id"] for each in administrator.call("GET", "/invitations").json()] == [
            made.json()["id"]
        ]
        path = f"/invitations/{made.json()['id']}"
        assert administrator.call("DELETE", path).status_code == 204
        assert administrator.call("DELETE", path).status_code == 404, "its link opens nothing any more"
        assert Record.objects.filter(verb="member.invitation_withdrawn", actor_kind="token").exists()

    def test_another_organizations_invitation_is_not_there_and_the_power_is_needed(
        self, program, clinic, other_clinic
    ):
        viewer = other_clinic.organization.roles.get(key="viewer")
        theirs, _token = invite(
            other_clinic.organization, email="x@y.example", role=viewer, by=other_clinic.administrator
        )
        administrator = program(clinic, "administrator")
        assert administrator.call("GET", "/invitations").json() == []
        assert administrator.call("DELETE", f"/invitations/{theirs.pk}").status_code == 404
        body = {"email": "new@riverside.example", "role": str(viewer.pk)}
        assert administrator.call("POST", "/invitations", body).status_code == 404, "their role"
        assert program(clinic, "author").call("GET", "/invitations").status_code == 403
        assert Invitation.objects.get(pk=theirs.pk).withdrawn_at is None


class TestKeys:
    def test_a_key_says_whom_it_acts_for_and_shows_no_secret(self, clinic):
        key = key_with(clinic.administrator, "view", "write")
        me = key.call("GET", "/me").json()
        assert (me["name"], me["role"], me["powers"]) == ("Administrator", "Administrator", ["view", "write"])
        assert set(me["key"]) == {
            "id", "name", "granted_powers", "created_at", "last_used_at", "expires_at"
        }  # fmt: skip
        assert [each["id"] for each in key.call("GET", "/keys").json()] == [me["key"]["id"]]

    def test_a_key_ends_itself_and_others_only_with_the_power(self, clinic, other_clinic):
        weak, strong = key_with(clinic.administrator, "view"), key_with(clinic.administrator, "manage_people")
        ids = [each.call("GET", "/me").json()["key"]["id"] for each in (weak, strong)]
        refused = weak.call("DELETE", f"/keys/{ids[1]}")
        assert (refused.status_code, refused.json()["code"]) == (409, "not_yours")
        theirs, _secret = make_token(name="Theirs", powers=["view"], by=other_clinic.administrator)
        assert strong.call("DELETE", f"/keys/{theirs.pk}").status_code == 404
        assert strong.call("DELETE", f"/keys/{ids[0]}").status_code == 204
        assert weak.call("GET", "/me").status_code == 401
        assert strong.call("DELETE", f"/keys/{ids[1]}").status_code == 204
        assert strong.call("GET", "/me").status_code == 401

    def test_a_key_makes_no_key_that_would_outlive_it(self, clinic):
        made, _secret = make_token(name="First", powers=["view"], by=clinic.administrator)
        with pytest.raises(Refusal) as refused:
            make_token(name="Second", powers=["view"], by=made.acting_member())
        assert refused.value.code == "needs_a_person"

    def test_an_expired_key_opens_nothing(self, clinic):
        later = clock.now() + timedelta(days=1)
        made, secret = make_token(name="Short", powers=["view"], by=clinic.administrator, expires_at=later)
        assert Program(secret).call("GET", "/me").json()["key"]["id"] == str(made.pk)
        with clock.at(later):
            assert Program(secret).call("GET", "/me").status_code == 401


def test_a_members_notices_are_read_by_their_own_key_alone(program, clinic):
    author, viewer = program(clinic, "author"), program(clinic, "viewer")
    notify([clinic.member("author")], kind="request.asked", sentence="Somebody asks you.", url="/approvals/")
    (told,) = author.call("GET", "/notices").json()["items"]
    assert (told["sentence"], told["read_at"]) == ("Somebody asks you.", None)
    path = f"/notices/{told['id']}/read"
    assert viewer.call("POST", path).status_code == 404
    assert author.call("POST", path).json()["read_at"]
