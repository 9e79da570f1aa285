"""Time zones by their IANA names: which there are, and whether a word is one."""

from functools import cache
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal

# Shown first: where most organizations are.
COMMON = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


@cache
def known_zones() -> frozenset[str]:
    """Every zone that this machine knows. To ask it means to open some 600 files, and they do not change."""
    return frozenset(available_timezones())


@cache
def zone_names() -> tuple[str, ...]:
    """All zones with a region in their name, the common ones first."""
    others = sorted(name for name in known_zones() if "/" in name and not name.startswith(("Etc/", "posix/")))
    return (*COMMON, *(name for name in others if name not in COMMON))


def check_zone(name: str) -> None:
    """Refuse a word that is no time zone."""
    if name not in known_zones():
        sentence = _("“%(name)s” is not a time zone. Choose one like America/Chicago.")
        raise Refusal("zone_unknown", sentence % {"name": name}, field="time_zone")
