"""The pages of the rules: who sees them, what they say, and that every form does what it promises."""

import html
import json
from typing import Any

import pytest
from django.utils import formats
from tests.fixtures.clinic import Clinic
from tests.fixtures.signed_in import signed_in
from tests.rooms.rules.conftest import PET_NAMES, found

from bedside import guard
from bedside.planning.actions.submitting import judged_post
from bedside.planning.queries import whole_posts
from bedside.rules.actions import ask_waiver, mark_wrong, regrade_rule
from bedside.rules.models import Mark, OwnRule, Regrade, Waiver

RULE = "claim-cure-or-guarantee"
TEXT = "Our cream cures eczema, guaranteed."


def typed(**fields: Any) -> dict[str, Any]:
    """The form of an own rule as a browser sends it."""
    said = {**PET_NAMES, "sign_off": "brand", "override": "approver-with-reason", **fields}
    return {
        name: "\n".join(v) if isinstance(v, list) and name != "surfaces" else v for name, v in said.items()
    }


@pytest.fixture
def desk(officer):
    return signed_in(officer)


@pytest.fixture
def waiver(clinic: Clinic, write, author) -> Waiver:
    post = whole_posts().get(pk=write(TEXT).pk)
    (judged,) = judged_post(post)
    findings = [f for f in judged.stops if f.rule == RULE]
    return ask_waiver(
        judged.material,
        findings,
        subject=("post", post.pk),
        authors=[author],
        reason="Please look.",
        by=author,
    )


@pytest.fixture
def mark(clinic: Clinic, author) -> Mark:
    return mark_wrong(*found(clinic, TEXT, RULE), kind="harmless_here", reason="A headline.", by=author)


def test_a_rule_is_written_read_changed_put_away_and_brought_back(desk, clinic: Clinic):
    assert "No rules of your own yet" in desk.get("/rules/").content.decode()
    assert desk.post("/rules/own/new", typed()).status_code == 302
    rule = OwnRule.objects.get()
    assert (rule.phrases, rule.weight) == (PET_NAMES["phrases"], "stops")
    assert rule.title in desk.get("/rules/").content.decode()
    page = desk.get(f"/rules/own/{rule.pk}").content.decode()
    assert "tummy tuck\nmommy makeover*" in page
    assert desk.post(f"/rules/own/{rule.pk}", typed(weight="advises", surfaces=["post"])).status_code == 302
    rule.refresh_from_db()
    assert (rule.weight, rule.surfaces) == ("advises", ["post"])
    desk.post(f"/rules/own/{rule.pk}/put-away")
    assert "Put away" in desk.get("/rules/").content.decode()
    desk.post(f"/rules/own/{rule.pk}/bring-back")
    assert OwnRule.objects.get().archived_at is None


