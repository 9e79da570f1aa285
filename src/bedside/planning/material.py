"""What exactly would become public with one variant, as the values that the guard and the networks take.

`material_for` is what is judged and signed, `outgoing_for` what is sent; both are made from the same words
here, so that they cannot differ. Whether it may leave is asked in `clearance.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, cast
from uuid import UUID

from bedside.guard import LinkFacts, Material, MediaFacts
from bedside.library import files
from bedside.library.models import Asset
from bedside.networks.contract import LinkCard, MediaFile, Outgoing, Subtitles
from bedside.planning.content import Content, Wording
from bedside.planning.links import links_in
from bedside.planning.models import Variant


@dataclass(frozen=True)
class Said:
    """The words of one variant after its channel's own wording has been laid over the post's."""

    text: str
    first_comment: str
    thread: tuple[str, ...]

    @property
    def links(self) -> tuple[str, ...]:
        """The web addresses in these words, in the order of `Material.links`."""
        return links_in(self.text, *self.thread, self.first_comment)

    @property
    def is_empty(self) -> bool:
        return not (
            self.text.strip() or self.first_comment.strip() or any(part.strip() for part in self.thread)
        )


def said_by(content: Content, channel: UUID | None) -> Said:
    """What a post says on a channel: the channel's own wording where it has one, else the post's.

    Without a channel it is what all channels share.
    """
    own = content.wordings.get(channel, Wording()) if channel else Wording()
    return Said(
        text=content.text if own.text is None else own.text,
        first_comment=content.first_comment if own.first_comment is None else own.first_comment,
        thread=tuple(part for part in (content.thread if own.thread is None else own.thread) if part.strip()),
    )


def material_of(content: Content, channel: UUID | None, assets: Mapping[UUID, Asset]) -> Material:
    """The material of one channel of a post as it reads in `content`; `assets` are its pictures by id.

    Without a channel it is what all channels share: what a post says before anybody chose where.
    """
    said = said_by(content, channel)
    return Material(
        surface="post",
        text=said.text,
        first_comment=said.first_comment,
        thread=said.thread,
        media=media_of(content, assets),
        links=tuple(_link_facts(content, url) for url in said.links),
        sources=content.sources,
    )


def media_of(content: Content, assets: Mapping[UUID, Asset]) -> tuple[MediaFacts, ...]:
    """The facts of its pictures and films, which all channels share."""
    return tuple(media_facts(assets[p.asset], p.alt_text) for p in content.pictures if p.asset in assets)


def material_for(variant: Variant) -> Material:
    """Everything that would become public if this variant left now."""
    return materials_for([variant])[variant.pk]


def materials_for(variants: Iterable[Variant]) -> dict[UUID, Material]:
    """The material of each variant, by its id. Prefetch as `queries.variants_with_material` does."""
    return {
        variant.pk: material_of(_content_of(variant), variant.channel_id, _assets_of(variant))
        for variant in variants
    }


def outgoing_for(variant: Variant) -> Outgoing:
    """What is handed to the network for this variant; its pictures are opened when they are needed."""
    content = _content_of(variant)
    said = said_by(content, variant.channel_id)
    return Outgoing(
        text=said.text,
        media=tuple(media_file(m.asset, m.alt_text, variant.post.language) for m in variant.post.media.all()),
        thread=said.thread,
        first_comment=said.first_comment,
        language=variant.post.language,
        link=link_card(content, said.text),
    )


def outgoing_of(content: Content, channel: UUID, assets: Mapping[UUID, Asset]) -> Outgoing:
    """The same for words that are still being written."""
    said = said_by(content, channel)
    media = tuple(
        media_file(assets[p.asset], p.alt_text, content.language)
        for p in content.pictures
        if p.asset in assets
    )
    card = link_card(content, said.text)
    return Outgoing(said.text, media, said.thread, said.first_comment, language=content.language, link=card)


def link_card(content: Content, text: str) -> LinkCard | None:
    """The card for a network that shows one below a text: of its first link that has a title."""
    titled = {preview.url: preview for preview in content.previews if preview.title}
    shown = next((titled[url] for url in links_in(text) if url in titled), None)
    return LinkCard(shown.url, shown.title, shown.description) if shown else None


def _link_facts(content: Content, url: str) -> LinkFacts:
    found = next((preview for preview in content.previews if preview.url == url), None)
    return LinkFacts(url, found.title, found.description) if found else LinkFacts(url)


def media_facts(asset: Asset, alt_text: str) -> MediaFacts:
    """What the guard needs to know of a picture; not judged until the library has looked at it."""
    facts: dict[str, Any] = asset.facts
    return MediaFacts(
        content_hash=asset.content_hash,
        kind=cast(Literal["image", "video", "gif", "document"], asset.kind),
        alt_text=alt_text,
        file_name=asset.name,
        captions=facts.get("captions", ""),
        text_in_picture=facts.get("text_in_picture", ""),
        faces=facts.get("faces", 0),
        codes=tuple(facts.get("codes", ())),
        metadata=(),  # the clean file that leaves has none
        is_judged=asset.judged_at is not None,
        faint=tuple(facts.get("faint", ())),
        covered_faces=facts.get("covered_faces", 0),
        has_sound=facts.get("has_sound", False),
        is_unseen="unreadable" in facts,
        is_withheld=asset.withheld_at is not None,
        moments=tuple((int(start), float(second)) for start, second in facts.get("moments", ())),
        flashes=tuple((float(start), float(end)) for start, end in facts.get("flashes", ())),
    )


def media_file(asset: Asset, alt_text: str, language: str = "en") -> MediaFile:
    """The clean file of an asset as a connector takes it; a film with its subtitles, in the post's language."""
    return MediaFile(
        content_hash=asset.content_hash,
        mime=asset.mime,
        size=asset.bytes,
        width=asset.width,
        height=asset.height,
        alt_text=alt_text,
        open=partial(files.open_clean, asset),
        name=files.public_name(asset),
        seconds=float(asset.facts.get("duration", 0)),
        subtitles=_subtitles(asset, language),
    )


def _subtitles(asset: Asset, language: str) -> Subtitles | None:
    if not asset.captions_path:
        return None
    path = files.path_of(asset.captions_path)
    size = path.stat().st_size if path.is_file() else 0
    return Subtitles(path.stem, size, language, read=partial(files.captions_of, asset))


def _content_of(variant: Variant) -> Content:
    post = variant.post
    thread = tuple(variant.thread) if variant.thread is not None else None
    return Content(
        text=post.text,
        first_comment=post.first_comment,
        thread=tuple(post.thread),
        sources=tuple(post.sources),
        language=post.language,
        pictures=Content.pictures_of(post),
        previews=Content.previews_of(post),
        wordings={variant.channel_id: Wording(variant.text, variant.first_comment, thread)},
    )


def _assets_of(variant: Variant) -> dict[UUID, Asset]:
    return {media.asset_id: media.asset for media in variant.post.media.all()}
