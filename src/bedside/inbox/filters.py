"""Which conversations does an address ask for, and which addresses ask for more or less? The address is the state.

Whatever somebody types into an address is cleaned here: what nothing can match is ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.http import urlencode

from bedside.foundation.ids import uuid_in
from bedside.foundation.text import kept
from bedside.inbox.models import Conversation
from bedside.inbox.queries import Wanted
from bedside.inbox.triage import REASONS

OPEN = Conversation.State.OPEN
PRIORITIES = ("urgent", "personal", "question", "complaint", "other", "thanks")


@dataclass(frozen=True)
class Filter:
    """What the list shows, as an address says it; `after` is where its page begins."""

    wanted: Wanted
    after: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filter":
        """Read the query of an address."""
        wanted = Wanted(
            state=_one_of(asked.get("state", ""), Conversation.State.values) or OPEN,
            channel=str(uuid_in(asked.get("channel", "")) or ""),
            kind=_one_of(asked.get("kind", ""), Conversation.Kind.values),
            priority=_one_of(asked.get("priority", ""), PRIORITIES),
            words=kept(asked.get("q", "")).strip()[:200],
            is_unread=asked.get("unread") == "1",
            is_mine=asked.get("mine") == "1",
        )
        return cls(wanted, asked.get("after", "")[:200])

    @property
    def query(self) -> str:
        """The address's query for this filter, "" for the usual list; begins with "?"."""
        wanted = self.wanted
        said = {
            "state": wanted.state if wanted.state != OPEN else "",
            "channel": wanted.channel,
            "kind": wanted.kind,
            "priority": wanted.priority,
            "q": wanted.words,
            "unread": "1" if wanted.is_unread else "",
            "mine": "1" if wanted.is_mine else "",
            "after": self.after,
        }
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the state was chosen, so that an empty list may mean too much was asked."""
        return replace(self.wanted, state=OPEN) != Wanted()

    def with_state(self, state: str) -> "Filter":
        """The same for another state; a search looks at every state, so it ends."""
        return Filter(replace(self.wanted, state=state, words=""))

    def with_unread_toggled(self) -> "Filter":
        """The same with unread conversations alone, or with all again."""
        return Filter(replace(self.wanted, is_unread=not self.wanted.is_unread))

    def with_mine_toggled(self) -> "Filter":
        """The same with the member's own conversations alone, or with everybody's again."""
        return Filter(replace(self.wanted, is_mine=not self.wanted.is_mine))

    def following(self, key: str) -> "Filter":
        """The next page."""
        return Filter(self.wanted, key)


def reason_words() -> list[tuple[str, str]]:
    """The priorities to choose from, as code and word."""
    return [(code, str(REASONS[code].word)) for code in PRIORITIES if code in REASONS]


def _one_of(value: str, known: tuple[str, ...] | list[str]) -> str:
    return value if value in known else ""
