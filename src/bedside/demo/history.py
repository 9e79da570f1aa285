"""What did the clinic publish in the last four months? Ordinary posts, and the few days on which something went wrong.

The texts are chosen by `seasons` for the days around the present one; the lives that went wrong are told in
`mishaps`. What people said to all of it is `voices`.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bedside.demo import mishaps
from bedside.demo.people import Cast
from bedside.demo.seasons import Planned, plan
from bedside.demo.shelf import library_of_posts, words
from bedside.demo.stories import Stage, Story
from bedside.foundation import clock

AHEAD = timedelta(days=33)
MOST_TEXTS = 176


def everything_planned(cast: Cast, first: date) -> list[Planned]:
    """Every text from the first day of the history to the last day of the queue, in the order of their times."""
    last = (clock.now() + AHEAD).date()
    zone = cast.organization.time_zone
    return plan(library_of_posts(), first, last, most=MOST_TEXTS, zone=zone)


def tell(stage: Stage, past: Sequence[Planned]) -> None:
    """Put the lives of all these posts on the agenda, and what went wrong in between."""
    remarks = {entry["key"]: entry for entry in words("lives")["changed"]}
    for turn, planned in enumerate(past):
        remark = remarks.get(planned.piece.key, {})
        Story(stage, planned, turn, remark.get("before", "").strip(), remark.get("remark", "")).begin()
    mishaps.tell(stage)
