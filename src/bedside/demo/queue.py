"""What is planned for the coming weeks? Agreed posts with their times, posts that wait for a signature, and drafts.

Some drafts hold what the guard stops: so a visitor sees the finding, mends it, and sees it go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bedside.approvals.models import Request
from bedside.approvals.outside import invite_signer
from bedside.demo.seasons import Planned
from bedside.demo.shelf import Piece, dice, piece, words
from bedside.demo.stories import Stage, Story, working_hour
from bedside.foundation import clock
from bedside.planning.actions import create_post, plan_post
from bedside.planning.models import Variant
from bedside.publishing.actions import hold_delivery
from bedside.publishing.models import Delivery

MOST_AGREED = 25
SOON = timedelta(hours=3)  # from the full hour


def tell(stage: Stage, coming: Sequence[Planned]) -> None:
    """Put the preparation of everything that is still to come on the agenda."""
    for turn, planned in enumerate(coming[:MOST_AGREED]):
        Coming(stage, planned, turn).begin()
    leaves_at = clock.now().replace(minute=0, second=0, microsecond=0) + SOON
    Coming(stage, Planned(_piece(words("desk")["soon"]), leaves_at), len(coming)).begin()
    _hold_one(stage, coming)
    for turn, entry in enumerate(words("desk")["waiting"]):
        Waiting(stage, _planned(stage, entry), turn, outside=entry.get("outside")).begin()
    for turn, entry in enumerate(words("desk")["drafts"]):
        Draft(stage, _planned(stage, entry), turn).begin()


def drafts() -> list[tuple[Piece, Sequence[str]]]:
    """The drafts, each with the rules that stop it; none for a clean one."""
    return [(_piece(entry), entry.get("stopped_by", ())) for entry in words("desk")["drafts"]]


@dataclass
class Coming(Story):
    """A post of the coming weeks: written some days ago, signed, and waiting for its minute."""

    def begin(self) -> None:
        days = 2 + dice("coming", self.piece.key) % 6
        written_at = working_hour(clock.now() - timedelta(days=days), self.piece.key, self._zone)
        self.stage.agenda.at(written_at, self.write)


@dataclass
class Waiting(Story):
    """A post that was sent for approval a few hours ago and that nobody has signed yet."""

    outside: Mapping[str, str] | None = None

    def begin(self) -> None:
        hours = 3 + dice("waiting", self.piece.key) % 30
        self.stage.agenda.at(clock.now() - timedelta(hours=hours), self.write)

    def sign(self) -> None:
        """Nobody has yet. Where somebody from outside has to, they were sent their personal link."""
        request, step = self.asked()
        if self.outside and request is not None and step is not None:
            _ask_outside(self.stage, request, step.signing, self.outside)


@dataclass
class Draft(Story):
    """A draft that nobody has sent for approval."""

    def begin(self) -> None:
        hours = 1 + dice("draft", self.piece.key) % 50
        self.stage.agenda.at(clock.now() - timedelta(hours=hours), self.write)

    def write(self) -> None:
        self.post = create_post(by=self.author, content=self.content(self.piece.text))
        self.label(self.post)
        if self.turn % 2 == 0:
            plan_post(self.post, at=self.planned.at, by=self.author)


def _planned(stage: Stage, entry: Mapping[str, Any]) -> Planned:
    zone = stage.cast.organization.time_zone
    return Planned(
        _piece(entry), working_hour(clock.now() + timedelta(days=entry["in_days"]), entry["key"], zone)
    )


def _piece(entry: Mapping[str, Any]) -> Piece:
    beside = ("in_days", "stopped_by", "outside")
    return piece({name: value for name, value in entry.items() if name not in beside}, {})


def _ask_outside(stage: Stage, request: Request, signing: str, person: Mapping[str, str]) -> None:
    invite_signer(request, signing=signing, by=stage.cast.members["ruth"], **person)


def _hold_one(stage: Stage, coming: Sequence[Planned]) -> None:
    """One of the coming posts is held by a person, with the reason."""
    held = words("desk")["held"]
    wanted = next((p for p in coming[4:MOST_AGREED] if "main" in p.piece.channels), None)
    if wanted is None:
        return

    def hold() -> None:
        ours = Variant.objects.filter(
            post__organization=stage.cast.organization, post__text=wanted.piece.text
        )
        waiting = Delivery.objects.filter(subject_id__in=ours.values("pk"), state=Delivery.State.WAITING)
        if delivery := waiting.select_related("channel").first():
            hold_delivery(delivery, by=stage.cast.members["marcus"], because=held["because"])

    stage.agenda.at(clock.now() - timedelta(minutes=95), hold)
