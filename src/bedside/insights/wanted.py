"""Which numbers are asked for? A span of days that ends today, a channel, a campaign, an order; all in the address."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, OrderBy

SPANS = (7, 28, 90, 365)  # days
USUAL = 28


def _most(number: str) -> OrderBy:
    """The greatest first, the unknown last: left to themselves, databases disagree about where it belongs."""
    return F(number).desc(nulls_last=True)


# A delivery's id sorts by the time it was made; together with the day it stands in the index of the sums.
ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "reactions": (_most("reactions"), "-sent_on", "-pk"),
    "newest": ("-sent_on", "-pk"),
    "replies": (_most("replies"), "-sent_on", "-pk"),
    "shares": (_most("shares"), "-sent_on", "-pk"),
    "views": (_most("views"), "-sent_on", "-pk"),
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
