"""What is in a post, as one value: the shared wording, its pictures, and each channel's own wording.

A save takes a whole `Content` and a version keeps one, so that two readings of a post can be compared.
When it is to leave, its campaign and its tags are not part of it: they change nothing that is signed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from uuid import UUID

from bedside.foundation.refusal import Refusal
from bedside.planning.links import MOST_DESCRIPTION, MOST_TITLE, LinkPreview, link_id
from bedside.planning.models import Post

MOST_CHARACTERS = 20_000  # of one field; far beyond every network, and small enough to judge in milliseconds
MOST_ALT_TEXT = 1500
MOST_PARTS = 25
MOST_PICTURES = 20
MOST_PREVIEWS = 25


@dataclass(frozen=True)
class Wording:
    """What one channel says differently. None takes the post's own; an empty text says nothing there."""

    text: str | None = None
    first_comment: str | None = None
    thread: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Picture:
    """An asset of the library in a post, with what it tells to people who cannot see it."""

    asset: UUID
    alt_text: str = ""


@dataclass(frozen=True)
class Content:
    """Everything of a post that its signers sign. `wordings` has one entry for each chosen channel."""

    text: str = ""
    first_comment: str = ""
    thread: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    language: str = "en"
    pictures: tuple[Picture, ...] = ()
    previews: tuple[LinkPreview, ...] = ()  # of links that stand in the words
    wordings: Mapping[UUID, Wording] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The form in which a version keeps it."""
        return {
            "text": self.text,
            "first_comment": self.first_comment,
            "thread": list(self.thread),
            "sources": list(self.sources),
            "language": self.language,
            "pictures": [{"asset": str(p.asset), "alt_text": p.alt_text} for p in self.pictures],
            "previews": [asdict(preview) for preview in self.previews],
            "wordings": {str(channel): asdict(wording) for channel, wording in self.wordings.items()},
        }

    def every_text(self) -> tuple[str, ...]:
        """Every text of the post and of its channels' own wordings."""
        return tuple(text for _name, text in self._public_texts())

    def _public_texts(self) -> Iterator[tuple[str, str]]:
        everything: list[Content | Wording] = [self, *self.wordings.values()]
        for said in everything:
            yield "text", said.text or ""
            yield "first_comment", said.first_comment or ""
            for part in said.thread or ():
                yield "thread", part

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote; absent keys are empty."""
        return cls(
            text=kept.get("text", ""),
            first_comment=kept.get("first_comment", ""),
            thread=tuple(kept.get("thread", ())),
            sources=tuple(kept.get("sources", ())),
            language=kept.get("language", "en"),
            pictures=tuple(Picture(UUID(p["asset"]), p["alt_text"]) for p in kept.get("pictures", ())),
            previews=tuple(LinkPreview(**p) for p in kept.get("previews", ())),
            wordings={UUID(c): _wording(w) for c, w in kept.get("wordings", {}).items()},
        )

    @classmethod
    def of(cls, post: Post) -> Self:
        """How a post reads now (two queries, unless media and variants were prefetched)."""
        return cls(
            text=post.text,
            first_comment=post.first_comment,
            thread=tuple(post.thread),
            sources=tuple(post.sources),
            language=post.language,
            pictures=cls.pictures_of(post),
            previews=cls.previews_of(post),
            wordings={
                v.channel_id: Wording(
                    v.text, v.first_comment, tuple(v.thread) if v.thread is not None else None
                )
                for v in post.variants.all()
            },
        )

    @staticmethod
    def pictures_of(post: Post) -> tuple[Picture, ...]:
        """The pictures of a post in their order."""
        return tuple(Picture(m.asset_id, m.alt_text) for m in post.media.all())

    @staticmethod
    def previews_of(post: Post) -> tuple[LinkPreview, ...]:
        """What the links of a post show."""
        return tuple(LinkPreview(**kept) for kept in post.previews)

    def check_size(self) -> None:
        """Refuse what no network takes and no page can show; the networks' own limits are judged elsewhere."""
        texts = [*self._public_texts(), *(("sources", source) for source in self.sources)]
        for name, text in texts:
            if len(text) > MOST_CHARACTERS:
                raise Refusal(
                    "too_long",
                    f"This text has {len(text):,} characters. Bedside keeps up to {MOST_CHARACTERS:,} in one "
                    "field, and no network takes that many. Shorten it, then save again.",
                    field=name,
                )
        for number, picture in enumerate(self.pictures):
            if len(picture.alt_text) > MOST_ALT_TEXT:
                raise Refusal(
                    "too_long",
                    f"The alt text of picture {number + 1} has {len(picture.alt_text):,} characters; up to "
                    f"{MOST_ALT_TEXT:,} are kept. Shorten it, then save again.",
                    field=f"alt-{picture.asset}",
                )
        for preview in self.previews:
            for what, words, most in (
                ("title", preview.title, MOST_TITLE),
                ("description", preview.description, MOST_DESCRIPTION),
            ):
                if len(words) > most:
                    raise Refusal(
                        "too_long",
                        f"The {what} of a link's card has {len(words):,} characters; up to {most:,} are kept. "
                        "Shorten it, then save again.",
                        field=f"link-{link_id(preview.url)}-{what}",
                    )
        if len(self.previews) > MOST_PREVIEWS:
            raise Refusal(
                "too_many", f"Up to {MOST_PREVIEWS} links can have a card. Remove some.", field="links"
            )
        if len(self.thread) > MOST_PARTS or len(self.pictures) > MOST_PICTURES:
            raise Refusal(
                "too_many",
                f"A post can have up to {MOST_PARTS} thread parts and {MOST_PICTURES} pictures. Remove some.",
                field="thread" if len(self.thread) > MOST_PARTS else "pictures",
            )


def _wording(kept: Mapping[str, Any]) -> Wording:
    thread = kept.get("thread")
    return Wording(kept.get("text"), kept.get("first_comment"), tuple(thread) if thread is not None else None)
