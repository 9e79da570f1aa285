"""What this room tells the house; who listens stands in `config.wiring`."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ChannelConnected:
    """A page or profile was connected, for the first time or again: what waited for it may go on."""

    channel_id: UUID
    organization_id: UUID
    is_again: bool


@dataclass(frozen=True)
class ChannelNeedsSignIn:
    """The network no longer accepts our credentials: a person has to connect the channel again."""

    channel_id: UUID
    organization_id: UUID
    name: str
    sentence: str


@dataclass(frozen=True)
class ChannelDisconnected:
    """A person disconnected the channel; its history stays."""

    channel_id: UUID
    organization_id: UUID
