"""A text cut into pieces, so that a page can underline what was found in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bedside.rules.models import Waiver

TONES = {"stops": "danger", "needs sign-off": "person", "advises": "info"}


@dataclass(frozen=True)
class Piece:
    """Some words of a text; `tone` is set where a rule found them."""

    words: str
    tone: str = ""


def cut(text: str, spans: Iterable[tuple[int, int]], tone: str) -> list[Piece]:
    """The whole text in pieces; where spans overlap, the first one counts."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [Piece(text[at:start]), Piece(text[start:end], tone)]
            at = end
    return [*pieces, Piece(text[at:])]


def pieces_of(waiver: Waiver, field: str) -> list[Piece]:
    """One field of what a waiver is about."""
    spans = [(start, end) for name, start, end in waiver.places if name == field]
    return cut(waiver.texts[field], spans, TONES[waiver.weight])
