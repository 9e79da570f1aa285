"""Which programs of the operating system do the tests need, and are they here?

As root on Debian the missing ones are installed; elsewhere they are named, and the tests that need them skip
with the reason. Python packages are `scripts/prepare.py`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

INSTALL_SECONDS = 900


def main() -> int:
    missing = [package for package, present in needed().items() if not present]
    if not missing:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = [package for package, present in needed().items() if not present]
    if missing:
        names = " ".join(missing)
        print(
            f"Not on this machine: {names}. Tests that need them are skipped (on Debian: apt install {names})."
        )
    return 0


def needed() -> dict[str, bool]:
    """The Debian packages whose programs the tests use, and whether those are here."""
    return {
        "chromium-headless-shell": Path(
            os.environ.get("BEDSIDE_CHROMIUM") or "/usr/bin/chromium-headless-shell"
        ).exists(),
        "postgresql": bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))),
        "redis-server": bool(shutil.which("redis-server") or shutil.which("valkey-server")),
    }


def install(packages: list[str]) -> None:
    """Install Debian packages without a question; a failure is told and leaves the tests to skip."""
    print(f"Installing {' '.join(packages)} with apt-get.", flush=True)
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdin": subprocess.DEVNULL}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "--no-install-recommends", *packages],
    ):
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False, **quiet
            )
        except subprocess.TimeoutExpired:
            print(f"{' '.join(command[:2])} did not end within {INSTALL_SECONDS} seconds.")
            return
        if done.returncode:
            print("\n".join((done.stdout + done.stderr).strip().splitlines()[-5:]))


if __name__ == "__main__":
    sys.exit(main())
