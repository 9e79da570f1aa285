"""What this room announces to those above it; `config.wiring` says who listens."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class PostAgreed:
    """Everybody who had to sign the post has signed, or a solo practice cleared it; it may be scheduled."""

    post_id: UUID


@dataclass(frozen=True)
class PostPlanned:
    """The time of an agreed post was set, moved or taken away; its words and signatures stand."""

    post_id: UUID


@dataclass(frozen=True)
class PostChanged:
    """A post that was agreed is a draft again; nothing of it that still waits may leave."""

    post_id: UUID


@dataclass(frozen=True)
class PostWaitsAgain:
    """A signature on an agreed post was taken back; what of it still waits may not leave before it is signed again."""

    post_id: UUID


@dataclass(frozen=True)
class PostWithdrawn:
    """The post is not to be published; nothing of it that still waits may leave."""

    post_id: UUID
