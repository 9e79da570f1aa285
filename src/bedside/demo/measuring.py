"""How did the numbers of the last months come about? Read once a week, and daily of late.

The readings are stored by insights' own pen. Only what the network would have said is worked out here, from the numbers
it has today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count

from bedside.demo.departing import numbers_of
from bedside.demo.shelf import words
from bedside.demo.stories import Stage
from bedside.foundation import clock
from bedside.inbox.models import Message
from bedside.insights.following import follow_sent
from bedside.insights.models import Result
from bedside.insights.storing import store_account, store_posts
from bedside.networks.contract import Number
from bedside.networks.models import Channel

READING, DAILY = timedelta(days=7), timedelta(days=1)
SHOWN = timedelta(days=28)  # what a visitor sees first is read every day
VERSION = "practice-1"
GREW_BY = 0.16  # how much of today's followers came in the months of the history


@dataclass
class Measuring:
    """The readings of all channels."""

    stage: Stage

    def tell(self, history: timedelta) -> None:
        """Put the readings on the agenda, the last one half an hour ago."""
        at = self.stage.present - timedelta(minutes=31)
        while at > self.stage.present - history:
            self.stage.agenda.at(at, lambda: self.read(history))
            at -= DAILY if self.stage.present - at < SHOWN else READING

    def read(self, history: timedelta) -> None:
        """Read every channel that can be read."""
        follow_sent(self.stage.cast.organization, back=history)
        past = (self.stage.present - clock.now()) / history
        for said in words("clinic")["channels"]:
            channel = self.stage.cast.channels[said["key"]]
            channel.refresh_from_db(fields=["health"])
            if channel.health == Channel.Health.HEALTHY:
                followers = int(said["followers"] * (1 - GREW_BY * past))
                store_account(
                    channel, self._numbers({"followers": followers, "profile_views": followers * 3})
                )
                self._read_posts(channel)

    def _read_posts(self, channel: Channel) -> None:
        now = clock.now()
        due = Result.objects.filter(channel=channel, next_at__lte=now).select_related("delivery__channel")
        results = list(due)
        replies = _replies_to(result.pk for result in results)
        found = []
        for result in results:
            counts = numbers_of(result.delivery, age=now - result.sent_at)
            counts["replies"] = replies.get(result.pk, 0)
            found.append((result, self._numbers(counts)))
        store_posts(channel, found)

    def _numbers(self, counts: dict[str, int]) -> list[Number]:
        return [Number(name, value, VERSION, clock.now()) for name, value in counts.items()]


def _replies_to(delivery_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many messages stand below each post."""
    below = Message.objects.filter(conversation__delivery_id__in=list(delivery_ids), hidden_at=None)
    counted = below.values("conversation__delivery_id").annotate(count=Count("pk"))
    return dict(counted.values_list("conversation__delivery_id", "count"))
