"""Can a program do what a page can? Every verb that a page calls is an operation's too, or has a reason not to be."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.source import ROOT

from bedside.api.v1 import api

SRC = ROOT / "src/bedside"
NEEDS_A_PERSON = {
    "decide": "signing says that somebody has read it",
    "undo": "whoever signed takes it back in person",
    "decide_waiver": "deciding says that somebody has read it",
    "invite_signer": "a person vouches for who signs from outside",
    "make_token": "a key that makes keys would outlive itself",
    "end_visit": "a visit to a network is made by a person",
    "note_withheld_seen": "looking at a withheld picture is for a person",
}
OTHERWISE = {
    "keep": "what the composer's form does at once: create_post, save_post, label_post and plan_post",
    "do_as_said": "the buttons below a note: mark_wrong, ask_about_post, withdraw_waiver",
    "answer_note": "the same beside an answer: mark_wrong, ask_about_answer, withdraw_waiver",
    "may_withdraw": "asks only; withdraw_waiver refuses by it",
    "may_hand_over": "asks only; belongs to invite_signer",
}


def verbs_in(files: Iterator[Path]) -> set[str]:
    """The verbs that these files import: functions of ours that are told who acts (`by`)."""
    return {
        alias.name
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bedside.")
        for alias in node.names
        if is_verb(getattr(importlib.import_module(node.module or ""), alias.name, None))
    }


def is_verb(found: object) -> bool:
    return inspect.isfunction(found) and "by" in inspect.signature(found).parameters


def pages() -> Iterator[Path]:
    return (path for path in SRC.rglob("*.py") if path.stem == "views" or path.parent.name == "views")


def operations() -> Iterator[Path]:
    return (SRC / "api/resources").glob("*.py")


def test_a_program_can_do_what_a_page_can() -> None:
    by_hand = verbs_in(pages())
    assert len(by_hand) > 60
    assert by_hand - verbs_in(operations()) - set(NEEDS_A_PERSON) - set(OTHERWISE) == set()


def test_what_is_left_to_people_is_done_on_a_page_and_by_no_operation() -> None:
    left = set(NEEDS_A_PERSON) | set(OTHERWISE)
    assert left <= verbs_in(pages())
    assert left & verbs_in(operations()) == set()


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_every_body_of_the_newer_parts_shows_an_example(method: str) -> None:
    described = api.get_openapi_schema()
    shapes = described["components"]["schemas"]
    bodies = {
        path: body["content"]["application/json"]["schema"].get("$ref", "").rsplit("/", 1)[-1]
        for path, operations in described["paths"].items()
        if (body := operations.get(method, {}).get("requestBody")) and "application/json" in body["content"]
    }
    shown = {path for path, name in bodies.items() if shapes.get(name, {}).get("examples")}
    wanted = (
        "/channels",
        "/webhooks",
        "/routes/{need}",
        "/saved-replies",
        "/roles",
        "/links/read",
        "/posts/many",
    )
    silent = [path for path in bodies if path.endswith(wanted) and path not in shown]
    assert silent == []
