"""How will it look there? The post as each network shows it: cut, counted and marked by its connector."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bedside.library.models import Asset
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import Limits, LinkCard, LinkCardBy, Mark, Outgoing
from bedside.networks.models import Channel
from bedside.networks.queries import limits_of
from bedside.networks.words import translated
from bedside.planning.content import Content
from bedside.planning.judgement import Judged
from bedside.planning.links import host_of, links_in

NEAR = 0.9  # of the allowed length; from here on the counter warns


@dataclass(frozen=True)
class Counter:
    """How long a part is as its network counts it, in the form the counter component shows."""

    used: int
    limit: int
    unit: str

    @property
    def left(self) -> int:
        return self.limit - self.used

    @property
    def over(self) -> int:
        return max(0, -self.left)

    @property
    def is_near(self) -> bool:
        return self.used >= self.limit * NEAR


@dataclass(frozen=True)
class Part:
    """One public part: its text with links marked, and what of it is too much."""

    html: SafeString
    over: str
    counter: Counter


@dataclass(frozen=True)
class PreviewPicture:
    """A picture in a preview."""

    url: str
    alt: str
    kind: str


@dataclass(frozen=True)
class PreviewCard:
    """The card of a link. `is_theirs`: the network reads the page itself and may say something else."""

    host: str
    title: str
    description: str
    is_theirs: bool


@dataclass(frozen=True)
class Preview:
    """Everything that one channel would show."""

    channel: Channel
    network_name: str
    parts: tuple[Part, ...]
    first_comment: Part | None
    pictures: tuple[PreviewPicture, ...]
    problems: tuple[str, ...]
    is_own: bool
    card: PreviewCard | None = None
    loses_subtitles: bool = False  # the network takes the film and no subtitles with it

    @property
    def counter(self) -> Counter:
        return self.parts[0].counter


def previews_of(judged: list[Judged], content: Content, assets: Mapping[UUID, Asset]) -> list[Preview]:
    """One preview for each channel, in the order in which they were judged."""
    pictures = tuple(_pictures(content, assets))
    return [_preview(each, content, pictures) for each in judged]


def _preview(judged: Judged, content: Content, pictures: tuple[PreviewPicture, ...]) -> Preview:
    channel, outgoing, limits = judged.channel, judged.outgoing, limits_of(judged.channel)
    wording = list(connector_of(channel.network).fits.as_sent(outgoing))
    last = wording.pop() if outgoing.first_comment else None
    own = content.wordings[channel.pk]
    card = connector_of(channel.network).card
    return Preview(
        channel=channel,
        network_name=card.name,
        parts=tuple(_part(text, channel, limits) for text in wording or [""]),
        first_comment=_part(last, channel, limits) if last is not None else None,
        pictures=pictures,
        problems=tuple(translated(problem.sentence, gettext) for problem in judged.problems),
        is_own=own.text is not None or own.first_comment is not None or own.thread is not None,
        card=_card(outgoing, card.link_card),
        loses_subtitles=not card.has_subtitles and any(media.subtitles for media in outgoing.media),
    )


def _card(outgoing: Outgoing, by: LinkCardBy) -> PreviewCard | None:
    """What is shown of a link below the text; networks that show cards show none beside pictures."""
    links = links_in(outgoing.text)
    if by == "none" or outgoing.media or not links:
        return None
    ours = outgoing.link
    if by == "us":
        return PreviewCard(host_of(ours.url), ours.title, ours.description, is_theirs=False) if ours else None
    known = ours if ours and ours.url == links[0] else LinkCard(links[0], "")
    return PreviewCard(host_of(known.url), known.title, known.description, is_theirs=True)


def _part(text: str, channel: Channel, limits: Limits) -> Part:
    fits = connector_of(channel.network).fits
    count = fits.count(text, limits)
    cut = len(text) if count.left >= 0 else _fitting(text, channel, limits)
    counter = Counter(count.used, count.allowed, count.unit)
    return Part(marked(text[:cut], fits.marks(text)), text[cut:], counter)


def _fitting(text: str, channel: Channel, limits: Limits) -> int:
    """How many characters of `text` the network takes, found by halving: only the network can count."""
    count = connector_of(channel.network).fits.count
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if count(text[:middle], limits).left >= 0:
            low = middle
        else:
            high = middle - 1
    return low


def marked(text: str, marks: tuple[Mark, ...]) -> SafeString:
    """The text as HTML, with what the network turns into links set off."""
    pieces, at = [], 0
    for mark in sorted(marks, key=lambda m: m.start):
        if mark.start < at or mark.end > len(text):
            continue
        pieces += [escape(text[at : mark.start]), "<b>", escape(text[mark.start : mark.end]), "</b>"]
        at = mark.end
    return SafeString("".join([*pieces, escape(text[at:])]))


def _pictures(content: Content, assets: Mapping[UUID, Asset]) -> Iterator[PreviewPicture]:
    for picture in content.pictures:
        if asset := assets.get(picture.asset):
            url = reverse("library:file", args=[asset.pk, "thumb"])
            yield PreviewPicture(url, picture.alt_text, asset.kind)
