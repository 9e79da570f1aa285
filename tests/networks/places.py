"""Where do the connectors have to keep their promises? Three servers with memory, each with a stranger on
it.

A `Place` gives a test a session through a line that may be made bad, and looks at what is really public by
means that share no code with the connectors.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from tests.networks.lossy import Line

from bedside.foundation import clock
from bedside.foundation.http import Http
from bedside.networks.account import Credentials, Session
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import Connector, Receipt

T = TypeVar("T")


@dataclass(frozen=True)
class Seen:
    """Something of ours that is public: its words, the alt texts of its pictures, the id of what it
    answers.
    """

    remote_id: str
    text: str
    alt_texts: tuple[str, ...] = ()
    in_reply_to: str = ""


@dataclass
class Place(ABC):
    """One network as the tests meet it."""

    line: Line
    session: Session = field(init=False)
    ahead: timedelta = field(default=timedelta(), init=False)

    key = ""
    # Whether the server knows conversations and likes; a Bluesky server without its AppView does not.
    knows_strangers = True

    def __post_init__(self) -> None:
        self.session = self.signed_in()

    @property
    def connector(self) -> Connector:
        return connector_of(self.key)

    @property
    def server(self) -> str:
        return self.line.target.geturl()

    def http(self) -> Http:
        return Http(self.line.url, allow_private=True, timeout=5.0)

    def now(self) -> datetime:
        """The house's clock, which a test can put ahead."""
        return clock.now() + self.ahead

    def on_the_line(self, session: Session) -> Session:
        """The same session, with everything going over our line and by the test's clock."""
        account = replace(session.account, server_url=self.line.url)
        return Session(account, session.credentials, self.http(), self.now)

    def with_token(self, token: str) -> Session:
        """A session with another access token."""
        return replace(self.session, credentials=Credentials(token, "", None))

    @abstractmethod
    def signed_in(self) -> Session:
        """A session of an account with nothing public yet, connected as a person would."""

    @abstractmethod
    def published(self) -> list[Seen]:
        """Everything public that our account wrote, oldest first."""

    @abstractmethod
    def stranger_answers(self, receipt: Receipt, text: str) -> str:
        """A stranger writes below something; the result is the new thing's remote id."""

    @abstractmethod
    def stranger_mentions_us(self, text: str) -> str:
        """A stranger names us in a post of their own."""

    @abstractmethod
    def stranger_likes(self, receipt: Receipt) -> None:
        """A stranger likes something."""


def eventually(look: Callable[[], T], *, seconds: float = 20.0) -> T:
    """What `look` gives once it gives something; networks need a moment to tell one part what another
    knows.
    """
    deadline = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found
