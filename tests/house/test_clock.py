"""Does everything that decides by time ask the one clock, so that a story can be told at any hour?"""

import ast

from tests.house.source import nodes, python_files, room_of, shown

ASKS_ITSELF = {"guard", "practice", "cli"}
"""The guard and the practice network know nothing of the house, and commands stamp names of files."""
CLOCKS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("datetime", "today"),
}


def test_only_the_clock_reads_the_system_clock() -> None:
    wrong = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("src")
        if room_of(path) not in ASKS_ITSELF and path.name != "clock.py"
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and (getattr(node.value, "id", ""), node.attr) in CLOCKS
    ]
    assert wrong == []
