"""Does the color scheme change nothing but colors? Then what axe says about the form of a page holds in both."""

import re

from tests.house.source import ROOT

ASKS = re.compile(r"prefers-color-scheme|data-theme")
BY_HAND = re.compile(r":root\[data-theme=\"\w+\"\] \{\s*color-scheme: \w+;\s*\}")
"""Somebody chose the scheme."""
WRITTEN = [
    *(ROOT / "frontend/css").rglob("*.css"),
    *(ROOT / "src/bedside/practice").rglob("*.py"),
]


def test_no_style_sheet_asks_for_the_color_scheme() -> None:
    """`light-dark()` takes colors only; a rule that holds in one scheme alone could hide or move something."""
    assert len(WRITTEN) > 30
    asking = {str(path.relative_to(ROOT)): asks(path.read_text(encoding="utf-8")) for path in WRITTEN}
    assert {name: found for name, found in asking.items() if found} == {}


def asks(written: str) -> list[str]:
    """What of it holds in one scheme alone, beside the scheme itself."""
    return ASKS.findall(BY_HAND.sub("", written))


def test_what_holds_in_one_scheme_alone_would_be_noticed() -> None:
    assert asks(':root[data-theme="dark"] {\n  color-scheme: dark;\n}') == []
    assert asks(':root[data-theme="dark"] { .rail { display: none; } }')
    assert asks("@media (prefers-color-scheme: dark) { .rail { display: none; } }")
