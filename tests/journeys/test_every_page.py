"""Can everybody read every page that their role leads to? Each role walks through the demonstration clinic and
follows every link, one page of each kind.

A kind is an address without its identifiers. The administrator's pages are looked at on a wide screen and a
phone, in light and dark; the other roles see the same pages with less on them, so one look each is enough: on a phone,
in the dark, first as the page stands and then with everything open that folds.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from statistics import quantiles
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page
from tests.fixtures.desk import Desk
from tests.journeys.conftest import Door
from tests.journeys.examined import examined
from tests.journeys.watching import PHONE, faults_of, overflow, too_small, unfolded

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
LINKS = "links => links.filter(link => !link.hasAttribute('download')).map(link => link.href)"
MOST_PAGES = 120


def test_the_administrator_finds_every_page_in_order(
    desk: Desk, door: Door, record_property: Callable[[str, object], None]
) -> None:
    page = door.member(desk, "ruth.okafor@alderbend.example", PASSWORD)
    walk = Walk(page, desk)
    found = [fault for _ in walk.pages() for fault in faults_of(page)]
    assert found == []
    assert walk.wrong == []
    rooms = {urlsplit(kind).path.split("/")[1] for kind in walk.seen}
    assert {"planning", "approvals", "inbox", "publishing", "library", "insights", "audit", "people"} <= rooms
    assert len(walk.seen) > 40
    record_property("p95 of the pages' answers in ms", round(quantiles(walk.milliseconds, n=20)[-1]))


@pytest.mark.parametrize("role", ROLES)
def test_every_role_finds_its_pages_in_order(role: str, desk: Desk, door: Door) -> None:
    page = door.on_a_phone(desk, f"{ROLES[role]}@alderbend.example", PASSWORD)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    walk = Walk(page, desk)
    found = [f"{page.url}: {fault}" for _ in walk.pages() for fault in seen_once(page)]
    assert found == []
    assert walk.wrong == []
    assert len(walk.seen) > 10


def seen_once(page: Page) -> list[str]:
    wider = overflow(page)
    found = [f"{wider} pixels wider than {PHONE['width']}"] if wider > 0 else []
    return found + too_small(page) + examined.objections(page) + unfolded(page)


class Walk:
    """Follows every link from the first page on, one page of each kind; `wrong` lists links that led nowhere."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page, self.base = page, desk.base_url
        self.seen: set[str] = set()
        self.wrong: list[str] = []
        self.milliseconds: list[float] = []
        self.ahead = deque([(f"{desk.base_url}/", "the beginning")])

    def pages(self) -> Iterator[str]:
        """Each page in turn, open in the browser."""
        while self.ahead:
            address, linked_from = self.ahead.popleft()
            if kind_of(address) in self.seen or not self._is_ours(address):
                continue
            self.seen.add(kind_of(address))
            assert len(self.seen) <= MOST_PAGES, sorted(self.seen)
            if self._opens(address, linked_from):
                links = self.page.eval_on_selector_all("a[href]", LINKS)
                self.ahead += [(link.partition("#")[0], address) for link in links]
                yield address

    def _is_ours(self, address: str) -> bool:
        return address.startswith(f"{self.base}/") and not NOT_A_PAGE.search(urlsplit(address).path)

    def _opens(self, address: str, linked_from: str) -> bool:
        answer = self.page.goto(address)
        assert answer is not None
        if answer.status != 200:
            self.wrong.append(f"{linked_from} leads to {address}, which answers {answer.status}")
            return False
        self.milliseconds.append(answer.request.timing["responseStart"])
        return "text/html" in answer.headers.get("content-type", "")


def kind_of(address: str) -> str:
    """The address with what tells pages of one kind apart taken out."""
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    views = "&".join(f"{name}={asked[name][0]}" for name in VIEWS if name in asked)
    return f"{IDENTIFIER.sub('/:id', parts.path)}?{views}"
