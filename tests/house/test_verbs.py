"""Does every verb with an actor end in the record, by `@action` or by another verb that has it?"""

import ast
from collections.abc import Iterator

from tests.house.source import PACKAGE, python_files, shown, tree

Function = ast.FunctionDef
TELLING = {"record", "record_many"}
"""Writing to the record itself; the helpers that only prepare the words stand beside the verbs."""


def functions() -> Iterator[tuple[str, Function]]:
    """Every function in the rooms' `actions`."""
    for path in python_files("src"):
        if PACKAGE in path.parents and (path.stem == "actions" or path.parent.name == "actions"):
            for node in tree(path).body:
                if isinstance(node, Function):
                    yield f"{shown(path)}:{node.lineno} {node.name}", node


def verbs() -> list[tuple[str, Function]]:
    """What somebody does: public, with a `by` that is given by name, and more than fetching a row under its lock."""
    return [
        (name, node)
        for name, node in functions()
        if not node.name.startswith(("_", "locked"))
        and "by" in {argument.arg for argument in node.args.kwonlyargs}
    ]


def is_action(node: Function) -> bool:
    return "action" in {getattr(each, "id", getattr(each, "attr", "")) for each in node.decorator_list}


def names_in(node: Function) -> set[str]:
    """Every name that a function uses."""
    return {getattr(each, "id", getattr(each, "attr", "")) for each in ast.walk(node)}


def test_there_are_verbs_to_look_at() -> None:
    assert len(verbs()) > 20


def test_every_verb_ends_in_the_record() -> None:
    known = {node.name for _, node in functions() if is_action(node)} | TELLING
    while found := {node.name for _, node in functions() if names_in(node) & known} - known:
        known |= found
    assert [name for name, node in verbs() if node.name not in known] == []
