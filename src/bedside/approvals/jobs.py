"""What the worker does for this room."""

from bedside.approvals.passing import expire
from bedside.foundation import clock
from bedside.foundation.work import every


@every(seconds=60)
def expire_requests() -> None:
    """Close the requests whose time is over."""
    expire(at=clock.now())
