"""How does a post of the past leave? Through publishing's own last gate, with the practice network's word told by us.

The calls of a flight were made long ago, so instead of making them the history is imported there with the same keys.
Everything else is publishing's: the gate's look, the departure, the landing, the attempts, the receipts, the record.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from bedside.demo.people import Cast
from bedside.demo.practice_side import PracticeSide
from bedside.demo.shelf import dice
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.library import files
from bedside.networks.contract import NotDone, Progress, Receipt, RemoteRef
from bedside.planning.models import PostMedia, Variant
from bedside.publishing import departures, gate, lanes
from bedside.publishing.landing import Landed, land
from bedside.publishing.models import Delivery
from bedside.publishing.models import Receipt as KeptReceipt
from bedside.publishing.writing import Batch

WORKER = "demonstration"
CLAIMED = timedelta(hours=1)  # beyond the present, so that no lane runs out while the history is told


@dataclass
class Departing:
    """Lets deliveries leave at the moment at which one lives, and tells the practice network what it took.

    A lane is claimed when something first leaves on it and given back by `finish`: nobody else is here meanwhile.
    """

    cast: Cast
    practice: PracticeSide
    present: datetime
    lanes: set[UUID] = field(default_factory=set)

    def leave(self, delivery: Delivery, *, ends: NotDone | None = None, arrives: bool = True) -> Delivery:
        """Through the gate and out; `ends` is an outcome other than success, `arrives` whether it is public then."""
        departed = self._depart(delivery)
        if departed is not None:
            self._land(departed, ends, arrives)
        delivery.refresh_from_db()
        return delivery

    def finish(self) -> None:
        """Give the lanes back."""
        lanes.release(self.lanes, worker=WORKER)
        self.lanes.clear()

    def _depart(self, delivery: Delivery) -> departures.Departure | None:
        now, batch = clock.now(), Batch()
        if delivery.channel_id not in self.lanes:
            lanes.claim([delivery.channel_id], worker=WORKER, now=now, until=self.present + CLAIMED)
            self.lanes.add(delivery.channel_id)
        candidate = departures.prepared(gate.look([delivery], now)[0], now)
        left = departures.depart(batch, [candidate], worker=WORKER, lease_until=now + timedelta(minutes=1))
        _write(batch)
        return left[0] if left else None

    def _land(self, departure: departures.Departure, ends: NotDone | None, arrives: bool) -> None:
        delivery, batch = departure.delivery, Batch()
        at = departure.leaves_at + timedelta(milliseconds=380 + dice(delivery.excerpt) % 900)
        progress = departure.progress.with_prepared(at, is_ready=True)
        delivered = self._answered(delivery, progress, at) if arrives else progress
        if ends is not None and arrives:
            progress = progress.asking(at)  # it is public, and we do not know it yet
        elif ends is None:
            progress = delivered
        land(batch, Landed(delivery, departure.token, progress, ends or progress.receipt, at))
        _write(batch)
        if ends is None:
            _seen_live(delivery.pk, at + timedelta(seconds=70))

    def _answered(self, delivery: Delivery, progress: Progress, at: datetime) -> Progress:
        """Every part with its receipt, told to the practice network."""
        parent = delivery_parent(delivery)
        while (part := progress.current) is not None:
            progress = progress.asking(at)
            remote_id = f"{delivery.pk.hex}{progress.index}"
            root = (
                progress.receipts[0].remote_id
                if progress.receipts
                else (parent.root if parent else remote_id)
            )
            said = {"id": remote_id, "text": part.text, "key": part.key}
            if progress.receipts:
                self._comment(delivery, said, progress.receipts[-1].remote_id, at)
            elif parent is not None:
                self._answer(delivery, said, parent, at)
            else:
                self._post(delivery, said, at)
            url = f"{self.practice.base_url}/p/{remote_id}"
            progress = progress.answered(Receipt(remote_id, url, at, {"root_id": root}))
        return progress

    def _post(self, delivery: Delivery, said: dict[str, str], at: datetime) -> None:
        handle = _handle(delivery)
        media = []
        post_id = Variant.objects.values_list("post_id", flat=True).get(pk=delivery.subject_id)
        for used in PostMedia.objects.filter(post_id=post_id).select_related("asset"):
            name = f"{used.asset.content_hash[:24]}-{delivery.pk.hex}"
            with files.open_clean(used.asset) as content:
                self.practice.tell_picture(name, handle, content.read(), used.alt_text)
            media.append(name)
        delivery.refresh_from_db(fields=["leaving"])
        numbers = numbers_of(delivery, age=self.present - at)
        self.practice.tell("post", at, channel=handle, media=media, **said, **numbers)

    def _comment(self, delivery: Delivery, said: dict[str, str], parent: str, at: datetime) -> None:
        self.practice.tell("comment", at, channel=_handle(delivery), in_reply_to=parent, notify=False, **said)

    def _answer(self, delivery: Delivery, said: dict[str, str], parent: "Parent", at: datetime) -> None:
        if parent.is_review:
            reply = {**said, "at": at.isoformat(timespec="milliseconds")}
            self.practice.answer_review(parent.ref.remote_id, reply)
        else:
            self._comment(delivery, said, parent.ref.remote_id, at)


@dataclass(frozen=True)
class Parent:
    """What an answer hangs below."""

    ref: RemoteRef

    @property
    def is_review(self) -> bool:
        return self.ref.extra.get("is_review") == "yes"

    @property
    def root(self) -> str:
        return "" if self.is_review else self.ref.extra.get("root_id", self.ref.remote_id)


def delivery_parent(delivery: Delivery) -> Parent | None:
    """The message that a delivery answers; None for a post."""
    stored = Delivery.objects.values_list("leaving", flat=True).get(pk=delivery.pk)
    return Parent(RemoteRef.from_json(stored["in_reply_to"])) if stored.get("in_reply_to") else None


def numbers_of(delivery: Delivery, *, age: timedelta) -> dict[str, int]:
    """How often a post was seen, liked and shared when it was this old: most of it on the first days."""
    has_picture = bool(delivery.leaving.get("media"))
    grown = 1 - 0.75 ** (max(age.total_seconds(), 600.0) / 43_200)
    throw = dice("views", delivery.excerpt, delivery.channel.handle)
    reach = {"health": 640, "pediatrics": 410, "careers": 190, "salud": 260}
    base = next((n for word, n in reach.items() if word in delivery.channel.handle), 120)
    views = int(base * grown * (0.55 + (throw % 1000) / 800) * (1.7 if has_picture else 1.0))
    return {"views": views, "likes": views * (2 + throw % 5) // 100, "reposts": views * (throw % 3) // 300}


def deliveries_of(post_id: UUID) -> list[Delivery]:
    """The deliveries of a post that still wait."""
    variants = Variant.objects.filter(post_id=post_id).values("pk")
    waiting = Q(subject_kind="variant", subject_id__in=variants, state=Delivery.State.WAITING)
    found = Delivery.objects.filter(waiting).select_related("channel__organization")
    return list(found.order_by("due_at", "id"))


def _handle(delivery: Delivery) -> str:
    return delivery.channel.handle.removeprefix("@")


def _seen_live(delivery_id: UUID, at: datetime) -> None:
    KeptReceipt.objects.filter(pk=delivery_id).update(seen_live_at=at)


def _write(batch: Batch) -> None:
    batch.flush()
    for news in batch.news:
        announce(news)
