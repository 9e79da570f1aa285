"""What goes wrong at a clinic's desk? A picture that was refused, an answer that was lost, a post that had to go.

Each has its own short story in `words/lives.yaml`, so that a visitor finds every kind of delivery on the ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bedside.approvals.actions import decide
from bedside.demo.departing import WORKER, deliveries_of
from bedside.demo.seasons import Planned
from bedside.demo.shelf import piece, words
from bedside.demo.stories import Stage, Story, working_hour
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.networks.contract import Progress, Receipt, Refused, Unsure
from bedside.planning.actions import withdraw_post
from bedside.publishing import lookup
from bedside.publishing.models import Delivery
from bedside.publishing.timing import FIRST_LOOK
from bedside.publishing.writing import Batch

BESIDE = ("life", "days_ago", "remark", "because")
SPANS = (2.0, 10.0, 60.0)


def tell(stage: Stage) -> None:
    """Put every mishap on the agenda."""
    for number, entry in enumerate(words("lives")["mishaps"]):
        fields = {name: value for name, value in entry.items() if name not in BESIDE}
        at = working_hour(
            clock.now() - timedelta(days=entry["days_ago"]), entry["key"], stage.cast.organization.time_zone
        )
        planned = Planned(piece(fields, {}), at)
        _LIVES[entry["life"]](stage, planned, number, remark=entry.get("remark", "")).begin()


@dataclass
class Refusing(Story):
    """The network refused it; the delivery stands as failed, with the network's sentence."""

    def leave(self) -> None:
        sentence = "The practice network finds a picture too large. Use a smaller one."
        for delivery in deliveries_of(self._written.pk):
            self.stage.departing.leave(
                delivery, ends=Refused(sentence, code="media_too_large"), arrives=False
            )


@dataclass
class Losing(Story):
    """The answer of the network was lost; the house looked the post up and found it."""

    def leave(self) -> None:
        sentence = "The answer of the network was lost, so the post may be public. We look it up."
        for delivery in deliveries_of(self._written.pk):
            self.stage.departing.leave(delivery, ends=Unsure(sentence))
            self._later(FIRST_LOOK + timedelta(seconds=2), self.look_up)

    def look_up(self) -> None:
        """The look that finds it."""
        now, batch = clock.now(), Batch()
        for search in lookup.claim(batch, worker=WORKER, now=now, until=now + timedelta(minutes=1), most=1):
            found = lookup.Found(search, self._found(search.delivery, search.progress), now)
            lookup.conclude(batch, found, spans=SPANS)
        batch.flush()
        for news in batch.news:
            announce(news)

    def _found(self, delivery: Delivery, progress: Progress) -> Progress:
        remote_id = f"{delivery.pk.hex}0"
        asked_at = progress.parts[0].asked_at or clock.now()
        url = f"{self.stage.departing.practice.base_url}/p/{remote_id}"
        return progress.answered(Receipt(remote_id, url, asked_at, {"root_id": remote_id}))


@dataclass
class Turning(Story):
    """A signer refused it, and its author withdrew it."""

    def sign(self) -> None:
        request, step = self.asked()
        if request is not None and step is not None:
            signer = self.stage.cast.signer_for(step.signing, self.piece.channels)
            decide(request, by=signer, says="refuse", words=self.remark)
            self._later(timedelta(hours=2), self.withdraw)

    def withdraw(self) -> None:
        """It is not to be published."""
        withdraw_post(self._fresh(), by=self.author, because=self.remark)


# "deleted" leaves like any other; it is taken down when the practice network knows of it: `erasing`.
_LIVES: Mapping[str, type[Story]] = {
    "refused": Turning,
    "failed": Refusing,
    "unsure": Losing,
    "sent": Story,
    "deleted": Story,
}
