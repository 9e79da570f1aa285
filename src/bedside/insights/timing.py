"""When is a post read, and when its account? Every span of time of this room, in one place.

Most of what a post brings comes on its first day, so it is read often then and ever more rarely later. The first two
readings are early, so that whoever has just published sees that something comes. A reading
that was missed (the worker was away) is not made up for: the next one tells as much.
"""

from datetime import datetime, timedelta

SOON = (timedelta(minutes=1), timedelta(minutes=5))
FEW = 50  # posts that were found together; whoever publishes by the hundred is not read in the midst of it
FIRST_DAY = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6))
DAILY_UNTIL = timedelta(days=30)
WEEKLY_UNTIL = timedelta(days=90)
DAY, WEEK = timedelta(days=1), timedelta(days=7)

ACCOUNT_EVERY = timedelta(hours=24)
REST = timedelta(minutes=15)  # after a network could not be read and named no time
ANSWER_WITHIN = timedelta(days=1)
BACK = timedelta(days=30)  # so far back we look for what was sent and is not followed yet
COUNTED_AGAIN = 3  # days whose messages are counted anew each time: late arrivals, answers within a day
FIRST_COUNT = 400  # days that are counted when a channel's messages were never counted
PACE = 0.02  # seconds between two writes, in which the web gets its turn
TAKES = 40.0  # seconds after which a turn of reading ends; the rest is due in the next


def first_reading(sent_at: datetime, together: int) -> datetime:
    """When a post is read first that was found among so many; an old one is due at once."""
    return sent_at + (SOON if together <= FEW else FIRST_DAY)[0]


def next_reading(sent_at: datetime, after: datetime) -> datetime | None:
    """The first moment later than `after` at which a post that left at `sent_at` is read; None: never again.

    1 minute, 5 minutes, 15 minutes, 1 hour, 6 hours, then daily for 30 days, then weekly until the 90th day.
    """
    age = after - sent_at
    for span in (*SOON, *FIRST_DAY):
        if span > age:
            return sent_at + span
    span = max(age // DAY + 1, 1) * DAY
    if span <= DAILY_UNTIL:
        return sent_at + span
    weeks = (age - DAILY_UNTIL) // WEEK + 1
    span = DAILY_UNTIL + max(weeks, 1) * WEEK
    return sent_at + span if span <= WEEKLY_UNTIL else None
