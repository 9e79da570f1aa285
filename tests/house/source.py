"""What do the house's tests look at? The tracked files, the rooms and their floors, as lists."""

import ast
import subprocess
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "bedside"

FLOORS = [
    ["config"],
    ["web", "api", "cli", "demo"],
    ["insights"],
    ["listening"],
    ["inbox"],
    ["publishing"],
    ["planning"],
    ["rules"],
    ["guard", "approvals", "crisis", "networks", "library", "governance"],
    ["people"],
    ["audit"],
    ["foundation"],
]
"""From the roof down, as in `.importlinter`."""
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}
BESIDE_THE_HOUSE = {"practice", "faults"}
"""Programs that ship with Bedside and know nothing of it."""


def may_reach(room: str, other: str) -> bool:
    """Whether things of `room` may name things of `other`: itself, or a lower floor."""
    return room == other or FLOOR_OF[other] > FLOOR_OF[room]


def rooms() -> list[str]:
    """The rooms that stand today."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


@lru_cache(maxsize=1)
def tracked() -> list[Path]:
    """Every file that git would take into the next commit, as absolute paths."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def python_files(*folders: str) -> list[Path]:
    """Our own Python files below these folders; migrations are written by Django."""
    found = [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]
    return [path for path in found if path.relative_to(ROOT).parts[0] in folders]


def templates() -> list[Path]:
    """All templates, in whichever room."""
    return [path for path in tracked() if "templates" in path.parts and path.suffix in {".html", ".txt"}]


@cache
def tree(path: Path) -> ast.Module:
    """A Python file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything in that tree, each node before what is in it. Many rules ask all files for all their nodes."""
    return list(ast.walk(tree(path)))


def room_of(path: Path) -> str:
    """The room in which a file of the package lies; "" for the package's own files."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def shown(path: Path) -> str:
    """A path as a person reads it."""
    return str(path.relative_to(ROOT))
