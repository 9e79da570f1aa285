"""What became of the variants of a post, told by the room that delivers them.

Publishing stands above this room and cannot be asked directly: it registers one source in
`config.wiring`. Until it has, nothing has left the house and every answer is empty.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

PUBLIC = frozenset({"sending", "sent", "unsure"})


@dataclass(frozen=True)
class Leaving:
    """How far one variant got: a delivery's state, since or until when, and where its story is told.

    `state` is waiting, held, sending, sent, unsure, failed, cancelled or deleted; `label` and `sentence`
    are for people, `url` is the ledger's page and `live_url` the post on the network, if it is there.
    """

    state: str
    label: str
    at: datetime
    sentence: str = ""
    url: str = ""
    live_url: str = ""

    @property
    def is_or_may_be_public(self) -> bool:
        return self.state in PUBLIC


Source = Callable[[Collection[UUID]], Mapping[UUID, Leaving]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source` answer for variant ids; the last one registered counts."""
    _sources[:] = [source]


def of_variants(ids: Collection[UUID]) -> Mapping[UUID, Leaving]:
    """How far each of these variants got; a variant that was never scheduled is absent. Asks once."""
    return _sources[0](ids) if _sources and ids else {}
