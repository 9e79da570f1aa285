"""Is the code in the house's form? Style, types, arrows between rooms, and the house's own tests, one after
another.

All of them run even when one fails, so that one run tells everything. What a tool says is shown only when it
objects.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SHOWN_LINES = 200
CHECKS = {
    "style": ["ruff", "check", "--quiet"],
    "form": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy", "--no-error-summary"],
    "arrows": ["lint-imports", "--no-cache"],
    "house rules and documentation": ["pytest", "-q", "tests/house"],
}


def main() -> int:
    failed = [name for name, command in CHECKS.items() if not holds(name, command)]
    if failed:
        print(f"Not in order: {', '.join(failed)}. `make format` mends the form.")
        return 1
    print(f"All {len(CHECKS)} checks hold.")
    return 0


def holds(name: str, command: list[str]) -> bool:
    """Run one check and show what it objects to."""
    began = time.monotonic()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "120"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "holds" if done.returncode == 0 else "does not hold"
    print(f"{name}: {verdict} ({time.monotonic() - began:.0f}s)", flush=True)
    if done.returncode:
        print("\n".join(done.stdout.rstrip().splitlines()[-SHOWN_LINES:]), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
