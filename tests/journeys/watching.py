"""What would somebody notice who looks closely at a page? What the console complains about, what axe finds, and
what does not fit on a phone.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page

from bedside.web.build import axe_script

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
RUN_AXE = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], elementRef: false})"
# A form that came back with a sentence: the browser calls every such answer an error.
AN_ANSWER = re.compile(r"status of (409|422)")


@dataclass
class Watch:
    """Listens to the consoles of all the pages it is shown."""

    complaints: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> Page:
        """Listen to this page from now on."""
        page.on("console", lambda said: self._hear(page, said))
        page.on("pageerror", lambda fault: self.complaints.append(f"{page.url}: {fault}"))
        return page

    def _hear(self, page: Page, said: ConsoleMessage) -> None:
        if said.type == "error" and not AN_ANSWER.search(said.text):
            self.complaints.append(f"{page.url}: {said.text}")


def objections(page: Page) -> list[str]:
    """What axe objects to on the page as it stands: rule and element, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script().read_text(encoding="utf-8"))
    found = page.evaluate(RUN_AXE, WCAG)["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page on a wide screen and a phone, in light and dark."""
    found = []
    with as_it_was(page):
        for width in (WIDE, PHONE):
            page.set_viewport_size(width)
            if (more := overflow(page)) > 0:
                found.append(f"{page.url} at {width['width']} pixels: {more} pixels too wide")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found += [
                    f"{page.url} at {width['width']} pixels, {scheme}: {line}" for line in objections(page)
                ]
    return found


@contextmanager
def as_it_was(page: Page) -> Iterator[None]:
    """Give the page its window and its colors back."""
    before = page.viewport_size
    yield
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    if before:
        page.set_viewport_size(before)
