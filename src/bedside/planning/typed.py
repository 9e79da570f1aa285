"""What does the composer's form say? Its fields, read into values; what the words become is the actions' matter.

Controls are named `text`, `first_comment`, `thread` (repeated), `sources` (one a line), `language`, `channel`
(repeated), `picture` (repeated) with `alt-ASSET`, `link` (repeated) with `link-ID-title` and `-description`,
`own-CHANNEL` with `own-CHANNEL-text`, `-first_comment` and `-thread`, `campaign`, `tags`, `planned_on`,
`planned_time`, `revision`, `screen` (the opened page), and with `was_time` and `was_labels` what the last two groups
said when the page was drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from bedside.foundation.ids import uuid_in
from bedside.foundation.text import kept
from bedside.planning.content import Content, Picture, Wording
from bedside.planning.links import LinkPreview, link_id, links_in
from bedside.planning.models import Post
from bedside.planning.times import Moment, day_in, moment


@dataclass(frozen=True)
class Beside:
    """Time and labels as the form's controls say them. What nobody touched is left as others set it meanwhile."""

    time: str = ""
    labels: str = ""

    @classmethod
    def of(cls, post: Post) -> "Beside":
        """How the controls begin for a post that is saved."""
        at = timezone.localtime(post.planned_at) if post.planned_at else None
        tags = ", ".join(tag.name for tag in post.tags.all())
        return cls(f"{at:%Y-%m-%d %H:%M}" if at else " ", f"{post.campaign_id or ''}|{tags}")


@dataclass(frozen=True)
class Typed:
    """The form as it was sent. `planned` is the time as it was understood; `time_error` why it was not."""

    content: Content
    revision: int
    campaign: UUID | None
    tags: tuple[str, ...]
    planned: Moment | None
    time_error: str = ""
    has_time_fields: bool = True
    beside: Beside = Beside()
    screen: UUID | None = None
    began: Beside | None = None  # None: the form does not say what it began from

    @property
    def touches_time(self) -> bool:
        """Whether a time was typed, and not only left standing."""
        return self.has_time_fields and (self.began is None or self.began.time != self.beside.time)

    @property
    def touches_labels(self) -> bool:
        """Whether campaign or tags were changed."""
        return self.began is None or self.began.labels != self.beside.labels

    def with_picture(self, asset: UUID, alt_text: str) -> "Typed":
        """The same form with one more picture at the end."""
        pictures = (*self.content.pictures, Picture(asset, alt_text))
        return replace(self, content=replace(self.content, pictures=pictures))


def typed(form: QueryDict, zone: str) -> Typed:
    """Read the form; times are those on the clocks of `zone`. Nonsense in ids is left out, never an error."""
    day, at_time = form.get("planned_on", ""), form.get("planned_time", "")
    planned, error = planned_in(day, at_time, zone)
    revision = form.get("on_top_of") or form.get("revision", "0")
    return Typed(
        content=_content(form),
        revision=int(revision) if revision.isdecimal() else 0,
        campaign=uuid_in(form.get("campaign", "")),
        tags=tuple(part for part in _text(form, "tags").split(",") if part.strip()),
        planned=planned,
        time_error=error,
        has_time_fields="planned_on" in form,
        screen=uuid_in(form.get("screen", "")),
        beside=Beside(f"{day} {at_time}", f"{form.get('campaign', '')}|{_text(form, 'tags')}"),
        began=Beside(began, form.get("was_labels", ""))
        if (began := form.get("was_time")) is not None
        else None,
    )


def _content(form: QueryDict) -> Content:
    pictures = [asset for asset in (uuid_in(each) for each in form.getlist("picture")) if asset]
    channels = [channel for channel in (uuid_in(each) for each in form.getlist("channel")) if channel]
    shared = Content(
        text=_text(form, "text"),
        first_comment=_text(form, "first_comment"),
        thread=_parts(form, "thread"),
        sources=tuple(line.strip() for line in _text(form, "sources").splitlines() if line.strip()),
        language=form.get("language", "en")[:10] or "en",
        pictures=tuple(Picture(p, _text(form, f"alt-{p}").strip()) for p in dict.fromkeys(pictures)),
        wordings={channel: _wording(form, f"own-{channel}") for channel in channels},
    )
    return replace(shared, previews=tuple(_previews(form, shared)))


def _previews(form: QueryDict, content: Content) -> Iterator[LinkPreview]:
    """What the links show; a link that no longer stands in any wording shows nothing."""
    standing = links_in(*content.every_text())
    for url in dict.fromkeys(form.getlist("link")):
        name = f"link-{link_id(url)}"
        title, description = (
            " ".join(_text(form, f"{name}-{of}").split()) for of in ("title", "description")
        )
        if url in standing and (title or description):
            yield LinkPreview(url, title, description)


def _wording(form: QueryDict, name: str) -> Wording:
    """A channel's own wording; what reads like the post's own is no wording of its own."""
    if name not in form:
        return Wording()
    text, comment = _text(form, f"{name}-text"), _text(form, f"{name}-first_comment")
    return Wording(
        text=None if text == _text(form, "text") else text,
        first_comment=None if comment == _text(form, "first_comment") else comment,
        thread=_parts(form, f"{name}-thread") if f"{name}-thread" in form else None,
    )


def _text(form: QueryDict, name: str) -> str:
    return _plain(form.get(name, ""))


def _parts(form: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(part for part in map(_plain, form.getlist(name)) if part.strip())


def _plain(text: str) -> str:
    return kept(text).replace("\r\n", "\n")  # browsers send CRLF; networks count a line break as one


def planned_in(day: str, at: str, zone: str) -> tuple[Moment | None, str]:
    """The moment that two fields mean on the clocks of `zone`, and a sentence when they mean none."""
    if not day.strip() and not at.strip():
        return None, ""
    if not day.strip() or not at.strip():
        return None, _("Give both a day and a time, or neither.")
    on = day_in(day.strip())
    try:
        wall = datetime.combine(on, time.fromisoformat(at.strip())) if on else None
    except ValueError:
        wall = None
    if wall is None:
        return None, _("This is no day and time. Choose a day like 2026-11-30 and a time like 09:00.")
    return moment(wall.replace(second=0, microsecond=0, tzinfo=None), zone), ""
