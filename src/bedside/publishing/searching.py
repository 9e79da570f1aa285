"""Which unsure deliveries does this worker look for now? Claiming searches and having hands carry them out.

What a search asks and what follows from it is `lookup`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from bedside.publishing import lookup
from bedside.publishing.crew import Crew
from bedside.publishing.models import Delivery
from bedside.publishing.timing import MOST_FLIGHTS
from bedside.publishing.writing import Pen

CLAIM_PATIENCE = 5.0  # seconds
CONCLUDE_PATIENCE = float("inf")  # as long as the process lives


class Searching:
    """One worker's searches by its clock; `over` is called with the delivery when one has been concluded."""

    def __init__(
        self,
        name: str,
        pen: Pen,
        crew: Crew,
        spans: Sequence[float],
        *,
        now: Callable[[], datetime],
        over: Callable[[UUID], None],
    ) -> None:
        self.name = name
        self.pen = pen
        self.crew = crew
        self.spans = spans
        self.now = now
        self.over = over

    def begin(self, now: datetime, until: datetime) -> list[UUID]:
        """Claim what is due for a look, and look; which deliveries are looked for from now on."""
        room = min(self.crew.free, MOST_FLIGHTS // 2)
        if not room or not Delivery.objects.filter(lookup.due_look_ups(now)).exists():
            return []
        claimed = self.pen.write(
            lambda batch: lookup.claim(batch, worker=self.name, now=now, until=until, most=room),
            patience=CLAIM_PATIENCE,
        )
        searches = claimed.result()
        for search in searches:
            self.crew.do(self._carried_out(search))
        return [search.delivery.pk for search in searches]

    def _carried_out(self, search: lookup.Search) -> Callable[[], None]:
        def do() -> None:
            found = lookup.find(search, self.now)
            written = self.pen.write(
                lambda batch: lookup.conclude(batch, found, spans=self.spans), patience=CONCLUDE_PATIENCE
            )
            written.add_done_callback(lambda _done: self.over(search.delivery.pk))

        return do
