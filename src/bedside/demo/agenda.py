"""In which order did things happen? Deeds are told in the order of their times, each at its own moment.

The stories of many posts run through one another, as they do in a clinic; so the record reads in order, and no deed
sees what only happened later.
"""

import heapq
from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime
from itertools import count
from uuid import UUID

from bedside.foundation import clock
from bedside.foundation.ids import uuid7

Deed = Callable[[], object]


class Agenda:
    """Deeds with their moments; a deed may put further ones on it."""

    def __init__(self) -> None:
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._numbers = count()
        self._ids: list[UUID] = []
        self._moments: list[datetime] = []

    def at(self, moment: datetime, deed: Deed) -> None:
        """Do this at that moment (aware); what has the same moment is done in the order in which it came."""
        heapq.heappush(self._deeds, (moment, next(self._numbers), deed))

    def live(self, until: datetime) -> None:
        """Do everything up to and including `until`."""
        while self._deeds and self._deeds[0][0] <= until:
            moment, _number, deed = heapq.heappop(self._deeds)
            self._ids.append(uuid7())
            self._moments.append(moment)
            with clock.at(moment):
                deed()

    def moment_of(self, row_id: UUID) -> datetime | None:
        """At which moment a row with this id (version 7: it sorts by the time it was made) was made; None before."""
        place = bisect_right(self._ids, row_id)
        return self._moments[place - 1] if place else None
