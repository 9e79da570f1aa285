"""What this room announces. Others are told by `config.wiring`."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class RequestNews:
    """Something happened to the request about a subject."""

    request_id: UUID
    subject_kind: str
    subject_id: UUID


class RequestAsked(RequestNews):
    """Signatures were asked for."""


class RequestAgreed(RequestNews):
    """Everybody who has to sign has signed."""


@dataclass(frozen=True)
class RequestReturned(RequestNews):
    """A signer asked for a change or refused; `words` say what."""

    words: str
    is_refused: bool


class RequestReopened(RequestNews):
    """A decision was undone; the request waits again."""


class RequestExpired(RequestNews):
    """The time for signing, or the life of the signatures, is over."""
