"""Does everybody lock rows so that new rows may still point to them?

A plain `select_for_update` on PostgreSQL also holds up every transaction that inserts a row with a foreign key to the
locked one, and two such transactions end in a deadlock. With `no_key=True` those who lock still wait for each other.
"""

import ast

from tests.house.source import PACKAGE, nodes, python_files


def test_every_lock_lets_new_rows_point_to_what_is_locked() -> None:
    calls = [
        (path.relative_to(PACKAGE), call)
        for path in python_files("src")
        for call in nodes(path)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "select_for_update"
    ]
    assert len(calls) > 10
    strict = [
        f"{path}:{call.lineno}"
        for path, call in calls
        if "no_key" not in {word.arg for word in call.keywords}
    ]
    assert strict == []
