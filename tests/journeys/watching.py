"""What would somebody notice who looks closely at a page? What axe finds, and what does not fit on a phone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Page
from tests.journeys.examined import Scheme, examined

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
BOTH: Sequence[Scheme] = ("light", "dark")
FINGER = 44  # pixels, WCAG 2.5.5
# Controls that a finger may miss. A line of text that leads somewhere is as high as its line; a box belongs to its
# label; where a pseudo-element makes more of the page the target (a whole line of a list), that one counts.
TOO_SMALL = """least => {
  const seen = control => control.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const high = box => box ? box.getBoundingClientRect().height : 0;
  const around = control => Math.max(...["::before", "::after"].map(name => {
    const style = getComputedStyle(control, name);
    return style.content !== "none" && style.position === "absolute" ? parseFloat(style.height) || 0 : 0;
  }));
  const sought = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  return [...document.querySelectorAll(sought)].filter(seen)
    .filter(control => !control.closest(".visually-hidden, .skip-link"))
    .filter(control => getComputedStyle(control).display !== "inline" || control.matches("button, summary"))
    .filter(control => Math.max(high(control), around(control), high(control.closest("label"))) < least - 0.5)
    .map(control => `${Math.round(high(control))} pixels: ${control.outerHTML.slice(0, 160)}`);
}"""
UNFOLD = """() => document.querySelectorAll("main details").forEach(fold => { fold.open = true })"""


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def too_small(page: Page) -> list[str]:
    """What a finger may miss on this page, which has to be shown on a phone that is touched."""
    return [str(line) for line in page.evaluate(TOO_SMALL, FINGER)]


def unfolded(page: Page) -> list[str]:
    """What axe objects to when everything of the page that folds is open: menus, folds, answers that are kept ready."""
    page.evaluate(UNFOLD)
    return examined.objections(page)


def faults_of(
    page: Page, *, wide: Sequence[Scheme] = ("light",), on_a_phone: Sequence[Scheme] = ("dark",)
) -> list[str]:
    """What is wrong with the page on a wide screen and on a phone, in these schemes.

    No style asks for window and scheme together, and what stands on every page is seen in all four ways elsewhere
    (`test_every_page.py`, `test_components_in_browser.py`), so two looks show what there is to see.
    """
    found = []
    with as_it_was(page):
        for width, schemes in ((WIDE, wide), (PHONE, on_a_phone)):
            if not schemes:
                continue
            page.set_viewport_size(width)
            if (more := overflow(page)) > 0:
                found.append(f"{page.url} at {width['width']} pixels: {more} pixels too wide")
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            objections = examined.objections_in(page, schemes)
            found += [f"{page.url} at {width['width']} pixels, {line}" for line in objections]
    return found


@contextmanager
def as_it_was(page: Page) -> Iterator[None]:
    """Give the page its window and its colors back."""
    before = page.viewport_size
    yield
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    if before:
        page.set_viewport_size(before)
