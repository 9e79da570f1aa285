"""Do arrows point down where an import cannot show it? Foreign keys by name, template includes, signals,
private shelves.

The imports themselves are `.importlinter`; here is what slips past it.
"""

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grimp
import pytest
from django.apps import apps
from django.db.models import Model
from tests.house.source import (
    BESIDE_THE_HOUSE,
    FLOOR_OF,
    PACKAGE,
    ROOT,
    may_reach,
    nodes,
    python_files,
    room_of,
    rooms,
    shown,
    templates,
)

PRIVATE_SHELVES = {"views", "jobs"}
SHELL = "web"
"""Every page stands inside the shell, so templates may use its layout and its components."""
INCLUDE = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("bedside", include_external_packages=True, cache_dir=None)


def test_the_floors_here_are_those_of_the_import_contract() -> None:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    layers = contract["importlinter:contract:floors"]["layers"].split("\n")
    written = [re.findall(r"[a-z]+", layer) for layer in layers if layer.strip()]
    assert written == sorted_floors()


def sorted_floors() -> list[list[str]]:
    floors: list[list[str]] = [[] for _ in range(max(FLOOR_OF.values()) + 1)]
    for room, number in FLOOR_OF.items():
        floors[number].append(room)
    return floors


def test_every_room_has_its_floor() -> None:
    assert set(rooms()) - set(FLOOR_OF) - BESIDE_THE_HOUSE == set()


def test_only_one_module_opens_connections_to_the_internet(imports: grimp.ImportGraph) -> None:
    for library in ("httpx", "requests", "urllib.request", "aiohttp", "urllib3"):
        if library in imports.modules:
            assert imports.find_modules_that_directly_import(library) <= {"bedside.foundation.http"}


def test_the_views_and_jobs_of_a_room_are_its_own(imports: grimp.ImportGraph) -> None:
    assert sorted(reached_from_outside(imports)) == []


def reached_from_outside(imports: grimp.ImportGraph) -> Iterator[str]:
    for module in imports.modules:
        parts = module.split(".")
        if len(parts) > 2 and parts[2] in PRIVATE_SHELVES:
            for importer in imports.find_modules_that_directly_import(module):
                if importer.split(".")[1] not in (parts[1], "config"):
                    yield f"{importer} imports {module}"


def test_every_connector_is_in_the_contract_that_keeps_connectors_apart() -> None:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    named = {
        line.rpartition(".")[2] for line in contract["importlinter:contract:connectors"]["modules"].split()
    }
    folders = {path.parent.parent.name for path in (PACKAGE / "networks").glob("*/samples/*.json")}
    assert folders <= named


def test_foreign_keys_point_down() -> None:
    wrong = [
        f"{model.__name__}.{field.name} → {other.__module__}.{other.__name__}"
        for model, field, other in foreign_keys()
        if not may_reach(model.__module__.split(".")[1], other.__module__.split(".")[1])
    ]
    assert wrong == []


def foreign_keys() -> Iterator[tuple[type[Model], Any, type[Model]]]:
    """Every relation from a model of ours to a model of ours, however it was written."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            other = field.related_model
            if field.concrete and isinstance(other, type) and is_ours(model) and is_ours(other):
                yield model, field, other


def is_ours(model: type[Model]) -> bool:
    return model.__module__.startswith("bedside.")


def test_templates_include_only_their_own_room_lower_rooms_and_the_shell() -> None:
    wrong = []
    for path in templates():
        room = room_of(path)
        for included in INCLUDE.findall(path.read_text(encoding="utf-8")):
            other = included.split("/")[0]
            if other in FLOOR_OF and other != SHELL and not may_reach(room, other):
                wrong.append(f"{shown(path)} includes {included}")
    assert wrong == []


def test_rooms_do_not_signal_each_other() -> None:
    """Upward news goes through `foundation.announce` and is wired in `config/wiring.py`."""
    wrong = [
        f"{shown(path)}: {module}"
        for path in python_files("src")
        for module in imported_modules(path)
        if module.startswith(("django.db.models.signals", "django.dispatch", "django.core.signals"))
    ]
    assert wrong == []


def imported_modules(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_branch_on_the_name_of_a_network_outside_the_connectors() -> None:
    """Networks differ in their connectors; elsewhere one asks what a network can do."""
    wrong = []
    for path in python_files("src"):
        if room_of(path) in {"networks", "practice"}:
            continue
        for node in nodes(path):
            if isinstance(node, ast.Compare) and names_a_network(node):
                wrong.append(f"{shown(path)}:{node.lineno}")
    assert wrong == []


def names_a_network(node: ast.Compare) -> bool:
    sides = [node.left, *node.comparators]
    words = {side.value for side in sides if isinstance(side, ast.Constant)}
    asked = {getattr(side, "attr", getattr(side, "id", "")) for side in sides}
    return bool(asked & {"network", "network_key", "platform"}) and any(
        isinstance(word, str) for word in words
    )
