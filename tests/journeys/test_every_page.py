"""Can everybody read every page that their role leads to? Each role walks through the demonstration clinic and
follows every link, one page of each kind.

A kind is an address without its identifiers. The administrator's pages are looked at on a wide screen, in light and
dark, and on a phone in light; the other roles see the same pages with less on them, so one look each is enough: on a
phone, in the dark, with everything open that folds. What reads the same as what another role saw needs no second look:
that page is fetched, its links are followed, and no browser draws it.
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
from tests.journeys.watching import BOTH, PHONE, faults_of, overflow, too_small, unfolded

PASSWORD = "explore the demo clinic"
ROLES = {
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
# What differs between two answers that look alike: the form's secret, identifiers, times.
UNLIKE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|\d+')
MOST_PAGES = 120


def test_the_administrator_finds_every_page_in_order(
    desk: Desk, door: Door, record_property: Callable[[str, object], None]
) -> None:
    page = door.member(desk, "ruth.okafor@alderbend.example", PASSWORD)
    walk = Walk(page, desk)
    pages = walk.pages(set())
    found = [fault for _ in pages for fault in faults_of(page, wide=BOTH, on_a_phone=["light"])]
    assert found == []
    assert walk.wrong == []
    rooms = {urlsplit(kind).path.split("/")[1] for kind in walk.seen}
    assert {"planning", "approvals", "inbox", "publishing", "library", "insights", "audit", "people"} <= rooms
    assert len(walk.seen) > 40
    record_property("p95 of the pages' answers in ms", round(quantiles(walk.milliseconds, n=20)[-1]))


@pytest.mark.parametrize("role", ROLES)
def test_every_role_finds_its_pages_in_order(role: str, desk: Desk, door: Door, drawn: set[str]) -> None:
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
def drawn() -> set[str]:
    """How the pages read that a browser has drawn on a phone for one of the roles."""
    return set()


class Walk:
    """Follows every link from the first page on, one page of each kind; `wrong` lists links that led nowhere."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page, self.base = page, desk.base_url
        self.seen: set[str] = set()
        self.wrong: list[str] = []
        self.milliseconds: list[float] = []
        self.ahead = deque([(f"{desk.base_url}/", "the beginning")])

    def pages(self, drawn: set[str]) -> Iterator[str]:
        """Each page in turn, open in the browser; those that read like one of `drawn` are left out, the first aside."""
        while self.ahead:
            address, linked_from = self.ahead.popleft()
            if kind_of(address) in self.seen or not self._is_ours(address):
                continue
            self.seen.add(kind_of(address))
            assert len(self.seen) <= MOST_PAGES, sorted(self.seen)
            if not (words := self._fetched(address, linked_from)):
                continue
            self.ahead += [(link, address) for link in links_in(words, address)]
            if (reads := main_part(words)) not in drawn or len(self.seen) == 1:
                drawn.add(reads)
                self._open(address)
                yield address

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


class Links(HTMLParser):
    """Gathers where the links of a page lead that are no downloads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser for each tag."""
        said = dict(attrs)
        if tag == "a" and said.get("href") and "download" not in said:
            self.found.append(str(said["href"]))


def links_in(words: str, address: str) -> list[str]:
    """The addresses to which a page at this address leads."""
    links = Links()
    links.feed(words)
    return [urljoin(address, link).partition("#")[0] for link in links.found]


def main_part(words: str) -> str:
    """What stands between the page's shell, without what differs at each visit."""
    return UNLIKE.sub("", words.partition("<main")[2].partition("</main>")[0])


def kind_of(address: str) -> str:
    """The address with what tells pages of one kind apart taken out."""
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    views = "&".join(f"{name}={asked[name][0]}" for name in VIEWS if name in asked)
    return f"{IDENTIFIER.sub('/:id', parts.path)}?{views}"
