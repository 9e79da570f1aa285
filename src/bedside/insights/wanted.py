"""Which numbers are asked for? A span of days that ends today, a channel, a campaign, an order; all in the address."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

SPANS = (7, 28, 90, 365)  # days
USUAL = 28

ORDERS = {
    "reactions": ("-reactions", "-sent_at"),
    "newest": ("-sent_at", "-pk"),
    "replies": ("-replies", "-sent_at"),
    "shares": ("-shares", "-sent_at"),
    "views": ("-views", "-sent_at"),
}


@dataclass(frozen=True)
class Wanted:
    """A question to the numbers. `until` is the last day that counts, in the organization's time zone."""

    until: date
    days: int = USUAL
    channel: UUID | None = None
    campaign: UUID | None = None
    order: str = "reactions"

    @property
    def since(self) -> date:
        """The first day that counts."""
        return self.until - timedelta(days=self.days - 1)

    @property
    def before(self) -> "Wanted":
        """The same question about as many days just before."""
        return Wanted(self.since - timedelta(days=1), self.days, self.channel, self.campaign, self.order)
