"""Does everything hold? Runs the suite in passes and ends with one line that counts them all.

Two passes more than there are cores run at a time, because stories and what starts servers wait as long as they work;
when one ends, the next begins, the longest first, so that every core has work to the end. Every test without a
browser runs on SQLite in the pass of its folder, else in that for everything else; every story in a browser in one of
two; what uses the database again on PostgreSQL; and the search for sequences of events that break a promise. What a
pass has to say is printed when it ends. Chosen tests (`TESTS=…`) run in one pass after another, as they come. With
`CI` in the environment a skip is a failure: there everything has to be tried. The exit status is not 0 when anything
failed or nothing was run.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS_COLLECTED = 5
END_SECONDS = 20
CLEARING_ATTEMPTS = 50
FAILURE_CHARACTERS = 300
EVERYDAY = "not servers and not faults"
AT_ONCE = (os.cpu_count() or 1) + 2
DEMONSTRATED = [
    "tests/rooms/demo",
    *(f"tests/journeys/test_{name}.py" for name in ("alarm", "every_page", "safe_answers")),
]
"""What shares the demonstration clinic, in one pass with a browser and without, so that it is made up once."""
IN_A_BROWSER = ["tests/journeys", "tests/unit/practice", "tests/unit/web"]
WITH_A_DATABASE = ["tests/rooms", "tests/api", "tests/cli", "tests/unit/cli"]
"""Elsewhere no test has a browser, or a database; the collection refuses it (`tests/conftest.py`)."""
WITHOUT_A_BROWSER = {
    "rooms": ["tests/rooms"],
    "pictures and films": ["tests/unit/guard/pictures"],
    "everything else": [],
    "the interface for programs": ["tests/api"],
    "commands": ["tests/cli", "tests/unit/cli"],
}
"""The passes without a browser and their folders, the longest first; without folders: what is in none of the others."""
# Hypothesis reads every loaded module for constants. Beside two thousand other tests that is the whole house, which
# takes longer than a test may and which Python 3.11 does not always survive; so nothing else runs in that process.
SEARCH = "tests/rooms/publishing/properties.py"


@dataclass
class Pass:
    """One run of pytest: what it is called, which tests it takes, on which database."""

    name: str
    arguments: list[str]
    database: str = "sqlite"
    variables: dict[str, str] = field(default_factory=dict)


@dataclass
class Count:
    """How many tests came out how, which failed, and why some were left out."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    broke: bool = False

    def add(self, other: "Count") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.reasons += other.reasons
        self.failures += other.failures
        self.broke |= other.broke


def main(arguments: list[str]) -> int:
    options, tests = parse(arguments)
    total, began = Count(), time.monotonic()
    chosen = passes(options, tests)
    at_once = 1 if tests or options.only else AT_ONCE
    with tempfile.TemporaryDirectory(prefix="bedside-suite-") as folder:
        running = Running(Path(folder))
        signal.signal(signal.SIGTERM, running.end)
        signal.signal(signal.SIGINT, running.end)
        for count in counts_of(chosen, running, at_once):
            total.add(count)
    in_ci = bool(os.environ.get("CI"))
    for reason in sorted(set(total.reasons)):
        print(f"skipped: {reason}")
    for failure in total.failures:
        print(f"failed: {failure}")
    if total.skipped and in_ci:
        print("A skipped test is a failure here, because CI has to try everything.")
    print(closing_line(total, time.monotonic() - began), flush=True)
    return status(total, in_ci=in_ci)


def status(count: Count, *, in_ci: bool) -> int:
    """0 when something was tried and all of it held, and in CI nothing was left out; else 1."""
    return int(count.broke or count.failed > 0 or count.passed == 0 or (in_ci and count.skipped > 0))


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["servers", "faults"], help="only the tests with this mark")
    parser.add_argument("--full", action="store_true", help="the long form of the faults")
    return parser.parse_known_args(arguments)


def passes(options: argparse.Namespace, tests: list[str]) -> list[Pass]:
    """What is to be run, in the order in which it begins."""
    variables = {"BEDSIDE_FAULTS": "full"} if options.full else {}
    search = Pass(
        "the search for sequences that break a promise, in a process of its own",
        [SEARCH],
        variables=variables,
    )
    if options.only:
        chosen = Pass(options.only, ["-m", options.only, *tests], variables=variables)
        return [search, chosen] if options.full and not tests else [chosen]
    postgres = Pass(
        "what uses the database, on PostgreSQL",
        ["-m", EVERYDAY, "--only-database", *(tests or WITH_A_DATABASE)],
        "postgres",
    )
    if tests:
        return [Pass("these, on SQLite", ["-m", EVERYDAY, *tests]), postgres]
    return [*in_a_browser(), postgres, *without_a_browser(), search]


