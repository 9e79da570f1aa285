"""How can a call to a network end other than well?

A success is a return value. Everything else is one of four exceptions, so that no caller can overlook it;
which answer of a network means which is decided in each connector's `translate`. Reconciling answers with
values: the question "was it published?" has no exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bedside.networks.outgoing import Receipt


class NotDone(Exception):
    """A network did not do what was asked. `code` is the network's own, for support; `sentence` is for a
    person.

    Neither holds a token, an address with a secret in it or anybody's words.
    """

    def __init__(self, sentence: str, *, code: str = "", request_id: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.code = code
        self.request_id = request_id


class Refused(NotDone):
    """The network said no, and would say no again. Final until a person changes something."""


class TryLater(NotDone):
    """Nothing was done, and it may work at `at` (or whenever the caller likes, when the network named no
    time).
    """

    def __init__(
        self, sentence: str, *, at: datetime | None = None, code: str = "", request_id: str = ""
    ) -> None:
        super().__init__(sentence, code=code, request_id=request_id)
        self.at = at


class SignInAgain(NotDone):
    """The network no longer accepts our credentials. Refresh once; if that fails too, a person must
    reconnect.
    """


class Unsure(NotDone):
    """The request may have arrived: it may be public, it may not. Never repeat it; `reconcile` first."""


@dataclass(frozen=True)
class Published:
    """Reconciling found the part on the network."""

    receipt: Receipt


@dataclass(frozen=True)
class NotPublished:
    """Reconciling is certain that the part is not on the network and will not appear: it may be sent
    again.
    """


@dataclass(frozen=True)
class Unknown:
    """Reconciling could not tell. Look again at `at`, or hand it to a person with this sentence."""

    sentence: str
    at: datetime | None = None


Found = Published | NotPublished | Unknown
