"""Is the documentation true and whole? Links lead somewhere, and pages that come from the code are as the code is."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT, shown, tracked

from bedside.config.environment import Environment

LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)|!\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def pages() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md" and "guard_items" not in path.parts]


def links(page: Path) -> Iterator[str]:
    for page_link, picture in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        target = page_link or picture
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ +(.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    wrong = []
    for page in pages():
        for link in links(page):
            name, _, anchor = link.partition("#")
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                wrong.append(f"{shown(page)} → {link}")
    assert wrong == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        targets = [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
        waiting += targets + [below for folder in targets if folder.is_dir() for below in folder.glob("*.md")]
    documentation = {page for page in pages() if ROOT / "docs" in page.parents}
    assert sorted(shown(page) for page in documentation - reached) == []


def test_the_pages_that_come_from_the_code_are_up_to_date() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("BEDSIDE_")}
    command = [sys.executable, "scripts/write_docs.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_setting_is_explained_by_a_sentence() -> None:
    short = [
        s.variable for s in Environment.declared() if len(s.sentence) < 20 or not s.sentence.endswith(".")
    ]
    assert short == []


def test_every_variable_that_the_code_or_the_documentation_names_is_declared() -> None:
    declared = {setting.variable for setting in Environment.declared()}
    named: dict[str, str] = {}
    for path in tracked():
        if path.suffix in {".py", ".md", ".sh"} and path.relative_to(ROOT).parts[0] in {
            "README.md",
            "docs",
            "scripts",
        }:
            for variable in re.findall(r"\bBEDSIDE_[A-Z][A-Z_]+\b", path.read_text(encoding="utf-8")):
                named[variable] = shown(path)
    assert {variable: path for variable, path in named.items() if variable not in declared} == {}