def test_the_form_shows_which_example_fails_and_why_and_keeps_what_was_typed(desk):
    answer = desk.post(
        "/rules/own/new", typed(breaks=["Our belly job", "A tummy tuck"], why="Because we say so")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Our belly job” is not found" in page
    assert "Because we say so" in page
    assert "check-circle" in page
    assert not OwnRule.objects.exists()


def test_a_rule_is_tried_without_being_saved(desk):
    sent = typed(text="Ask for a <b>Mommy  Makeover</b>!", title="", rule="")
    page = desk.post("/rules/own/try", sent).content.decode()
    assert '<mark data-tone="danger">Mommy  Makeover</mark>' in page
    assert "&lt;b&gt;" in page
    assert "must not be" not in page
    assert "finds nothing" in desk.post("/rules/own/try", typed(text="Flu shots")).content.decode()
    assert "three or more" in desk.post("/rules/own/try", typed(phrases=["a*"])).content.decode()
    assert not OwnRule.objects.exists()


def test_every_rule_is_listed_with_its_authority_and_can_be_looked_for(desk, clinic: Clinic, officer):
    page = desk.get("/rules/all").content.decode()
    for rule in guard.rules():
        assert f"/rules/all/{rule.id}" in page
    assert "16 CFR" in page
    regrade_rule(
        clinic.organization,
        rule=guard.rule("claim-superiority"),
        weight="stops",
        reason="The board wants it.",
        by=officer,
    )
    only = desk.get("/rules/all?show=regraded").content.decode()
    assert "claim-superiority" in only
    assert "phi-ssn-pattern" not in only
    assert "No rule is like that" in desk.get("/rules/all?q=zebra").content.decode()
    assert "phi-ssn-pattern" not in desk.get("/rules/all?family=claims").content.decode()


def test_the_page_of_every_rule_explains_it(desk):
    for rule in guard.rules():
        page = html.unescape(desk.get(f"/rules/all/{rule.id}").content.decode())
        assert rule.why in page, rule.id
        assert all(f"Read on {formats.date_format(c.read_on, 'DATE_FORMAT')}" in page for c in rule.citations)
        assert ("Change the weight" in page) == (rule.override != "never"), rule.id


def test_a_weight_is_changed_with_a_reason_and_taken_back(desk, clinic: Clinic):
    page = "/rules/all/claim-superiority"
    assert desk.post(page, {"weight": "stops", "reason": "no"}).status_code == 422
    assert desk.post(page, {"weight": "advises", "reason": "It is only words."}).status_code == 422
    assert desk.post(page, {"weight": "stops", "reason": "The board wants it."}).status_code == 302
    assert "The board wants it." in desk.get(page).content.decode()
    regrade = Regrade.objects.get()
    desk.post(f"/rules/regrades/{regrade.pk}/end")
    assert not Regrade.objects.filter(ended_at=None).exists()


def test_two_people_let_a_finding_pass_on_their_pages(desk, clinic: Clinic, waiver: Waiver):
    second = signed_in(clinic.member("brand_approver"))
    page = f"/rules/waivers/{waiver.pk}"
    assert waiver.title in desk.get("/").content.decode()
    assert "Let it pass in this text" not in second.get(page).content.decode()
    assert desk.post(page, {"do": "agree", "reason": "short"}).status_code == 422
    assert (
        desk.post(page, {"do": "agree", "reason": "The label says so, and counsel read it."}).status_code
        == 302
    )
    assert "Waits for you" in second.get("/rules/waivers").content.decode()
    assert second.post(page, {"do": "agree", "reason": ""}).status_code == 302
    waiver.refresh_from_db()
    assert waiver.state == "given"
    assert "counsel read it" in desk.get(page).content.decode()
    desk.post(f"{page}/withdraw")
    waiver.refresh_from_db()
    assert waiver.state == "withdrawn"


def test_a_mark_is_reviewed_shortened_kept_tried_and_taken_along(desk, mark: Mark):
    assert "Harmless here: A headline." in desk.get("/rules/marks").content.decode()
    page = f"/rules/marks/{mark.pk}"
    assert TEXT in desk.get(page).content.decode()
    assert desk.post(page, {"do": "accept", "text": " ", "answer": ""}).status_code == 422
    kept = "A cream cures eczema, guaranteed."
    assert desk.post(page, {"do": "accept", "text": kept, "answer": "Thank you."}).status_code == 302
    today = desk.get("/rules/marks/examples").content.decode()
    assert kept in today
    assert "Still fires" in today
    lines = b"".join(desk.get("/rules/marks/examples.jsonl").streaming_content).decode().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"id": f"{RULE}/{mark.pk}", "text": kept, "surface": "post"}
    ]
    desk.post(page, {"do": "reject", "text": "", "answer": ""})
    assert "No examples yet" in desk.get("/rules/marks/examples").content.decode()


def test_the_accuracy_page_has_numbers_and_what_they_mean(desk, mark: Mark):
    page = desk.get("/rules/accuracy?days=7").content.decode()
    assert RULE in page
    assert "however often they are judged" in page
    assert desk.get("/rules/accuracy?days=nonsense").status_code == 200


PAGES = (
    "/rules/",
    "/rules/own/new",
    "/rules/own/{rule}",
    "/rules/all",
    "/rules/all/claim-superiority",
    "/rules/all/own-no-pet-names-for-operations",
    "/rules/waivers",
    "/rules/waivers/{waiver}",
    "/rules/marks",
    "/rules/marks/{mark}",
    "/rules/marks/examples",
    "/rules/accuracy",
)
OPEN = {
    "author": {"/rules/all", "/rules/waivers"},
    "moderator": {"/rules/all", "/rules/waivers"},
    "viewer": {"/rules/all"},
    "analyst": {"/rules/all", "/rules/accuracy"},
}


@pytest.mark.parametrize("role", OPEN)
def test_each_role_sees_its_part(role: str, clinic: Clinic, own, waiver: Waiver, mark: Mark):
    rule, theirs = own(), signed_in(clinic.member(role))
    for page in PAGES:
        place = page.format(rule=rule.pk, waiver=waiver.pk, mark=mark.pk)
        is_open = page in OPEN[role] or any(page.startswith(f"{each}/") for each in OPEN[role])
        assert theirs.get(place).status_code == (200 if is_open else 403), place
    assert (
        theirs.post(
            "/rules/all/claim-superiority", {"weight": "stops", "reason": "I want it so."}
        ).status_code
        == 403
    )


def test_what_belongs_to_another_organization_is_not_there(
    other_clinic: Clinic, own, waiver: Waiver, mark: Mark
):
    rule = own()
    theirs = signed_in(other_clinic.member("privacy_officer"))
    for place in (
        f"/rules/own/{rule.pk}",
        f"/rules/all/{rule.key}",
        f"/rules/waivers/{waiver.pk}",
        f"/rules/marks/{mark.pk}",
    ):
        assert theirs.get(place).status_code == 404
    for place in (
        f"/rules/own/{rule.pk}/put-away",
        f"/rules/own/{rule.pk}/bring-back",
        f"/rules/waivers/{waiver.pk}/withdraw",
        f"/rules/waivers/{waiver.pk}",
        f"/rules/marks/{mark.pk}",
    ):
        assert theirs.post(place, {"do": "agree", "reason": "Because we can do so."}).status_code == 404
    assert theirs.get("/rules/marks/examples.jsonl").status_code == 200
    assert b"".join(theirs.get("/rules/marks/examples.jsonl").streaming_content) == b""
