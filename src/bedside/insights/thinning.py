"""How long are single readings kept? The first day's for good; of the later ones, when a post is no longer read,
the last of each week: the curve keeps its shape, and a year of posts stays small.
"""

from bedside.insights.models import Measurement, Result
from bedside.insights.timing import DAY, WEEK


def thin(result: Result) -> int:
    """Drop what is no longer needed of a post that is read no more; returns how many readings went."""
    kept: dict[tuple[int, int], int] = {}
    later = Measurement.objects.filter(delivery_id=result.pk, at__gt=result.sent_at + 1.5 * DAY).order_by(
        "at"
    )
    all_later = list(later.values_list("pk", "metric_id", "at"))
    for pk, metric, at in all_later:
        kept[metric, (at - result.sent_at) // WEEK] = pk
    dropped = {pk for pk, _metric, _at in all_later} - set(kept.values())
    Measurement.objects.filter(pk__in=dropped).delete()
    return len(dropped)
