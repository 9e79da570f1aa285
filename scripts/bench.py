"""How fast is it? Runs the measurements in `bench/` and lets through their JSON lines, one for each figure.

Each file of `bench/` is a program that prints lines `{"figure", "value", "unit", "setup"}`; what else it has
to say goes to standard error. Names given here choose some of them: `make bench BENCH=guard`.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_SECONDS = 3600
NOT_ASKED_FOR = 3  # the status of a comparison whose other side is not installed; it has said so itself
MEMBERS = {"figure", "value", "unit", "setup"}


def main(names: list[str]) -> int:
    programs = sorted(path for path in (ROOT / "bench").glob("*.py") if not path.stem.startswith("_"))
    chosen = [path for path in programs if not names or path.stem in names]
    missing = set(names) - {path.stem for path in programs}
    if missing or not chosen:
        print(
            f"There is no measurement called {', '.join(sorted(missing)) or 'anything'} in bench/.",
            file=sys.stderr,
        )
        return 2
    outcomes = [measured(path) for path in chosen]  # all of them, even when one fails
    return 0 if all(outcomes) else 1


def measured(program: Path) -> bool:
    """Run one measurement and let its figures through as they come; whether it ended well and printed some."""
    figures = 0
    process = subprocess.Popen(
        [sys.executable, str(program)], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    for line in process.stdout or ():
        figures += is_figure(line)
        print(line, end="", flush=True)
    try:
        status = process.wait(LONGEST_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        status = process.wait()
    if status == NOT_ASKED_FOR and not figures:
        return True
    if status or not figures:
        print(f"{program.name} ended with status {status} after {figures} figures.", file=sys.stderr)
    return status == 0 and figures > 0


def is_figure(line: str) -> bool:
    """Whether a line is one figure in the agreed form."""
    try:
        figure = json.loads(line)
    except ValueError:
        return False
    return isinstance(figure, dict) and MEMBERS.issubset(figure)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
