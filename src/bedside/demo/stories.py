"""What happens to one post, from its first draft to the public? The ordinary life, and the lives that go wrong.

A story puts its deeds on the agenda: somebody writes, sends it for approval, others sign, the house schedules, it
leaves. Which texts live which life is decided in `history` and `queue`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bedside.approvals.actions import decide
from bedside.approvals.models import Request, Step
from bedside.approvals.signers import current_step
from bedside.demo.agenda import Agenda
from bedside.demo.departing import Departing, deliveries_of
from bedside.demo.people import Cast
from bedside.demo.seasons import Planned
from bedside.demo.shelf import Piece, dice
from bedside.foundation import clock
from bedside.people.models import Member
from bedside.planning.actions import create_post, label_post, plan_post, save_post, submit_post
from bedside.planning.clearance import KIND
from bedside.planning.content import Content, Picture, Wording
from bedside.planning.models import Post
from bedside.publishing.models import Delivery

SentTo = Callable[[Piece, Delivery], None]


@dataclass
class Stage:
    """Where stories are told: the people, the agenda, the way out, and who listens when something is public."""

    cast: Cast
    agenda: Agenda
    departing: Departing
    present: datetime
    told_of_sent: list[SentTo] = field(default_factory=list)


@dataclass
class Story:
    """The life of one post. `remark` is what a signer wants changed first, with the wording that came before."""

    stage: Stage
    planned: Planned
    turn: int
    before: str = ""
    remark: str = ""
    post: Post | None = None

    @property
    def piece(self) -> Piece:
        return self.planned.piece

    @property
    def author(self) -> Member:
        return self.stage.cast.author_for(self.piece.channels, self.turn)

    def begin(self) -> None:
        """Put the whole ordinary life of the post on the agenda."""
        days = 3 + dice("days", self.piece.key) % 5
        written_at = working_hour(self.planned.at - timedelta(days=days), self.piece.key, self._zone)
        self.stage.agenda.at(written_at, self.write)

    def write(self) -> None:
        """Somebody writes it, sorts it, gives it a time, and sends it for approval a little later."""
        self.post = create_post(by=self.author, content=self.content(self.before or self.piece.text))
        self.label(self.post)
        plan_post(self.post, at=self.planned.at, by=self.author)
        self._later(timedelta(minutes=9 + dice("read", self.piece.key) % 150), self.submit)

    def submit(self) -> None:
        """The author sends it for approval."""
        submit_post(self._written, by=self.author)
        hours = 1 + dice("sign", self.piece.key) % 26
        at = working_hour(clock.now() + timedelta(hours=hours), f"sign {self.piece.key}", self._zone)
        latest = self.planned.at - timedelta(minutes=30 + dice(self.piece.key) % 200)
        self.stage.agenda.at(max(clock.now() + timedelta(minutes=4), min(at, latest)), self.sign)

    def sign(self) -> None:
        """Whoever has to sign looks at it; the last signature lets the house schedule it."""
        request, step = self.asked()
        if request is None or step is None:
            return
        signer = self.stage.cast.signer_for(step.signing, self.piece.channels)
        if self.remark:
            decide(request, by=signer, says="change", words=self.remark)
            self.remark = ""
            self._later(timedelta(minutes=55), self.mend)
            return
        decide(request, by=signer, says="sign")
        if self._fresh().state == Post.State.AGREED:
            self.stage.agenda.at(
                self.planned.at + timedelta(seconds=1 + dice(self.piece.key) % 7), self.leave
            )
        else:
            self._later(timedelta(minutes=12 + dice("next", self.piece.key) % 45), self.sign)

    def asked(self) -> tuple[Request | None, Step | None]:
        """The request that waits for signatures, and whose turn it is."""
        asked = Request.objects.filter(subject_kind=KIND, subject_id=self._written.pk)
        request = asked.order_by("-asked_at").first()
        return request, current_step(request) if request else None

    def mend(self) -> None:
        """The author takes the remark up and sends it again."""
        post = self._fresh()
        save_post(post, by=self.author, content=self.content(self.piece.text), revision=post.revision)
        self._later(timedelta(minutes=6), self.submit)

    def leave(self) -> None:
        """Its minute has come."""
        for delivery in deliveries_of(self._written.pk):
            sent = self.stage.departing.leave(delivery)
            if sent.state == Delivery.State.SENT:
                for tell in self.stage.told_of_sent:
                    tell(self.piece, sent)

    def content(self, text: str) -> Content:
        """The whole wording of the post."""
        piece, cast = self.piece, self.stage.cast
        own = piece.wordings or {}
        pictures: tuple[Picture, ...] = ()
        if asset := cast.pictures.get(piece.picture):
            alt_text = asset.alt_text if piece.alt_text is None else piece.alt_text
            pictures = (Picture(asset.pk, alt_text),)
        return Content(
            text=text,
            first_comment=piece.first_comment,
            thread=piece.thread,
            sources=piece.sources,
            language=piece.language,
            pictures=pictures,
            wordings={cast.channels[key].pk: Wording(own.get(key)) for key in piece.channels},
        )

    def label(self, post: Post) -> None:
        """Sort it into its campaign, when that runs at the time, and under its tags."""
        campaign = self.stage.cast.campaigns.get(self.piece.campaign)
        if campaign and not campaign.starts_on <= self.planned.at.date() <= campaign.ends_on:
            campaign = None
        label_post(post, by=self.author, campaign=campaign, tags=self.piece.tags)

    @property
    def _zone(self) -> str:
        return self.stage.cast.organization.time_zone

    def _later(self, after: timedelta, deed: Callable[[], None]) -> None:
        self.stage.agenda.at(clock.now() + after, deed)

    @property
    def _written(self) -> Post:
        assert self.post is not None, "A story is written before anything else happens in it."  # noqa: S101  # our own order of deeds
        return self.post

    def _fresh(self) -> Post:
        self._written.refresh_from_db(fields=["state", "revision"])
        return self._written


def working_hour(moment: datetime, key: str, zone: str) -> datetime:
    """A time of the same day at which people work: between eight and five, and Friday instead of a weekend."""
    wall = moment.astimezone(ZoneInfo(zone))
    back = max(0, wall.weekday() - 4)
    throw = dice("hour", key)
    worked = clock.local(wall.date() - timedelta(days=back), 8 + throw % 9, throw // 9 % 60, zone)
    return worked + timedelta(seconds=throw // 540 % 60)
