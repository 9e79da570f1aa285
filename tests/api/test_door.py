"""Who comes in with a key, what they may do, and how they are told what went wrong."""

import json

import pytest
from tests.api.conftest import Program

from bedside.api.v1 import api
from bedside.approvals.actions import ask, decide
from bedside.audit.models import Record
from bedside.foundation.refusal import Refusal
from bedside.people.actions import remove_member
from bedside.people.tokens import make_token


def test_every_operation_names_its_power():
    forgotten = [
        f"{method} {path}"
        for path, view in _operations()
        for method, operation in view
        if not getattr(operation.view_func, "needed_powers", ())
    ]
    assert forgotten == []


def _operations():
    for _prefix, router in api._routers:
        for path, view in router.path_operations.items():
            yield path, [(",".join(op.methods), op) for op in view.operations]


def test_without_a_key_nothing_is_said(client, clinic):
    answer = client.get("/api/v1/organization")
    assert answer.status_code == 401
    assert "Bearer" in answer.json()["sentence"]


def test_a_key_reads_its_own_organization(program, clinic):
    assert program(clinic, "viewer").call("GET", "/organization").json()["name"] == "Riverside Clinic"


def test_a_missing_power_is_named(program, clinic):
    answer = program(clinic, "viewer").call("POST", "/locations", {"name": "Main Street"})
    assert answer.status_code == 403
    assert answer.json()["code"] == "power_missing"


def test_what_a_program_does_is_recorded_under_its_key(program, clinic):
    program(clinic, "administrator").call("POST", "/locations", {"name": "Main Street"})
    line = Record.objects.get(verb="location.saved")
    assert line.actor_kind == "token"
    assert "key of Administrator" in line.actor_label


def test_a_key_with_fewer_powers_does_less_than_its_member(clinic):
    _made, secret = make_token(name="Reader", powers=["view"], by=clinic.administrator)
    assert Program(secret).call("POST", "/locations", {"name": "Main Street"}).status_code == 403


def test_a_removed_members_key_opens_nothing(program, clinic):
    reader = program(clinic, "author")
    remove_member(clinic.member("author"), by=clinic.administrator)
    assert reader.call("GET", "/organization").status_code == 401


def test_another_organizations_things_are_not_there(program, clinic, other_clinic):
    theirs = other_clinic.member("author")
    answer = program(clinic, "administrator").call("DELETE", f"/members/{theirs.pk}")
    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.removed_at is None


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/locations", {"name": ""}),
        ("POST", "/posts", {"text": "x" * 20_001}),
        ("POST", "/posts", {"text": "flu\x00shots"}),
        ("POST", "/posts", {"sources": ["https://a.example/\x00"]}),
        ("POST", "/posts", {"thread": ["half \ud800 a character"]}),
        ("GET", "/posts?size=100000", None),
        ("GET", "/posts?cursor=nonsense", None),
        ("GET", "/posts?state=%00", None),
        ("GET", "/deliveries?state=gone", None),
        ("GET", "/requests?state=%00", None),
        ("GET", "/conversations?state=%00", None),
        ("GET", "/conversations?kind=%00", None),
        ("PATCH", "/organization", {"time_zone": "Mars/Olympus"}),
    ],
)
def test_bad_input_gets_one_clear_sentence(program, clinic, method, path, body):
    answer = program(clinic, "administrator").call(method, path, body)
    assert answer.status_code in (409, 422)
    assert answer.json()["sentence"].endswith(".")


def test_a_key_cannot_sign(clinic, program):
    request = ask(
        organization=clinic.organization,
        subject_kind="post",
        subject_id=clinic.organization.pk,
        title="Flu",
        parts=["sha256:a"],
        needs=[],
        card={},
        authors=[],
        by=clinic.member("author"),
    )
    approver = clinic.member("brand_approver")
    made, _secret = make_token(name="Robot", powers=approver.powers, by=approver)
    with pytest.raises(Refusal) as refused:
        decide(request, by=made.acting_member(), says="sign")
    assert refused.value.code == "needs_a_person"


def test_the_record_is_paged_and_its_chain_verified(program, clinic):
    auditor = program(clinic, "privacy_officer")
    page = auditor.call("GET", "/record").json()
    assert page["items"][0]["number"] == len(page["items"])
    assert auditor.call("GET", "/record/chain").json() == {
        "length": page["items"][0]["number"],
        "holds": True,
        "broken_at": None,
        "says": "",
    }


def test_the_guard_judges_with_the_organizations_facts(program, clinic):
    author = program(clinic, "author")
    said = {"surface": "review_reply", "text": "Thank you for choosing us for your knee surgery, Maria!"}
    verdict = author.call("POST", "/guard/check", said).json()
    assert verdict["verdict"] == "block"
    for finding in verdict["findings"]:
        assert (
            said["text"][finding["start"] : finding["end"]] == finding["says"] or finding["field"] != "text"
        )


def test_a_post_is_written_changed_and_a_stale_change_is_refused(program, clinic):
    author = program(clinic, "author")
    post = author.call("POST", "/posts", {"text": "Flu shots are here."}).json()
    changed = {**post, "text": "Flu shots are here. Call us.", "revision": post["revision"]}
    body = {k: changed[k] for k in ("text", "revision")}
    assert author.call("PUT", f"/posts/{post['id']}", body).json()["text"].endswith("Call us.")
    stale = author.call("PUT", f"/posts/{post['id']}", {"text": "Other", "revision": post["revision"]})
    assert stale.status_code == 409
    assert stale.json()["code"] == "changed_meanwhile"


def test_lists_are_read_by_cursor(program, clinic):
    author = program(clinic, "author")
    for n in range(5):
        author.call("POST", "/posts", {"text": f"Post {n}"})
    first = author.call("GET", "/posts?size=2").json()
    second = author.call("GET", f"/posts?size=2&cursor={first['next']}").json()
    assert [p["text"] for p in first["items"] + second["items"]] == ["Post 4", "Post 3", "Post 2", "Post 1"]


def test_the_description_is_served(client):
    described = json.loads(client.get("/api/v1/openapi.json").content)
    assert described["info"]["title"] == "Bedside"
    assert "/api/v1/posts/{post_id}" in described["paths"]
