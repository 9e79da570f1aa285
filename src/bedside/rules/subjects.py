"""Where does a text stand that a waiver is about? The rooms above say it; this room knows kinds and ids only."""

from collections.abc import Callable
from uuid import UUID

_PLACES: dict[str, Callable[[UUID], str]] = {}


def register(kind: str, url: Callable[[UUID], str]) -> None:
    """Say how the page of a subject of this kind is found."""
    _PLACES[kind] = url


def url_of(kind: str, subject_id: UUID) -> str:
    """The page of a subject; nothing for a kind nobody registered."""
    return _PLACES[kind](subject_id) if kind in _PLACES else ""
