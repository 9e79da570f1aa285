"""Does nothing escape axe because most of a page has been seen before?"""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.journeys.examined import PIECE, Examined, known_pieces

ROW = "<li><a href='/{}'>Flu shots</a> <span>at {} o'clock</span></li>"
STYLE = ".pale { color: #ddd } .dark-only { color: light-dark(#111, #333) } .checked:has(:checked) { color: #ddd }"


@pytest.fixture
def examined() -> Examined:
    return Examined()


def show(page: Page, more: str = "", rows: int = 60, language: str = "en") -> None:
    """A page like those of a desk: a shell around a long list."""
    listed = "".join(ROW.format(number, number) for number in range(rows))
    page.set_content(
        f"<html lang='{language}'><head><title>A page</title><meta name='color-scheme' content='light dark'>"
        f"<style>:root {{ background: light-dark(#fff, #222); color: light-dark(#000, #fff) }} {STYLE}</style></head>"
        f"<body><nav><a href='/'>Home</a></nav><main><h1>A page</h1><ul>{listed}</ul>{more}</main></body></html>"
    )


def asks(page: Page) -> bool:
    """Whether axe was brought into the page that is open."""
    return bool(page.evaluate("'axe' in window"))


def test_a_page_of_known_pieces_is_not_examined_again(page: Page, examined: Examined) -> None:
    show(page)
    assert examined.objections(page) == []
    assert asks(page)
    page.goto("about:blank")
    show(page, rows=90)
    assert examined.objections(page) == []
    assert not asks(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert examined.objections(page) == []
    assert asks(page), "another window is another page"


def test_what_another_run_has_examined_is_known(page: Page, tmp_path: Path) -> None:
    here, elsewhere = (Examined(tmp_path / "examined.jsonl") for _ in range(2))
    show(page)
    assert here.objections(page) == []
    with (tmp_path / "examined.jsonl").open("a") as notes:
        notes.write('[["half a line')
    page.goto("about:blank")
    show(page)
    assert elsewhere.objections(page) == []
    assert not asks(page)
    show(page, "<img src='/picture'>")
    assert len(elsewhere.objections(page)) == 1
    assert len(here.objections(page)) == 1, "what axe objects to is never noted"


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("<img src='/picture'>", "image-alt"),
        ("<p class='pale'>Pale</p>", "color-contrast"),
        ("<ul><li><a href='/3'></a></li></ul>", "link-name"),
        (
            "<label class='checked'><input type='checkbox' checked> <span>Pale</span></label>",
            "color-contrast",
        ),
    ],
)
def test_what_is_new_among_known_pieces_is_found(
    page: Page, examined: Examined, fault: str, rule: str
) -> None:
    show(page, "<label class='checked'><input type='checkbox'> <span>Black</span></label><p>Black</p>")
    assert examined.objections(page) == []
    for _again in range(2):  # what axe objects to is not remembered
        show(page, fault)
        assert [found for found in examined.objections(page) if found.startswith(rule)]


def test_a_text_that_is_gone_is_missed(page: Page, examined: Examined) -> None:
    show(page, "<button>Go</button>")
    assert examined.objections(page) == []
    show(page, "<button></button>")
    assert [found for found in examined.objections(page) if found.startswith("button-name")]


def test_colors_of_the_other_scheme_are_examined(page: Page, examined: Examined) -> None:
    show(page, "<p class='dark-only'>Black on black</p>")
    assert examined.objections(page) == []
    assert [found for found in examined.objections_in(page, ("light", "dark")) if "color-contrast" in found]
    page.emulate_media(color_scheme="dark")
    assert [found for found in examined.objections(page) if found.startswith("color-contrast")]


def test_a_page_in_another_language_is_another_page(page: Page, examined: Examined) -> None:
    show(page)
    assert examined.objections(page) == []
    show(page, language="no language")
    assert [found for found in examined.objections(page) if found.startswith("html-lang-valid")]


def test_of_a_small_piece_all_is_examined_or_nothing() -> None:
    large = PIECE + 5
    assert known_pieces([False] * large, [large, *[1] * (large - 1)]) == [0]
    assert known_pieces([True, False, False], [3, 1, 1]) == []
    pieces = known_pieces([True, *[False] * (large - 1)], [large, 2, *[1] * (large - 2)])
    assert pieces[:2] == [1, 3]
