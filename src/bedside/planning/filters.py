"""Which posts are looked at? The filters of calendar and list, read from the address: what one sees can be sent on."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from bedside.foundation.ids import uuid_in
from bedside.foundation.text import kept
from bedside.planning.models import Post


@dataclass(frozen=True)
class Filter:
    """Channel, campaign, state, tag and words; empty ones let everything through."""

    channel: UUID | None = None
    campaign: UUID | None = None
    state: str = ""
    tag: UUID | None = None
    words: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "Filter":
        """Read an address; what makes no sense is left out."""
        state = asked.get("state", "")
        return cls(
            channel=uuid_in(asked.get("channel", "")),
            campaign=uuid_in(asked.get("campaign", "")),
            state=state if state in Post.State.values else "",
            tag=uuid_in(asked.get("tag", "")),
            words=kept(asked.get("q", "")).strip()[:100],
        )

    @property
    def is_empty(self) -> bool:
        return self == Filter()

    @property
    def as_query(self) -> str:
        """The filters as they stand in an address, without a leading sign."""
        named = {
            "channel": self.channel,
            "campaign": self.campaign,
            "state": self.state,
            "tag": self.tag,
            "q": self.words,
        }
        return urlencode({name: str(value) for name, value in named.items() if value})

    def apply(self, posts: QuerySet[Post]) -> QuerySet[Post]:
        """Only the posts that pass; those that were withdrawn only where they are asked for."""
        posts = self.narrowed(posts)
        return posts.filter(state=self.state) if self.state else posts.exclude(state=Post.State.WITHDRAWN)

    def narrowed(self, posts: QuerySet[Post]) -> QuerySet[Post]:
        """Only the posts that pass, in whatever state they are."""
        if self.channel:
            posts = posts.filter(variants__channel=self.channel)
        if self.campaign:
            posts = posts.filter(campaign=self.campaign)
        if self.tag:
            posts = posts.filter(tags=self.tag)
        return posts.filter(text__icontains=self.words) if self.words else posts
