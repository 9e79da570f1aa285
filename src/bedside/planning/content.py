"""What is in a post, as one value: the shared wording, its pictures, and each channel's own wording.

A save takes a whole `Content` and a version keeps one, so that two readings of a post can be compared.
When it is to leave, its campaign and its tags are not part of it: they change nothing that is signed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from uuid import UUID

from bedside.foundation.refusal import Refusal
from bedside.planning.models import Post

MOST_CHARACTERS = 20_000  # of one field; far beyond every network, and small enough to judge in milliseconds
MOST_PARTS = 25
MOST_PICTURES = 20


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
            "wordings": {str(channel): asdict(wording) for channel, wording in self.wordings.items()},
        }

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

    def check_size(self) -> None:
        """Refuse what no network takes and no page can show; the networks' own limits are judged elsewhere."""
        texts = [("text", self.text), ("first_comment", self.first_comment)]
        texts += [("thread", part) for part in self.thread] + [("sources", s) for s in self.sources]
        for wording in self.wordings.values():
            texts += [("text", t or "") for t in (wording.text, wording.first_comment)]
            texts += [("thread", part) for part in wording.thread or ()]
        for name, text in texts:
            if len(text) > MOST_CHARACTERS:
                raise Refusal(
                    "too_long",
                    f"This text has {len(text):,} characters. Bedside keeps up to {MOST_CHARACTERS:,} in one "
                    "field, and no network takes that many. Shorten it, then save again.",
                    field=name,
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
