"""What is about to be said: every field of a text that the public would see, as plain values.

The guard never sees a post, a reply or a profile of the product; it judges `Material`. What the verdict looks
like is in `verdict.py`; what the organization says about itself is in `organization.py`.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

Surface = Literal["post", "comment_reply", "review_reply", "ad", "profile", "inbound"]
SURFACES: tuple[Surface, ...] = ("post", "comment_reply", "review_reply", "ad", "profile", "inbound")

_LATER = {"faint", "covered_faces", "has_sound", "is_unseen", "is_withheld", "moments", "flashes"}


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """One picture, video or document as the guard needs it: what is written on it and around it.

    `is_judged` is False while the facts of the picture are still being gathered; such material is not ready.
    `faint` are words on a graphic with too little contrast; `covered_faces` counts faces that somebody covered or
    blurred. `is_unseen` says that no program could look into it, `is_withheld` that a covered copy took its place.
    `moments` tell for a film from which offset of its text on which second is meant, `flashes` from which second to
    which it flashes so that it could set off a seizure; a film that nobody looked at for that has none.
    """

    content_hash: str
    kind: Literal["image", "video", "gif", "document"]
    alt_text: str = ""
    file_name: str = ""
    captions: str = ""
    text_in_picture: str = ""
    faces: int = 0
    codes: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    is_judged: bool = True
    faint: tuple[str, ...] = ()
    covered_faces: int = 0
    has_sound: bool = False
    is_unseen: bool = False
    is_withheld: bool = False
    moments: tuple[tuple[int, float], ...] = ()
    flashes: tuple[tuple[float, float], ...] = ()

    def second_at(self, offset: int) -> float | None:
        """The second of a film in which the words at this offset of its text are seen."""
        return next((second for start, second in reversed(self.moments) if start <= offset), None)

    def canonical(self) -> dict[str, object]:
        """The values that its fingerprint covers. What came later than the others is left out while it says nothing,
        so that a signature from before still holds."""
        return {name: value for name, value in asdict(self).items() if name not in _LATER or value}


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A link as readers will see it: the address and the preview that networks show under the post."""

    url: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """A written authorization of one person under 45 CFR 164.508, as a value.

    `covers` holds channel keys, or "*" for every channel.
    Whoever knows the channel passes only what covers it.
    """

    id: str
    person: str
    covers: tuple[str, ...] = ("*",)
    expires_on: date | None = None
    is_revoked: bool = False

    def is_live(self, on: date) -> bool:
        """Whether this authorization may be relied on that day (the day of expiry still counts)."""
        return not self.is_revoked and (self.expires_on is None or on <= self.expires_on)

    def covers_channel(self, key: str) -> bool:
        """Whether the person agreed to be shown on that channel."""
        return "*" in self.covers or key in self.covers


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that would become public with one click, and the text it answers (`parent`).

    `sources` are the citations that the author gave for medical claims; they are not published.
    """

    surface: Surface
    text: str
    first_comment: str = ""
    thread: tuple[str, ...] = ()
    media: tuple[MediaFacts, ...] = ()
    links: tuple[LinkFacts, ...] = ()
    poll_options: tuple[str, ...] = ()
    parent: str = ""
    sources: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A name for exactly this material: change a letter or a picture and it is another one."""
        # The canonical JSON of all parts, its keys in order. Written piece by piece, because most parts are empty.
        canonical = (
            f'{{"first_comment":{_quoted(self.first_comment)}'
            f',"links":{_listed([asdict(link) for link in self.links])}'
            f',"media":{_listed([media.canonical() for media in self.media])}'
            f',"parent":{_quoted(self.parent)}'
            f',"poll_options":{_listed(self.poll_options)}'
            f',"sources":{_listed(self.sources)}'
            f',"surface":{_quoted(self.surface)}'
            f',"text":{_quoted(self.text)}'
            f',"thread":{_listed(self.thread)}}}'
        )
        return "sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def fields(self) -> Iterator[tuple[str, str]]:
        """Each public field with its name, empty ones left out: ("text", "..."), ("alt_texts[0]", "...")."""
        for name, text in self._every_field():
            if text:
                yield name, text

    def _every_field(self) -> Iterator[tuple[str, str]]:
        yield "text", self.text
        yield "first_comment", self.first_comment
        yield from _numbered("thread", self.thread)
        yield from _numbered("poll_options", self.poll_options)
        for number, link in enumerate(self.links):
            yield f"links[{number}]", link.url
            yield f"links[{number}].title", link.title
            yield f"links[{number}].description", link.description
        for number, media in enumerate(self.media):
            yield f"alt_texts[{number}]", media.alt_text
            yield f"captions[{number}]", media.captions
            yield f"file_names[{number}]", media.file_name
            yield f"picture_text[{number}]", media.text_in_picture
            yield f"codes[{number}]", "\n".join(media.codes)
            yield f"metadata[{number}]", "\n".join(f"{key}: {value}" for key, value in media.metadata)


_quoted = json.encoder.encode_basestring_ascii


def _listed(values: Sequence[object]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True) if values else "[]"


def _numbered(name: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts):
        yield f"{name}[{number}]", text
