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
States = Callable[[Collection[UUID]], Mapping[UUID, str]]

_sources: list[tuple[Source, States]] = []


def register(source: Source, states: States | None = None) -> None:
    """Let `source` answer for variant ids, and the quicker `states` where only the state is wanted; the last
    ones registered count.
    """
    _sources[:] = [
        (source, states or (lambda ids: {variant: step.state for variant, step in source(ids).items()}))
    ]


def of_variants(ids: Collection[UUID]) -> Mapping[UUID, Leaving]:
    """How far each of these variants got; a variant that was never scheduled is absent. Asks once."""
    return _sources[0][0](ids) if _sources and ids else {}


def states_of(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Only the state of each of these variants, for pages with hundreds of them. Asks once."""
    return _sources[0][1](ids) if _sources and ids else {}
