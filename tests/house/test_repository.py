"""Does the repository hold only what belongs to it? No machine's paths, no secrets, no third-party scripts,
nothing large.
"""

import re
from collections.abc import Iterator

from tests.house.source import ROOT, shown, tracked

LARGEST_FILE = 3_000_000
OTHERS_BROUGHT = {"node_modules", "vendor", "third_party", "dist"}
TEXT = {
    ".py",
    ".md",
    ".html",
    ".txt",
    ".js",
    ".mjs",
    ".css",
    ".toml",
    ".json",
    ".yaml",
    ".yml",
    ".sh",
    ".cfg",
    ".ini",
    "",
}
ELSEWHERE = re.compile(
    "|".join(
        [
            r"(?<![\w.~-])/" + r"(?:work|root|home/\w+)/[\w.]",
            r"(?<![\w.~-])/" + r"tmp/(?!bedside)[\w.]",
            r"registry\." + r"npmjs",
            r"files\." + r"pythonhosted",
            r"pypi\." + r"org/simple",
            r"BEGIN (?:RSA |EC |OPENSSH )?" + r"PRIVATE KEY",
        ]
    )
)


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        if path.suffix in TEXT and path.stat().st_size < LARGEST_FILE:
            yield shown(path), path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_machine_a_package_registry_or_a_private_key() -> None:
    wrong = {name: found.group() for name, text in texts() if (found := ELSEWHERE.search(text))}
    assert wrong == {}


def test_nothing_that_others_wrote_is_committed() -> None:
    assert [shown(path) for path in tracked() if OTHERS_BROUGHT & set(path.relative_to(ROOT).parts)] == []


def test_no_file_is_so_large_that_it_must_be_data() -> None:
    assert [shown(path) for path in tracked() if path.stat().st_size > LARGEST_FILE] == []


def test_every_locked_package_has_its_hash() -> None:
    for name in ("bootstrap", "run", "test", "fuzz"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        packages = re.findall(r"^[A-Za-z0-9_.\[\]-]+==", text, re.MULTILINE)
        with_hash = re.findall(r"^[A-Za-z0-9_.\[\]-]+==[^\n]*\\\n\s+--hash=sha256:", text, re.MULTILINE)
        assert len(packages) == len(with_hash) > 0, name


def test_what_runs_is_also_what_is_tested() -> None:
    """Every package of the running product is in the tests' list, at the same version."""
    pins = {
        name: set(
            re.findall(
                r"^([A-Za-z0-9_.-]+==[^\s;\\]+)",
                (ROOT / f"requirements/{name}.txt").read_text(),
                re.MULTILINE,
            )
        )
        for name in ("run", "test")
    }
    assert pins["run"] - pins["test"] == set()
