"""Are things called by their one name? Forbidden synonyms, nameless modules, and how times, days and people
are named.

The words are those of `docs/words.md`; its last column lists what a thing is not called.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models
from tests.house.source import ROOT, nodes, python_files, shown, tracked

NAMELESS_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}


def forbidden_words() -> set[str]:
    """What the glossary says a thing is not called, as words in snake case."""
    rows = re.findall(
        r"^\|([^|]+)\|([^|]+)\|([^|]+)\|\s*$", (ROOT / "docs/words.md").read_text(), re.MULTILINE
    )
    return {word for row in rows[1:] for word in re.findall(r"`([a-z_]+)`", row[2])}


def identifiers(path: Path) -> Iterator[str]:
    """The names that a file gives to things of ours."""
    for each in nodes(path):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield each.name
        elif isinstance(each, ast.arg):
            yield each.arg
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id


def words_in(identifier: str) -> set[str]:
    """`ClinicianDirectory` and `clinician_directory` are the same two words."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower()
    return set(snake.split("_")) | {snake}


def test_the_glossary_forbids_something() -> None:
    assert "provider" in forbidden_words()


def test_no_identifier_uses_a_forbidden_synonym() -> None:
    forbidden = forbidden_words()
    wrong = sorted(
        {
            f"{shown(path)}: {name}"
            for path in python_files("src")
            for name in identifiers(path)
            if words_in(name) & forbidden
        }
    )
    assert wrong == []


def test_modules_are_named_after_what_is_in_them() -> None:
    assert [
        shown(path) for path in python_files("src", "tests", "scripts") if path.stem in NAMELESS_MODULES
    ] == []


def our_fields() -> Iterator[tuple[str, models.Field]]:
    for model in apps.get_models():
        if model.__module__.startswith("bedside."):
            for field in model._meta.get_fields():
                if isinstance(field, models.Field) and not inherited_from_django(model, field):
                    yield f"{model.__name__}.{field.name}", field


def inherited_from_django(model: type[models.Model], field: models.Field) -> bool:
    """Django's own user has `last_login` and `date_joined`; their names are not ours."""
    return any(
        field.name in parent.__dict__ and parent.__module__.startswith("django.") for parent in model.__mro__
    )


def test_times_end_in_at_and_days_in_on() -> None:
    wrong = [name for name, field in our_fields() if not name.replace(".", "_").endswith(ending_of(field))]
    assert wrong == []


def ending_of(field: models.Field) -> str:
    """How the name of a field of this kind has to end."""
    if isinstance(field, models.DateTimeField):
        return "_at"
    return "_on" if isinstance(field, models.DateField) else ""


def test_test_names_are_sentences() -> None:
    short = [
        f"{shown(path)}: {node.name}"
        for path in python_files("tests")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 3
    ]
    assert short == []


def test_nothing_is_left_to_do_later_in_the_code() -> None:
    marks = re.compile(
        r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"]) + r")\b|NotImplemented" + "Error"
    )
    wrong = [
        f"{shown(path)}: {found.group()}"
        for path in tracked()
        if path.suffix in {".py", ".js", ".mjs", ".css", ".html"} and "locale" not in path.parts
        for found in marks.finditer(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
