"""Does every verb with an actor end in the record, by `@action` or by another verb that has it?

Verbs stand in `actions` and in the files beside it, so every file of the package is read. A call counts only when the
file defines or imports by name what it calls: `.create()` of any object proves nothing.
"""

import ast
from functools import cache
from pathlib import Path

from tests.house.source import PACKAGE, nodes, python_files, tree

Place = tuple[str, str]
"""A function by its module's dotted name and its own."""
TELLING = {("bedside.audit.actions", "record"), ("bedside.audit.actions", "record_many")}
"""Writing to the record itself; the helpers that only prepare the words stand beside the verbs."""


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def functions() -> dict[Place, ast.FunctionDef]:
    """Every function of the package on the first level of its module."""
    return {
        (dotted(path), node.name): node
        for path in python_files("src")
        if PACKAGE in path.parents
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def homes() -> dict[str, dict[str, Place]]:
    """Every module's own names: its functions, and where what it imports by name comes from."""
    found: dict[str, dict[str, Place]] = {}
    for path in python_files("src"):
        if PACKAGE in path.parents:
            module = dotted(path)
            found[module] = {name: (home, name) for home, name in functions() if home == module}
            for node in nodes(path):
                if isinstance(node, ast.ImportFrom) and node.module:
                    found[module] |= {
                        each.asname or each.name: (node.module, each.name) for each in node.names
                    }
    return found


def uses(place: Place) -> set[Place]:
    """What a function names of its module's names, decorators included."""
    known = homes()[place[0]]
    named = {node.id for node in ast.walk(functions()[place]) if isinstance(node, ast.Name)}
    return {followed(known[name]) for name in named & known.keys()}


def followed(place: Place) -> Place:
    """Where something stands that a room's door (`__init__`) hands on."""
    onward = homes().get(place[0], {}).get(place[1], place)
    return place if onward == place else followed(onward)


def is_action(place: Place) -> bool:
    node = functions()[place]
    return "action" in {each.id for each in node.decorator_list if isinstance(each, ast.Name)}


def is_verb(place: Place) -> bool:
    """What somebody does: public, with a `by` that is given by name, and more than fetching a row under its lock."""
    named_only = {argument.arg for argument in functions()[place].args.kwonlyargs}
    return "by" in named_only and not place[1].startswith(("_", "locked")) and place not in TELLING


def test_there_are_verbs_to_look_at() -> None:
    verbs = [place for place in functions() if is_verb(place)]
    assert len(verbs) > 90
    assert any(not home.endswith(".actions") and ".actions." not in home for home, _ in verbs)


def test_every_verb_ends_in_the_record() -> None:
    used = {place: uses(place) for place in functions()}
    told = TELLING | {place for place in functions() if is_action(place)}
    while found := {place for place, names in used.items() if names & told} - told:
        told |= found
    assert sorted(place for place in functions() if is_verb(place) and place not in told) == []
