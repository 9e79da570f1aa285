"""Rules, marks and accuracy for programs."""

from typing import Any

import pytest

RULE: dict[str, Any] = {
    "title": "Pet names",
    "phrases": ["tummy tuck"],
    "why": "We do not sell operations by pet names.",
    "weight": "stops",
    "breaks": ["A tummy tuck"],
    "keeps": ["My tummy hurts"],
}
TEXT = "Our cream cures eczema, guaranteed."


@pytest.fixture
def officer(program, clinic):
    return program(clinic, "privacy_officer")


def test_a_rule_is_tried_written_changed_put_away_and_holds_meanwhile(officer, clinic):
    wrong = RULE | {"keeps": ["A tummy tuck?"]}
    tried = officer.call("POST", "/rules/own/try", wrong).json()
    assert [each["is_right"] for each in tried] == [True, False]
    refused = officer.call("POST", "/rules/own", wrong)
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        422,
        "examples_fail",
        "keeps",
    )
    made = officer.call("POST", "/rules/own", RULE)
    assert (made.status_code, made.json()["key"]) == (201, "own-pet-names")
    path = f"/rules/own/{made.json()['id']}"
    verdict = officer.call("POST", "/guard/check", {"text": "A tummy tuck"}).json()
    assert (verdict["findings"][0]["rule"], verdict["verdict"]) == ("own-pet-names", "block")
    assert officer.call("PUT", path, RULE | {"weight": "advises"}).json()["weight"] == "advises"
    assert officer.call("GET", path).json()["weight"] == "advises"
    assert officer.call("POST", f"{path}/archive").json()["archived_at"]
    assert officer.call("GET", "/rules/own").json() == []
    assert officer.call("POST", "/guard/check", {"text": "A tummy tuck"}).json()["findings"] == []
    assert officer.call("POST", f"{path}/restore").json()["archived_at"] is None


def test_a_weight_is_changed_and_taken_back(officer):
    wanted = {"rule": "claim-superiority", "weight": "stops", "reason": "The board wants it so."}
    made = officer.call("POST", "/rules/regrades", wanted)
    assert made.status_code == 201
    line = next(r for r in officer.call("GET", "/rules").json() if r["id"] == "claim-superiority")
    assert (line["weight"], line["own_weight"], line["regrade"]) == (
        "stops",
        "needs sign-off",
        made.json()["id"],
    )
    assert officer.call("POST", f"/rules/regrades/{made.json()['id']}/end").json()["ended_at"]
    assert officer.call("GET", "/rules/regrades").json() == []
    never = wanted | {"rule": "phi-ssn-pattern", "weight": "advises"}
    assert officer.call("POST", "/rules/regrades", never).json()["code"] == "weight_refused"
    assert officer.call("POST", "/rules/regrades", wanted | {"rule": "no-such-rule"}).status_code == 404


def test_a_finding_is_marked_reviewed_and_tried_again(program, officer, clinic):
    author = program(clinic, "author")
    finding = author.call("POST", "/guard/check", {"text": TEXT}).json()["findings"][0]
    place = {name: finding[name] for name in ("rule", "field", "start", "end")}
    sent = {"text": TEXT, **place, "kind": "harmless_here", "reason": "A headline."}
    made = author.call("POST", "/marks", sent)
    assert made.status_code == 201
    assert author.call("POST", "/marks", sent | {"start": 1}).json()["code"] == "no_such_finding"
    assert author.call("GET", "/marks").status_code == 403
    (listed,) = officer.call("GET", "/marks?state=open").json()["items"]
    assert listed["example"]["text"] == TEXT
    officer.call("POST", f"/marks/{listed['id']}/accept", {"text": TEXT, "answer": "Right."})
    (kept,) = officer.call("GET", "/marks/examples").json()
    assert kept["still_fires"] is True
    numbers = officer.call("GET", "/accuracy?days=7").json()
    (line,) = numbers["rules"]
    assert (line["rule"], line["marked"], line["accepted"]) == (finding["rule"], 1, 1)
    assert "however often" in numbers["definitions"]["materials"]
    assert officer.call("POST", f"/marks/{listed['id']}/reject", {}).json()["example"] == {}


def test_programs_of_another_organization_or_without_the_power_find_nothing(
    program, officer, clinic, other_clinic
):
    made = officer.call("POST", "/rules/own", RULE).json()
    theirs, viewer = program(other_clinic, "privacy_officer"), program(clinic, "viewer")
    for method, path, body in (
        ("GET", f"/rules/own/{made['id']}", None),
        ("PUT", f"/rules/own/{made['id']}", RULE),
        ("POST", f"/rules/own/{made['id']}/archive", None),
    ):
        assert theirs.call(method, path, body).status_code == 404
        assert viewer.call(method, path, body).status_code == 403
    assert theirs.call("GET", "/rules/own").json() == []
    assert viewer.call("GET", "/rules").status_code == 200
    assert viewer.call("GET", "/waivers").status_code == 403
    assert officer.call("GET", "/waivers").json() == {"items": [], "next": None}
