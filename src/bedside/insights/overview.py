"""The whole overview for one question: the few numbers, the charts, and the sums that the table is paged by."""

from dataclasses import dataclass

from bedside.insights.charts import Chart, posts_chart, reactions_chart
from bedside.insights.figures import Figure, Sums, figures_of, sums_for
from bedside.insights.queries import Totals, gained_by_day, posts_by_day
from bedside.insights.wanted import Wanted
from bedside.people.models import Member


@dataclass(frozen=True)
class Overview:
    """What the page shows above its table. New reactions by day are not known by campaign."""

    totals: Totals
    figures: list[Figure]
    posts: Chart | None
    reactions: Chart | None
    has_anything: bool


def overview_of(member: Member, wanted: Wanted) -> Overview:
    """The overview of one question. A constant number of queries, whatever there is."""
    sums: Sums = sums_for(member, wanted)
    published = posts_by_day(member, wanted)
    gained = gained_by_day(member, wanted) if wanted.campaign is None else {}
    return Overview(
        totals=sums.now,
        figures=figures_of(wanted, sums),
        posts=posts_chart(published, wanted) if published else None,
        reactions=reactions_chart(gained, wanted) if any(gained.values()) else None,
        has_anything=bool(sums.now.deliveries or sums.has_before or sums.has_heard),
    )
