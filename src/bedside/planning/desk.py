"""What the composer's template shows: the form's controls filled, the look of the words, and the page around."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from bedside.foundation.ids import uuid7
from bedside.foundation.refusal import Refusal
from bedside.library.models import Asset
from bedside.networks.catalogue import connector_of
from bedside.networks.models import Channel
from bedside.people.models import Member
from bedside.planning.actions.writing import ChangedMeanwhile
from bedside.planning.checklist import QUESTIONS
from bedside.planning.composing import KEPT_ALL_THE_SAME, Look, look_at
from bedside.planning.content import Content
from bedside.planning.links import LinkPreview, host_of
from bedside.planning.models import Post
from bedside.planning.previews import Preview
from bedside.planning.queries import campaigns_of, next_free_slot, tags_of
from bedside.planning.typed import Beside, Typed
from bedside.planning.warnings import warnings_of


@dataclass(frozen=True)
class ChannelLine:
    """One channel in the composer: chosen or not, and its own wording."""

    channel: Channel
    network_name: str
    is_chosen: bool
    is_own: bool
    text: str
    first_comment: str
    thread: tuple[str, ...] | None
    has_first_comment: bool


@dataclass(frozen=True)
class LinkLine:
    """One link of the words with its card; `can_read`: it is a page of the organization's own site."""

    id: str
    preview: LinkPreview
    can_read: bool

    @property
    def host(self) -> str:
        return host_of(self.preview.url)


@dataclass(frozen=True)
class PictureLine:
    """One picture in the composer with its alt text there."""

    asset: Asset
    alt_text: str


def look_context(look: Look, *, post_id: UUID, **more: Any) -> dict[str, Any]:
    """What the parts that travel alone need: margin, previews, counters and the sentence at the top."""
    by_channel: dict[UUID, Preview] = {preview.channel.pk: preview for preview in look.previews}
    counters = [(channel, by_channel.get(channel.pk)) for channel in look.channels]
    return {"look": look, "counters": counters, "questions": QUESTIONS.items(), "post_id": post_id, **more}


def saved_context(
    post: Post, *, member: Member, typed: Typed, refusal: Refusal | None = None
) -> dict[str, Any]:
    """What the autosave's answer needs: no more, because it is asked for every second."""
    look = look_at(typed.content, member=member, typed=typed, post=post)
    is_words_kept = refusal is None or refusal.field in KEPT_ALL_THE_SAME
    return look_context(
        look,
        post_id=post.pk,
        post=post,
        content=typed.content,
        cautions=warnings_of(post) if is_words_kept and not post._state.adding else [],
        refusal=refusal,
        conflict=refusal if isinstance(refusal, ChangedMeanwhile) else None,
        revision=post.revision if is_words_kept else typed.revision,
        began=typed.beside if refusal is None else typed.began,
    )


def desk_context(
    post: Post,
    *,
    member: Member,
    typed: Typed | None = None,
    content: Content | None = None,
    refusal: Refusal | None = None,
) -> dict[str, Any]:
    """Everything of the composer's page. `typed` is what a refused form said: nothing typed is ever lost."""
    shown = typed.content if typed else content or Content.of(post)
    look = look_at(shown, member=member, typed=typed, post=post)
    is_saved = not post._state.adding
    wall = _wall(typed, post)
    return look_context(
        look,
        post_id=post.pk,
        post=post,
        content=shown,
        lines=list(_lines(look, shown)),
        pictures=[
            PictureLine(look.assets[p.asset], p.alt_text) for p in shown.pictures if p.asset in look.assets
        ],
        links=link_lines(look),
        blank_link=LinkLine("new", LinkPreview(""), can_read=False),
        campaigns=campaigns_of(member),
        campaign_id=typed.campaign if typed else post.campaign_id,
        known_tags=tags_of(member),
        tags=", ".join(typed.tags if typed else [t.name for t in post.tags.all()] if is_saved else []),
        wall=wall,
        slots=list(_slots(look, member)),
        cautions=warnings_of(post) if is_saved else [],
        refusal=refusal,
        conflict=refusal if isinstance(refusal, ChangedMeanwhile) else None,
        is_saved=is_saved and refusal is None,
        revision=typed.revision if typed and refusal else post.revision if is_saved else 0,
        screen=(typed.screen if typed else None) or uuid7(),
        began=typed.began if typed else Beside.of(post) if is_saved else Beside(),
    )


def _lines(look: Look, content: Content) -> Iterator[ChannelLine]:
    for channel in look.channels:
        own = content.wordings.get(channel.pk)
        has_text = own is not None and own.text is not None
        has_comment = own is not None and own.first_comment is not None
        card = connector_of(channel.network).card
        yield ChannelLine(
            channel=channel,
            network_name=card.name,
            is_chosen=own is not None,
            is_own=has_text or has_comment or (own is not None and own.thread is not None),
            text=own.text or "" if own and has_text else content.text,
            first_comment=own.first_comment or "" if own and has_comment else content.first_comment,
            thread=own.thread if own else None,
            has_first_comment=card.has_first_comment,
        )


def link_lines(look: Look) -> list[LinkLine]:
    """Every link of the words, in order."""
    known = {preview.url: preview for preview in look.content.previews}
    return [LinkLine(id, known.get(url, LinkPreview(url)), can_read) for id, url, can_read in look.links]


def _wall(typed: Typed | None, post: Post) -> datetime | None:
    at = typed.planned.at if typed and typed.planned else None if typed else post.planned_at
    return timezone.localtime(at) if at else None


def _slots(look: Look, member: Member) -> Iterator[datetime]:
    """The next free queue times of the first chosen channels, each moment once."""
    chosen = [judged.channel for judged in look.judged][:3]
    found = {next_free_slot(channel, zone=member.organization.time_zone) for channel in chosen}
    yield from sorted(at for at in found if at is not None)