def in_a_browser() -> list[Pass]:
    """Every story, and all that needs the demonstration clinic apart from the others."""
    browser = ["-m", f"{EVERYDAY} and browser"]
    return [
        Pass("the demonstration", ["-m", EVERYDAY, *DEMONSTRATED]),
        Pass("stories in a browser", [*browser, *IN_A_BROWSER, *ignoring(DEMONSTRATED)]),
    ]


def without_a_browser() -> list[Pass]:
    """Every other test, in the pass of its folder or in the one for what has none."""
    rest = ["-m", f"{EVERYDAY} and not browser"]
    folders = [folder for each in WITHOUT_A_BROWSER.values() for folder in each]
    others, apart = ["tests", *ignoring(folders)], ignoring(DEMONSTRATED)
    return [Pass(name, [*rest, *(each or others), *apart]) for name, each in WITHOUT_A_BROWSER.items()]


def ignoring(places: list[str]) -> list[str]:
    """The words that leave these files and folders out."""
    return [f"--ignore={place}" for place in places]


def counts_of(chosen: list[Pass], running: "Running", at_once: int) -> Iterator[Count]:
    """Run the passes, so many at once, and count the outcomes of each."""
    with ThreadPoolExecutor(at_once) as threads:
        yield from threads.map(lambda each: run(each, running, is_alone=at_once == 1), chosen)


class Running:
    """The runs of pytest that are under way: when this program is told to end, they are told too.

    `folder` holds what is made once for all of them; it goes when they have ended.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all: set[subprocess.Popen[bytes]] = set()
        self.is_ending = False

    def to_its_end(self, pytest: subprocess.Popen[bytes]) -> int:
        """Wait for one run."""
        self._all.add(pytest)
        if self.is_ending:
            pytest.terminate()
        try:
            return pytest.wait()
        finally:
            self._all.discard(pytest)

    def end(self, *_: object) -> None:
        """End all of them; they have some time to end what they started."""
        self.is_ending = True
        runs = list(self._all)
        for each in runs:
            each.terminate()
        for each in runs:
            try:
                each.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                each.kill()
        for _ in range(CLEARING_ATTEMPTS):  # a run that was just beginning may still put something into it
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists():
                break
            time.sleep(0.1)
        os._exit(1)  # the threads only wait for what has just ended


def run(each: Pass, running: Running, *, is_alone: bool) -> Count:
    """Run one pass and count its outcomes from pytest's own report. Beside others it speaks when it has ended."""
    if running.is_ending:
        return Count(broke=True)
    with tempfile.TemporaryDirectory(dir=running.folder) as folder:
        report, said = Path(folder) / "report.xml", Path(folder) / "said"
        command = [sys.executable, "-m", "pytest", "-q", "--durations=8", f"--junit-xml={report}"]
        chosen = {"BEDSIDE_TEST_DATABASE": each.database, "BEDSIDE_TEST_SHARED": str(running.folder)}
        variables, began = os.environ | chosen | each.variables, time.monotonic()
        print(f"--- {each.name}", flush=True)
        with said.open("wb") as output:
            pytest = subprocess.Popen(
                [*command, *each.arguments],
                cwd=ROOT,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=None if is_alone else output,
                stderr=None if is_alone else subprocess.STDOUT,
            )
            ended = running.to_its_end(pytest)
        if not is_alone:
            told = said.read_text(encoding="utf-8", errors="replace")
            seconds = time.monotonic() - began
            print(f"--- {each.name}: what it said in {seconds:.0f}s\n{told}", flush=True)
        count = counted(report) if report.exists() else Count(broke=True)
    count.broke |= ended not in (0, NO_TESTS_COLLECTED)
    return count


def counted(report: Path) -> Count:
    """The outcomes in one JUnit report of pytest."""
    count = Count()
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  (pytest wrote it a moment ago)
        name = f"{case.get('classname')}.{case.get('name')}"
        left_out = case.find("skipped")
        failures = [*case.iter("failure"), *case.iter("error")]
        if failures:
            count.failed += 1
            count.failures.append(f"{name}: {in_short(failures[0])}")
        elif left_out is None or left_out.get("type") == "pytest.xfail":
            count.passed += 1
        else:
            count.skipped += 1
            count.reasons.append(f"{name}: {left_out.get('message')}")
    return count


def in_short(failure: ElementTree.Element) -> str:
    """The first line of what pytest says of a failure, so that the end of a long log tells what to look for."""
    said = (failure.get("message") or failure.text or "").strip()
    return said.partition("\n")[0][:FAILURE_CHARACTERS]


def closing_line(count: Count, seconds: float) -> str:
    """One plain line like pytest's own."""
    line = f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped in {seconds:.0f}s"
    return line + (", and a run broke off" if count.broke and not count.failed else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
