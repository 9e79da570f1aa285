"""Do the two commands and their companions say what they are for?"""

import re
import subprocess

from tests.house.source import ROOT

PROMISED = {"run", "test", "check", "bench", "faults", "test-servers", "help", "format"}


def test_make_help_lists_every_target_with_a_sentence() -> None:
    printed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = dict(re.findall(r"^  make ([a-z-]+) +([A-Z].*\.)$", printed, re.MULTILINE))
    declared = set(re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split())
    assert set(listed) == declared >= PROMISED


def test_every_script_that_make_calls_is_there() -> None:
    called = re.findall(r"scripts/[a-z_]+(?:\.py)?", (ROOT / "Makefile").read_text())
    assert called
    assert [name for name in called if not (ROOT / name).exists()] == []
