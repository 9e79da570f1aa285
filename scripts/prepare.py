"""Is everything installed that this make target needs? Makes `.venv` and fills it from the locked lists.

`scripts/prepare.py run` installs what the product runs on, `scripts/prepare.py test` also what its tests need,
`scripts/prepare.py fuzz` the fuzzer too, and `scripts/prepare.py learn` what teaches the guard's scorer. Nothing is
done when nothing has changed since the last time. Standard library only: it runs before anything is installed.
Programs of the operating system (a browser, PostgreSQL, Redis) are `scripts/machine.py`.
"""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = VENV / ".tools"
UV = TOOLS / "bin" / "uv"
STAMP = VENV / ".installed.json"
LOCK = VENV / ".preparing"  # uv holds a lock named .lock itself
LISTS = {name: f"requirements/{name}.txt" for name in ("run", "test", "fuzz", "learn")}
INCLUDES = {
    "run": ("run",),
    "test": ("test", "run"),
    "fuzz": ("fuzz", "test", "run"),
    "learn": ("learn", "test", "run"),
}
SHOWN_LINES = 15


class Failed(Exception):
    """A step of the installation failed; the message is the sentence for the person at the terminal."""


def main(arguments: list[str]) -> int:
    kind = arguments[0] if arguments else "run"
    if kind not in LISTS:
        print(f"There is nothing called {kind} to prepare; it is one of {', '.join(LISTS)}.", file=sys.stderr)
        return 2
    VENV.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two terminals may call make at once
        try:
            prepare(kind)
        except Failed as failure:
            print(failure, file=sys.stderr)
            return 1
    return 0


def prepare(kind: str) -> None:
    """Bring the environment to what the locked lists say. Raises `Failed`."""
    wanted = wanted_state()
    installed = read_stamp()
    if works() and installed.get(kind) == wanted[kind]:
        return
    began = time.monotonic()
    if not works() or installed.get("python") != wanted["python"]:
        make_environment()
    get_installer(wanted)
    say(f"Installing what {LISTS[kind]} lists")
    uv("sync", "--require-hashes", LISTS[kind], doing="install the locked packages")
    uv("install", "--no-deps", "--no-build-isolation", "--editable", ".", doing="install Bedside itself")
    STAMP.write_text(
        json.dumps({"python": wanted["python"]} | {name: wanted[name] for name in INCLUDES[kind]})
    )
    say(f"Installed in {time.monotonic() - began:.0f} seconds")


def wanted_state() -> dict[str, str]:
    """What each list would install, as a digest of everything that decides it."""
    python = ".".join(map(str, sys.version_info[:3]))
    pieces = {name: (ROOT / path).read_bytes() for name, path in LISTS.items()}
    common = (ROOT / "pyproject.toml").read_bytes() + python.encode() + str(ROOT).encode()
    digests = {name: hashlib.sha256(common + piece).hexdigest() for name, piece in pieces.items()}
    bootstrap = hashlib.sha256((ROOT / "requirements/bootstrap.txt").read_bytes()).hexdigest()
    return digests | {"python": python, "bootstrap": bootstrap}


def read_stamp() -> dict[str, str]:
    """What the last run of this script installed."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def works() -> bool:
    """Whether the environment's Python still starts: the one it was made from may have been removed."""
    try:
        return (
            subprocess.run([PYTHON, "-c", ""], capture_output=True, timeout=60, check=False).returncode == 0
        )
    except OSError:
        return False


def make_environment() -> None:
    """A fresh `.venv` with the Python that runs this script."""
    say(f"Making .venv with Python {sys.version.split()[0]}")
    for leftover in VENV.iterdir():
        if leftover == LOCK:
            continue
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()
    call(
        [sys.executable, "-m", "venv", str(VENV)],
        doing="make the folder .venv; on Debian the package python3-venv may be missing",
    )


def get_installer(wanted: dict[str, str]) -> None:
    """The installer uv, from its own locked list, beside the environment's packages and not among them."""
    mark = TOOLS / wanted["bootstrap"]
    if mark.exists() and UV.exists():
        return
    shutil.rmtree(TOOLS, ignore_errors=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--target", str(TOOLS), "-r", "requirements/bootstrap.txt"]
    call(command, doing="fetch the installer uv")
    mark.touch()


def uv(verb: str, *arguments: str, doing: str) -> None:
    """Run one of uv's pip commands on the environment."""
    call([str(UV), "pip", verb, "--quiet", "--python", str(PYTHON), *arguments], doing=doing)


def call(command: list[str], *, doing: str) -> None:
    """Run a step and keep it quiet unless it fails; then its last lines are the evidence under our sentence."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        evidence = "\n".join((done.stdout + done.stderr).strip().splitlines()[-SHOWN_LINES:])
        raise Failed(
            f"Could not {doing}. Check the network and the free disk space, then run it again.\n{evidence}"
        )


def say(sentence: str) -> None:
    print(f"{sentence}.", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
