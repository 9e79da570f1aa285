"""What the worker does for this room."""

from bedside.api.calls import send_due
from bedside.foundation.work import every


@every(seconds=5)
def send_webhooks() -> None:
    """Send the messages to other programs whose time has come."""
    send_due()
