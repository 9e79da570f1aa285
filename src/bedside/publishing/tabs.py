"""The parts of the ledger as tabs, with how many wait for a person."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bedside.publishing.queries import Wish


def tabs_for(wish: Wish, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Gone out · needs a person · coming · cancelled; the other filters are kept."""
    labels = {
        "out": (_("Gone out"), "sent"),
        "needs": (_("Needs a person"), "unsure"),
        "coming": (_("Coming"), "clock"),
        "cancelled": (_("Cancelled"), "cancelled"),
    }
    return [
        {
            "label": label,
            "icon": icon,
            "url": _url(wish, show),
            "is_current": wish.show == show,
            "count": sum(counts.values()) if show == "needs" else 0,
        }
        for show, (label, icon) in labels.items()
    ]


def _url(wish: Wish, show: str) -> str:
    kept = {"show": show, "channel": wish.channel, "day": wish.day, "q": wish.words}
    return f"{reverse('publishing:ledger')}?{urlencode({key: value for key, value in kept.items() if value})}"
