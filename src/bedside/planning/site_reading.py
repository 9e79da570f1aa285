"""What does a page of our own site say of itself? Read once, when a writer asks for it, and never of another site.

The answer fills two fields that the writer can change; nothing is kept here. Sites of others are never called: a call
would tell them what a clinic is about to say (`docs/decisions/link-previews-are-words.md`).
"""

import codecs
import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from bedside.foundation.http import Answer, Http, NoAnswer, NotSent
from bedside.foundation.refusal import Refusal
from bedside.people.models import Organization
from bedside.planning.links import MOST_DESCRIPTION, MOST_TITLE, LinkPreview, is_own

MOST_BYTES = 2_000_000
SECONDS = 6.0  # without a byte; the writer waits
SECONDS_IN_ALL = 10.0
MOST_STEPS = 3  # from one address of ours to another
HEAD = 4096  # bytes in which a page names its encoding
_CHARSET = re.compile(r"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_TITLES, _DESCRIPTIONS = (
    ("og:title", "twitter:title"),
    ("og:description", "twitter:description", "description"),
)


def read_preview(url: str, organization: Organization) -> LinkPreview:
    """The title and the description that a page of the organization's own site gives itself.

    Raises `Refusal` with what to do for any other site, and when the page cannot be read.
    """
    http = Http(
        allow_loopback=settings.BEDSIDE_ALLOW_LOOPBACK_NETWORKS,
        timeout=SECONDS,
        whole_timeout=SECONDS_IN_ALL,
        headers={"Accept": "text/html"},
    )
    at = url
    for _step in range(MOST_STEPS):
        if not is_own(at, organization.sites):
            raise _elsewhere() if at == url else _leads_away()
        answer = _asked(http, at)
        if answer.status not in (301, 302, 303, 307, 308):
            return _preview(url, answer)
        at = urljoin(at, answer.headers.get("location", ""))
    raise _unreadable()


def _asked(http: Http, url: str) -> Answer:
    try:
        return http.request("GET", url, max_bytes=MOST_BYTES)
    except (NotSent, NoAnswer) as lost:
        raise Refusal(
            "no_answer",
            _("Your site did not answer (%(why)s) Type the title and the description yourself.")
            % {"why": lost},
        ) from None


def _preview(url: str, answer: Answer) -> LinkPreview:
    if not answer.is_success or "html" not in answer.headers.get("content-type", ""):
        raise _unreadable()
    page = _Page()
    page.feed(_text(answer))
    title = page.first(*_TITLES) or page.title
    if not title:
        raise _unreadable()
    return LinkPreview(url, _cut(title, MOST_TITLE), _cut(page.first(*_DESCRIPTIONS), MOST_DESCRIPTION))


def _text(answer: Answer) -> str:
    head = answer.body[:HEAD].decode("ascii", errors="replace")
    named = _CHARSET.search(answer.headers.get("content-type", "")) or _CHARSET.search(head)
    try:
        encoding = codecs.lookup(named[1]).name if named else "utf-8"
        return answer.body.decode(encoding, errors="replace")
    except (
        LookupError,
        UnicodeError,
    ):  # a name that nobody knows, or of something that is no encoding of text
        return answer.body.decode("utf-8", errors="replace")


class _Page(HTMLParser):
    """The title and the meta words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._meta: dict[str, str] = {}
        self._is_in_title = False

    def first(self, *names: str) -> str:
        """The first of these meta words that the page has."""
        return next((self._meta[name] for name in names if self._meta.get(name)), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "title" and not self.title:
            self._is_in_title = True
        elif tag == "meta":
            name = (said.get("property") or said.get("name") or "").lower()
            self._meta.setdefault(name, _cut(said.get("content") or "", MOST_DESCRIPTION))

    def handle_endtag(self, tag: str) -> None:
        self._is_in_title = self._is_in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._is_in_title:
            self.title = _cut(self.title + data, MOST_TITLE)


def _cut(words: str, most: int) -> str:
    """In one line, and no longer than `most` characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _elsewhere() -> Refusal:
    return Refusal(
        "not_our_site",
        _(
            "Bedside reads pages of your own sites only, which are named in the settings of your organization."
            " Type the title and the description yourself."
        ),
    )


def _leads_away() -> Refusal:
    return Refusal(
        "leads_away",
        _(
            "This address leads on to a site that is not yours, so Bedside did not follow it. Link the page itself,"
            " or type the title and the description yourself."
        ),
    )


def _unreadable() -> Refusal:
    return Refusal(
        "unreadable",
        _(
            "This page of your site has no title that could be read. Check the link in your browser, or type the"
            " title and the description yourself."
        ),
    )
