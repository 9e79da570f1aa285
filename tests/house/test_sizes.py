"""Is every file, function, view and template small enough to be read in one sitting?"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import nodes, python_files, shown, templates, tracked, tree

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
LONGEST_VIEW = 20
LONGEST_TEMPLATE = 200
FRONT_END = {".js", ".mjs", ".css"}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    said = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - said


def test_no_file_of_code_is_too_long() -> None:
    code = python_files("src", "tests", "scripts", "bench")
    code += [path for path in tracked() if path.suffix in FRONT_END]
    assert [f"{shown(path)}: {lines_of(path)}" for path in code if lines_of(path) > LONGEST_FILE] == []


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{shown(path)}:{node.lineno} {node.name}: {length(node)}"
        for path in python_files("src", "scripts")
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_a_view_only_leads_from_the_gate_to_the_template() -> None:
    too_long = [
        f"{shown(path)}:{node.lineno} {node.name}: {length(node)}"
        for path in python_files("src")
        if path.stem == "views" or path.parent.name == "views"
        for node in functions(path)
        if [argument.arg for argument in node.args.args][:1] == ["request"] and length(node) > LONGEST_VIEW
    ]
    assert too_long == []


def test_no_template_is_too_long() -> None:
    too_long = [
        f"{shown(path)}: {lines_of(path)}" for path in templates() if lines_of(path) > LONGEST_TEMPLATE
    ]
    assert too_long == []


def test_every_file_of_code_begins_with_what_it_is_for() -> None:
    silent = [
        shown(path)
        for path in python_files("src", "tests", "scripts", "bench")
        if path.stat().st_size and not ast.get_docstring(tree(path))
    ]
    assert silent == []
