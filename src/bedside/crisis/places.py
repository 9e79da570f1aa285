"""Which channels can be stopped one by one? This room does not know networks; `config.wiring` says who does."""

from collections.abc import Callable, Iterable
from uuid import UUID

from bedside.people.models import Member

Places = Callable[[Member], Iterable[tuple[UUID, str]]]

_sources: list[Places] = []


def register(source: Places) -> None:
    """Let `source(member)` name channels as (id, name). Registering twice counts once."""
    if source not in _sources:
        _sources.append(source)


def places_for(member: Member) -> dict[UUID, str]:
    """The channels of the member's organization by id, in the order in which they are named."""
    return {channel_id: name for source in _sources for channel_id, name in source(member)}
