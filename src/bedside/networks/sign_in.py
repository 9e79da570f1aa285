"""What is asked of a person who connects a channel, and what comes of it? The calls are in each connector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bedside.networks.account import Account, Credentials


@dataclass(frozen=True)
class Field:
    """One thing to ask the person who connects a channel."""

    name: str
    label: str
    help: str = ""
    kind: Literal["text", "password", "url"] = "text"
    initial: str = ""
    is_required: bool = True


@dataclass(frozen=True)
class Way:
    """One way to sign in. `needs_visit` ways send the person to the network and back (`start`, `finish`)."""

    key: str
    label: str
    about: str
    fields: tuple[Field, ...]
    needs_visit: bool = False


@dataclass(frozen=True)
class Start:
    """Where to send the person, and what to keep (encrypted) until they return.

    `app` is our registration on that server; pass it to the next `start` for the same server.
    """

    visit_url: str
    remember: Mapping[str, str] = field(repr=False)
    app: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class SignedIn:
    """A connected account and the credentials to act for it."""

    account: Account
    credentials: Credentials
