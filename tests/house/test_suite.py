"""Does the program that runs the suite count rightly, and does CI refuse what was left out?"""

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.conftest import BROWSER_PLACES, DATABASE_PLACES
from tests.house.source import ROOT

# Never run among ours: the skip in it is the sample of one, and the program has to count it.
SAMPLE = """
import pytest

def test_that_holds_as_it_should(): pass
def test_that_fails_as_it_should(): assert False
@pytest.mark.skip(reason="PostgreSQL is absent")
def test_that_is_left_out_for_a_reason(): pass
@pytest.fixture
def broken(): raise RuntimeError
def test_whose_ground_is_broken(broken): pass
"""


@pytest.fixture(scope="module")
def suite() -> ModuleType:
    """The program itself; it is no package, so it is loaded from its file."""
    spec = importlib.util.spec_from_file_location("suite", ROOT / "scripts/suite.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["suite"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pytest itself writes about one test of each outcome."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / "test_sample.py").write_text(SAMPLE)
    (folder / "empty.ini").write_text("[pytest]\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        "empty.ini",
        "-p",
        "no:django",
        "--junit-xml=report.xml",
        ".",
    ]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
    return folder / "report.xml"


def test_each_outcome_is_counted_once(suite: ModuleType, report: Path) -> None:
    count = suite.counted(report)
    assert (count.passed, count.failed, count.skipped) == (1, 2, 1)
    assert "PostgreSQL is absent" in count.reasons[0]


def test_every_failure_is_named_with_its_first_line(suite: ModuleType, report: Path) -> None:
    failed, broken = suite.counted(report).failures
    assert failed.startswith("test_sample.test_that_fails_as_it_should: assert False")
    assert "test_whose_ground_is_broken" in broken
    assert "\n" not in failed + broken


def test_the_closing_line_names_all_three_numbers(suite: ModuleType) -> None:
    count = suite.Count(passed=812, failed=0, skipped=1)
    assert suite.closing_line(count, 301.4) == "812 passed, 0 failed, 1 skipped in 301s"


def test_a_left_out_test_is_a_failure_only_in_ci(suite: ModuleType) -> None:
    count = suite.Count(passed=3, skipped=1, reasons=["PostgreSQL is absent"])
    assert suite.status(count, in_ci=False) == 0
    assert suite.status(count, in_ci=True) == 1


def test_a_run_that_tried_nothing_or_broke_off_is_a_failure(suite: ModuleType) -> None:
    assert suite.status(suite.Count(), in_ci=False) == 1
    assert suite.status(suite.Count(passed=9, broke=True), in_ci=False) == 1
    assert suite.status(suite.Count(passed=9, failed=1), in_ci=False) == 1


def test_the_search_for_broken_promises_runs_in_a_process_of_its_own(suite: ModuleType) -> None:
    def searches(*arguments: str) -> list[list[str]]:
        passes = suite.passes(*suite.parse(list(arguments)))
        return [each.arguments for each in passes if suite.SEARCH in each.arguments]

    assert (ROOT / suite.SEARCH).is_file()
    assert searches() == [[suite.SEARCH]]
    assert searches("--only", "faults", "--full") == [[suite.SEARCH]]
    assert searches("--only", "faults") == searches("tests/unit") == []


def files_of(each: Any) -> list[Path]:
    """The test files that a pass takes."""
    words = each.arguments[2:]
    ignored = [ROOT / word.removeprefix("--ignore=") for word in words if word.startswith("--ignore=")]
    places = [ROOT / word for word in words if not word.startswith("--")] or [ROOT / "tests"]
    assert all(place.exists() for place in [*places, *ignored])
    found = [file for place in places for file in ([place] if place.is_file() else place.rglob("test_*.py"))]
    return [file for file in found if not any(map(file.is_relative_to, ignored))]


def test_the_passes_leave_out_no_test_and_run_none_twice(suite: ModuleType) -> None:
    passes = suite.passes(*suite.parse([]))
    every = sorted((ROOT / "tests").rglob("test_*.py"))

    def taken(marks: str, database: str) -> list[Path]:
        wanted = ["-m", marks]
        chosen = [each for each in passes if each.arguments[:2] == wanted and each.database == database]
        return sorted(file for each in chosen for file in files_of(each))

    demonstrated = taken(suite.EVERYDAY, "sqlite")
    assert {file.name for file in demonstrated} >= {"test_building.py", "test_every_page.py"}
    assert sorted(taken(f"{suite.EVERYDAY} and not browser", "sqlite") + demonstrated) == every
    for looked_at, allowed, marks, database in (
        (suite.IN_A_BROWSER, BROWSER_PLACES, f"{suite.EVERYDAY} and browser", "sqlite"),
        (suite.WITH_A_DATABASE, DATABASE_PLACES, suite.EVERYDAY, "postgres"),
    ):
        places = [ROOT / place for place in looked_at]
        assert places == allowed
        in_these = [file for file in every if any(map(file.is_relative_to, places))]
        assert taken(marks, database) == [
            file for file in in_these if database == "postgres" or file not in demonstrated
        ]
    assert len(passes) == 2 + len(suite.without_a_browser()) + len(["postgres", "search"])


def test_what_is_told_to_end_ends_what_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    (tmp_path / "test_slow.py").write_text(
        f"import os, pathlib, time\ndef test_slow():\n"
        f"    pathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\n    time.sleep(100)\n"
    )
    command = [sys.executable, str(ROOT / "scripts/suite.py"), "-c", "/dev/null", "-p", "no:django"]
    (tmp_path / "temporary").mkdir()
    suite = subprocess.Popen(
        [*command, str(tmp_path)],
        env=os.environ | {"TMPDIR": str(tmp_path / "temporary")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert eventually(mark.exists)
    inner = Path(f"/proc/{mark.read_text()}")
    assert inner.exists()
    suite.terminate()
    assert suite.wait(30) == 1
    assert not inner.exists()
    assert list((tmp_path / "temporary").iterdir()) == []


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it holds within half a minute."""
    until = time.monotonic() + 30
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()
