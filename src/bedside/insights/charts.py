"""The charts: Vega-Lite specifications with their data inside, and in words what they show.

One series each, so that nothing depends on telling colors apart. Long spans are drawn by weeks. Colors and
fonts are the shell's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.insights.wanted import Wanted

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
BY_WEEK_FROM = 60  # days
HEIGHT = 200


@dataclass(frozen=True)
class Chart:
    """A chart as the page shows it: its specification, its title, and what it shows in words."""

    spec: dict[str, Any]
    title: str
    summary: str


def posts_chart(counts: Mapping[date, int], wanted: Wanted) -> Chart:
    """How much was published on each day or in each week, as bars."""
    points = _points(counts, wanted)
    title = _("Published by week") if _is_by_week(wanted) else _("Published by day")
    axis = {"field": "n", "type": "quantitative", "title": _("Publications"), "axis": _WHOLE}
    return Chart(_spec("bar", points, axis), title, _summary(points, _is_by_week(wanted)))


def reactions_chart(gained: Mapping[date, int], wanted: Wanted) -> Chart:
    """How many reactions the readings of each day or week found to be new, as a line with points."""
    points = _points(gained, wanted)
    title = _("New reactions by week") if _is_by_week(wanted) else _("New reactions by day")
    axis = {"field": "n", "type": "quantitative", "title": _("New reactions"), "axis": _WHOLE}
    return Chart(
        _spec({"type": "line", "point": True}, points, axis), title, _summary(points, _is_by_week(wanted))
    )


def growth_chart(readings: list[tuple[str, datetime, float]]) -> Chart:
    """How one post's likes grew on its channels: a line each, told apart by shape and dash, named in the legend."""
    values = [
        {"channel": channel, "at": timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%S"), "n": value}
        for channel, at, value in readings
    ]
    spec = {
        "$schema": SCHEMA,
        "height": HEIGHT,
        "data": {"values": values},
        "mark": {"type": "line", "point": True, "interpolate": "step-after"},
        "encoding": {
            "x": {
                "field": "at",
                "type": "temporal",
                "title": None,
                "axis": {"format": "%b %-d, %H:%M", "tickCount": 6, "labelOverlap": True},
            },
            "y": {"field": "n", "type": "quantitative", "title": _("Likes"), "axis": _WHOLE},
            "color": {"field": "channel", "type": "nominal", "title": None},
            "shape": {"field": "channel", "type": "nominal", "title": None},
            "strokeDash": {"field": "channel", "type": "nominal", "title": None},
        },
    }
    last = {channel: value for channel, _at, value in readings}
    told = [_("%(channel)s: %(n)s likes") % {"channel": c, "n": _said(n)} for c, n in last.items()]
    return Chart(spec, _("How likes grew"), _("At the latest change: %s.") % "; ".join(told))


_WHOLE = {"format": ",d", "tickMinStep": 1}


def _spec(mark: str | dict[str, Any], points: list[tuple[date, int]], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "height": HEIGHT,
        "data": {"values": [{"on": on.isoformat(), "day": _day(on), "n": n} for on, n in points]},
        "mark": mark,
        "encoding": {
            "x": {
                "field": "on",
                "type": "ordinal",
                "timeUnit": "utcyearmonthdate",
                "title": None,
                "axis": {"labelOverlap": True, "labelAngle": 0},
            },
            "y": y,
            "tooltip": [
                {"field": "day", "type": "nominal", "title": _("From") if len(points) == 1 else _("Day")},
                {"field": "n", "type": "quantitative", "title": y["title"], "format": ",d"},
            ],
        },
    }


def _points(counts: Mapping[date, int], wanted: Wanted) -> list[tuple[date, int]]:
    """Every day of the span with its count, or every week that begins in steps of seven days from its first."""
    step = 7 if _is_by_week(wanted) else 1
    found = []
    for first in range(0, wanted.days, step):
        on = wanted.since + timedelta(days=first)
        span = [on + timedelta(days=n) for n in range(min(step, wanted.days - first))]
        found.append((on, sum(counts.get(day, 0) for day in span)))
    return found


def _is_by_week(wanted: Wanted) -> bool:
    return wanted.days >= BY_WEEK_FROM


def _summary(points: list[tuple[date, int]], is_by_week: bool) -> str:
    total = sum(n for _on, n in points)
    if not total:
        return _("Nothing in this period.")
    best_on, best = max(points, key=lambda point: point[1])
    words = {"total": _said(total), "best": _said(best), "day": _day(best_on)}
    if is_by_week:
        return _("%(total)s in all. The most, %(best)s, in the week from %(day)s.") % words
    none = sum(1 for _on, n in points if not n)
    quiet = ngettext("%(n)s day had none.", "%(n)s days had none.", none) % {"n": none} if none else ""
    return (_("%(total)s in all. The most, %(best)s, on %(day)s.") % words + " " + quiet).strip()


def _day(on: date) -> str:
    return date_format(on, "SHORT_DATE_FORMAT")


def _said(value: float) -> str:
    return number_format(int(value), use_l10n=True, force_grouping=True)
