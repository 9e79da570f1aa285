"""What did people say to the clinic? Comments below its posts, mentions, and reviews, as they arrived.

Each is told to the practice network and taken into the inbox at its time. What is long ago was read in one go every
few days. How the clinic answers is `answering`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bedside.demo.answering import Answering
from bedside.demo.seasons import Planned
from bedside.demo.shelf import Piece, dice, words
from bedside.demo.stories import Stage, working_hour
from bedside.foundation import clock
from bedside.foundation.ids import uuid7
from bedside.inbox.actions import take_in
from bedside.inbox.arrival import Arrival, answer_id
from bedside.networks.contract import Author
from bedside.networks.models import Channel
from bedside.publishing.models import Delivery

Said = Mapping[str, Any]
ONE_BY_ONE = timedelta(days=33)  # since then every message was taken in when it came
READING = timedelta(days=4)


@dataclass
class Voices:
    """Everybody who speaks to the clinic, and what they say below which text."""

    stage: Stage
    answering: Answering
    below: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    unread: dict[str, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    spoken: int = 0

    def tell(self, past: Sequence[Planned]) -> None:
        """Decide what is said below which post, and put mentions, reviews and the reading on the agenda."""
        for topic, comments in words("voices")["comments"].items():
            self._spread(comments, [p.piece for p in past if p.piece.topic == topic] or [past[-1].piece])
        self.stage.told_of_sent.append(self.hear_about)
        now = clock.now()
        for said in words("voices")["mentions"]:
            self._at(said, partial(self.mention, said))
        for said in words("voices")["reviews"]:
            self._at(said, partial(self.review, said))
        reads_at = now - timedelta(days=120)
        while reads_at < now:
            self.stage.agenda.at(reads_at, self.read)
            reads_at += READING

    def hear_about(self, piece: Piece, delivery: Delivery) -> None:
        """A post is public: people speak below it in the hours after. They speak where it was said first."""
        for number, said in enumerate(self.below.pop(piece.key, ())):
            minutes = 14 + dice("speak", piece.key, number) % (60 * 30)
            at = clock.now() + timedelta(minutes=minutes)
            if "minutes_ago" in said:
                at = self._present - timedelta(minutes=said["minutes_ago"])
            self.stage.agenda.at(at, partial(self.comment, said, delivery))

    def comment(self, said: Said, delivery: Delivery) -> None:
        """Somebody writes below a post."""
        post_id = delivery.receipt.remote_id
        remote_id, by, now = self._new_id(), self._name(said, delivery.channel), clock.now()
        line = {"id": remote_id, "in_reply_to": post_id, "text": said["say"], "by": by}
        hidden_at = now + timedelta(minutes=41) if said.get("hide") else None
        if hidden_at:
            line["hidden_at"] = hidden_at.isoformat()
        self.stage.departing.practice.tell("comment", now, **line)
        arrival = self._arrival("reply", remote_id, by, said, in_reply_to=post_id, root=post_id)
        self._arrive(delivery.channel, arrival, said)

    def mention(self, said: Said) -> None:
        """Somebody names a channel in a post of their own."""
        channel = self.stage.cast.channels[said["to"]]
        said = {**said, "say": said["say"].format(handle=self.stage.cast.handles[said["to"]])}
        remote_id, by = self._new_id(), self._name(said, channel)
        self.stage.departing.practice.tell("mention", clock.now(), id=remote_id, text=said["say"], by=by)
        self._arrive(channel, self._arrival("mention", remote_id, by, said), said)

    def review(self, said: Said) -> None:
        """Somebody gives stars."""
        channel = self.stage.cast.channels[said["to"]]
        remote_id, by = self._new_id(), self._name(said, channel)
        handle = self.stage.cast.handles[said["to"]]
        line = {"id": remote_id, "channel": handle, "by": by, "stars": said["stars"], "text": said["say"]}
        self.stage.departing.practice.tell("review", clock.now(), **line)
        arrival = self._arrival("review", remote_id, by, said, root=remote_id)
        self._arrive(channel, arrival, said)

    def read(self) -> None:
        """Take in what has come since the last reading."""
        for key, arrivals in self.unread.items():
            take_in(self.stage.cast.channels[key], arrivals)
            for arrival in arrivals:
                self.answering.settle_later(arrival)
        self.unread.clear()

    def _arrive(self, channel: Channel, arrival: Arrival, said: Said) -> None:
        if clock.now() > self._present - ONE_BY_ONE or said.get("hide"):
            take_in(channel, [arrival])
            self.answering.look(arrival, said)
            return
        key = next(key for key, known in self.stage.cast.channels.items() if known.pk == channel.pk)
        self.unread[key].append(arrival)
        if "answer" in said:
            self.unread[key].append(self._answered_there(channel, arrival, said["answer"]))

    def _answered_there(self, channel: Channel, asked: Arrival, text: str) -> Arrival:
        """An answer that was given on the network itself, before answers were given here."""
        at = asked.at + timedelta(hours=2, minutes=dice(text) % 300)
        practice, handle = self.stage.departing.practice, channel.handle.removeprefix("@")
        is_review = asked.kind == "review"
        own_id = self._new_id()
        if is_review:
            practice.answer_review(asked.remote_id, {"id": own_id, "text": text, "at": at.isoformat()})
        else:
            line = {"id": own_id, "in_reply_to": asked.remote_id, "text": text, "channel": handle}
            practice.tell("comment", at, **line)
        return Arrival(
            kind=asked.kind,
            remote_id=answer_id(asked.remote_id) if is_review else own_id,
            author=Author(handle, channel.handle, channel.name),
            text=text,
            at=at,
            in_reply_to=asked.remote_id,
            root=asked.root,
            is_ours=True,
        )

    def _arrival(
        self, kind: str, remote_id: str, by: str, said: Said, root: str = "", in_reply_to: str = ""
    ) -> Arrival:
        base_url = self.stage.departing.practice.base_url
        return Arrival(
            kind=kind,
            remote_id=remote_id,
            author=Author(f"stranger:{by}", "", by),
            text=said["say"],
            at=clock.now(),
            remote_extra={"is_review": "yes"} if kind == "review" else {"root_id": root or remote_id},
            url=base_url if kind == "review" else f"{base_url}/p/{remote_id}",
            rating=said.get("stars"),
            root=root,
            in_reply_to=in_reply_to,
        )

    def _spread(self, comments: Sequence[Said], pieces: Sequence[Piece]) -> None:
        for number, said in enumerate(comments):
            place = -1 if "minutes_ago" in said else number * len(pieces) // len(comments)
            self.below[pieces[place].key].append(said)

    def _at(self, said: Said, deed: Any) -> None:
        day = self._present - timedelta(days=said["days_ago"])
        at = working_hour(day, said["say"] or str(said), self.stage.cast.organization.time_zone)
        self.stage.agenda.at(at, deed)

    def _name(self, said: Said, channel: Channel) -> str:
        """Who says it. Names come round again, as people do."""
        if "by" in said:
            return str(said["by"])
        names = words("voices")["nombres" if "salud" in channel.handle else "names"]
        self.spoken += 1
        return str(names[self.spoken * 7 % len(names)])

    def _new_id(self) -> str:
        return uuid7().hex

    @property
    def _present(self) -> datetime:
        return self.stage.present
