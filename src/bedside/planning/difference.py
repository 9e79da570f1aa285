"""What changed between two versions of a post, in words a person can read."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.planning.content import Content, Wording

_PIECE = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_MANY = (
    2000  # pieces; beyond, words that occur all the time no longer anchor a match, or it would take seconds
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text that both versions have, or only the newer (`added`), or only the older (`gone`)."""

    kind: Literal["same", "added", "gone"]
    text: str


@dataclass(frozen=True)
class Change:
    """One field that reads differently now; `label` names the field on screen."""

    field: str
    label: str
    pieces: tuple[Piece, ...]


def changes(
    before: Content,
    after: Content,
    *,
    channels: Mapping[UUID, str] | None = None,
    assets: Mapping[UUID, str] | None = None,
) -> list[Change]:
    """Every field that differs, in the order of the composer. `channels` and `assets` give names."""
    old = dict(_fields(before, channels or {}, assets or {}))
    new = dict(_fields(after, channels or {}, assets or {}))
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        label, text = new.get(name, (old.get(name, ("", ""))[0], ""))
        previous = old.get(name, ("", ""))[1]
        if text != previous:
            found.append(Change(name, label, tuple(pieces(previous, text))))
    return found


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The readable difference of two texts, word by word; joined, `same` and `added` give the newer one."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    is_long = max(len(old), len(new)) > _MANY
    for kind, i, j, m, n in difflib.SequenceMatcher(None, old, new, autojunk=is_long).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[i:j]))
            continue
        if j > i:
            yield Piece("gone", "".join(old[i:j]))
        if n > m:
            yield Piece("added", "".join(new[m:n]))


def _fields(
    content: Content, channels: Mapping[UUID, str], assets: Mapping[UUID, str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    yield "text", (_("Text"), content.text)
    yield "first_comment", (_("First comment"), content.first_comment)
    for number, part in enumerate(content.thread):
        yield f"thread.{number}", (_("Thread part %d") % (number + 2), part)
    yield "sources", (_("Sources"), "\n".join(content.sources))
    yield "language", (_("Language"), content.language)
    names = ", ".join(assets.get(p.asset, str(p.asset)) for p in content.pictures)
    yield "pictures", (_("Pictures"), names)
    for number, picture in enumerate(content.pictures):
        yield f"alt_text.{number}", (_("Alt text of picture %d") % (number + 1), picture.alt_text)
    shown = [" · ".join(filter(None, (p.title, p.description))) for p in content.previews]
    yield "links", (_("Cards of links"), "\n".join(shown))
    chosen = ", ".join(sorted(channels.get(c, str(c)) for c in content.wordings))
    yield "channels", (_("Channels"), chosen)
    for channel, wording in content.wordings.items():
        yield from _own(channel, channels.get(channel, str(channel)), wording)


def _own(channel: UUID, name: str, wording: Wording) -> Iterator[tuple[str, tuple[str, str]]]:
    if wording.text is not None:
        yield f"{channel}.text", (_("Text on %s") % name, wording.text)
    if wording.first_comment is not None:
        yield f"{channel}.first_comment", (_("First comment on %s") % name, wording.first_comment)
    if wording.thread is not None:
        yield f"{channel}.thread", (_("Thread on %s") % name, "\n\n".join(wording.thread))
