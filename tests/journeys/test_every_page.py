"""Can everybody read every page that their role leads to? Each role walks through the demonstration clinic and
follows every link, one page of each kind.

A kind is an address without its identifiers. The administrator walks twice, on a wide screen in light and on a phone in
the dark, there with everything open that folds; the first page is looked at in all four ways, because on it stands what
stands on all. The other roles see the same pages with less on them, so they walk on the phone alone. What is built of
the same elements as what was looked at there needs no second look: that page is fetched, its links are followed, and no
browser draws it.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from statistics import quantiles
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import Page
from tests.fixtures.desk import Desk
from tests.journeys.conftest import Door
from tests.journeys.watching import BOTH, PHONE, WIDE, faults_of, overflow, too_small, unfolded

PASSWORD = "explore the demo clinic"
ROLES = {
    "administrator": "ruth.okafor",
    "privacy_officer": "helen.lindqvist",
    "clinical_approver": "samuel.adeyemi",
    "brand_approver": "marcus.bell",
    "author": "elena.castaneda",
    "moderator": "tom.brandvold",
    "analyst": "mei-lin.zhou",
    "viewer": "carol.haugen",
}
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|/\d+(?=/|$)|(?<=/rules/all)/[a-z0-9-]+")
VIEWS = ("view", "show", "span")  # what makes a page of another kind; other questions only fill it otherwise
NOT_A_PAGE = re.compile(
    r"\.(csv|json|jsonl|txt|png)$|/download|/export|/accounts/logout|/people/lock|/components/|/api/v1/"
)
# Attributes whose value decides how an element looks or what it is; of the others it counts that they are there.
DECIDING = (
    "class",
    "role",
    "type",
    "open",
    "hidden",
    "popover",
    "aria-current",
    "aria-expanded",
    "aria-hidden",
)
# Elements in which nothing stands.
VOID = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
MOST_PAGES = 120


def test_the_administrator_finds_every_page_in_order_on_a_wide_screen(
    desk: Desk, door: Door, record_property: Callable[[str, object], None]
) -> None:
    page = door.member(desk, f"{ROLES['administrator']}@alderbend.example", PASSWORD, viewport=WIDE)
    walk = Walk(page, desk)
    found = faults_of(page, wide=BOTH, on_a_phone=BOTH)
    found += [fault for _ in walk.pages() for fault in faults_of(page, on_a_phone=())]
    assert found == []
    assert walk.wrong == []
    rooms = {urlsplit(kind).path.split("/")[1] for kind in walk.seen}
    assert {"planning", "approvals", "inbox", "publishing", "library", "insights", "audit", "people"} <= rooms
    assert len(walk.seen) > 40
    record_property("p95 of the pages' answers in ms", round(quantiles(walk.milliseconds, n=20)[-1]))


@pytest.mark.parametrize("role", ROLES)
def test_every_role_finds_its_pages_in_order_on_a_phone(
    role: str, desk: Desk, door: Door, drawn: set[int]
) -> None:
    page = door.on_a_phone(desk, f"{ROLES[role]}@alderbend.example", PASSWORD)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    walk = Walk(page, desk)
    found = [f"{page.url}: {fault}" for _ in walk.pages(drawn) for fault in seen_once(page)]
    assert found == []
    assert walk.wrong == []
    assert len(walk.seen) > 10


def seen_once(page: Page) -> list[str]:
    wider = overflow(page)
    found = [f"{wider} pixels wider than {PHONE['width']}"] if wider > 0 else []
    return found + too_small(page) + unfolded(page)


@pytest.fixture(scope="module")
def drawn() -> set[int]:
    """The elements that a browser has drawn on the phone for one of the roles, each in its place."""
    return set()


class Walk:
    """Follows every link from the first page on, one page of each kind; `wrong` lists links that led nowhere."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page, self.base = page, desk.base_url
        self.seen: set[str] = set()
        self.wrong: list[str] = []
        self.milliseconds: list[float] = []
        self.ahead = deque([(f"{desk.base_url}/", "the beginning")])

    def pages(self, drawn: set[int] | None = None) -> Iterator[str]:
        """Each page in turn, open in the browser; with `drawn` the first, and those with an element not among these."""
        while self.ahead:
            address, linked_from = self.ahead.popleft()
            if kind_of(address) in self.seen or not self._is_ours(address):
                continue
            self.seen.add(kind_of(address))
            assert len(self.seen) <= MOST_PAGES, sorted(self.seen)
            if not (words := self._fetched(address, linked_from)):
                continue
            contents = Contents(words)
            self.ahead += [(link, address) for link in contents.links_from(address)]
            if drawn is None or len(self.seen) == 1 or not contents.elements <= drawn:
                self._open(address)
                yield address
            if drawn is not None:
                drawn |= contents.elements

    def _is_ours(self, address: str) -> bool:
        return address.startswith(f"{self.base}/") and not NOT_A_PAGE.search(urlsplit(address).path)

    def _fetched(self, address: str, linked_from: str) -> str:
        answer = self.page.context.request.get(address)
        if answer.status != 200:
            self.wrong.append(f"{linked_from} leads to {address}, which answers {answer.status}")
            return ""
        return answer.text() if "text/html" in answer.headers.get("content-type", "") else ""

    def _open(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200
        self.milliseconds.append(answer.request.timing["responseStart"])


class Contents(HTMLParser):
    """What a page is built of: `elements`, each known by itself and by all in which it stands, and its links that are
    no downloads."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.elements: set[int] = set()
        self._links: list[str] = []
        self._around: list[tuple[str, int]] = [("", 0)]
        self.feed(words)

    def links_from(self, address: str) -> list[str]:
        """The addresses to which the page leads when it is at this one."""
        return [urljoin(address, link).partition("#")[0] for link in self._links]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser for each tag."""
        said = dict(attrs)
        if tag == "a" and said.get("href") and "download" not in said:
            self._links.append(str(said["href"]))
        looks = tuple(sorted((name, value if name in DECIDING else None) for name, value in attrs))
        here = hash((self._around[-1][1], tag, looks))
        self.elements.add(here)
        if tag not in VOID:
            self._around.append((tag, here))

    def handle_endtag(self, tag: str) -> None:
        """Called by the parser for each end: what was left open in it ends too."""
        for place in range(len(self._around) - 1, 0, -1):
            if self._around[place][0] == tag:
                del self._around[place:]
                break


def kind_of(address: str) -> str:
    """The address with what tells pages of one kind apart taken out."""
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    views = "&".join(f"{name}={asked[name][0]}" for name in VIEWS if name in asked)
    return f"{IDENTIFIER.sub('/:id', parts.path)}?{views}"


@pytest.mark.parametrize(
    ("words", "is_new"),
    [
        ("<ul><li><a href='/3'>Other</a></li></ul>", False),
        ("<ul><li><a href='/1' class='pale'>One</a></li></ul>", True),
        ("<ul><li><a href='/1'><img src='/1'></a></li></ul>", True),
        ("<ol><li><a href='/1'>One</a></li></ol>", True),
    ],
)
def test_a_page_is_known_by_its_elements_and_not_by_its_words(words: str, is_new: bool) -> None:
    drawn = Contents("<ul><li><a href='/1'>One</a></li><li><a href='/2'>Two</a></li></ul>").elements
    assert (not Contents(words).elements <= drawn) == is_new
