"""What recurs in this room. Sending itself is the worker's pump and needs no trigger."""

from datetime import timedelta

from bedside.foundation import clock
from bedside.foundation.work import every
from bedside.publishing.models import Attempt
from bedside.publishing.sighting import look_at_new
from bedside.publishing.taking_down import take_down


@every(30)
def take_down_open() -> None:
    """Take up deletions that are still open: the network asked us to wait, or a worker ended in the middle."""
    before = clock.now() - timedelta(seconds=20)
    still = Attempt.objects.filter(kind=Attempt.Kind.DELETE, ended_at=None, started_at__lte=before)
    for attempt_id in still.order_by("started_at").values_list("pk", flat=True)[:50]:
        take_down(str(attempt_id))


@every(5, can_wait=True)
def look_at_what_was_accepted() -> None:
    """See with our own eyes that what networks accepted is public."""
    look_at_new(seconds=4.0)
