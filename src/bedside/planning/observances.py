"""Holidays of the United States and health observances, as quiet background of the calendar.

Dates follow rules (5 U.S.C. 6103 for the federal holidays; the sponsors' own customs for the rest, read
22 November 2026). Sponsors may move theirs; nothing here decides anything.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext_noop

_FIXED = {
    (1, 1): gettext_noop("New Year's Day"),
    (2, 4): gettext_noop("World Cancer Day"),
    (4, 7): gettext_noop("World Health Day"),
    (5, 12): gettext_noop("International Nurses Day"),
    (5, 31): gettext_noop("World No Tobacco Day"),
    (6, 14): gettext_noop("World Blood Donor Day"),
    (6, 19): gettext_noop("Juneteenth"),
    (7, 4): gettext_noop("Independence Day"),
    (7, 28): gettext_noop("World Hepatitis Day"),
    (9, 10): gettext_noop("World Suicide Prevention Day"),
    (9, 29): gettext_noop("World Heart Day"),
    (10, 10): gettext_noop("World Mental Health Day"),
    (11, 11): gettext_noop("Veterans Day"),
    (11, 14): gettext_noop("World Diabetes Day"),
    (12, 1): gettext_noop("World AIDS Day"),
    (12, 25): gettext_noop("Christmas Day"),
}
# month, weekday (Monday 0), which one of the month (negative from its end), days after that day
_WEEKDAYS = [
    (1, 0, 3, 0, gettext_noop("Martin Luther King Jr. Day")),
    (2, 4, 1, 0, gettext_noop("National Wear Red Day")),
    (2, 0, 3, 0, gettext_noop("Presidents' Day")),
    (5, 6, 2, 0, gettext_noop("Mother's Day")),
    (5, 0, -1, 0, gettext_noop("Memorial Day")),
    (6, 6, 3, 0, gettext_noop("Father's Day")),
    (9, 0, 1, 0, gettext_noop("Labor Day")),
    (10, 0, 2, 0, gettext_noop("Columbus Day, Indigenous Peoples' Day")),
    (11, 3, 3, 0, gettext_noop("Great American Smokeout")),
    (11, 3, 4, 0, gettext_noop("Thanksgiving Day")),
    (11, 3, 4, 1, gettext_noop("Day after Thanksgiving")),
]
_MONTHS = {
    1: gettext_noop("Cervical Health Month"),
    2: gettext_noop("American Heart Month"),
    3: gettext_noop("Colorectal Cancer Month"),
    4: gettext_noop("Donate Life Month"),
    5: gettext_noop("Mental Health Month"),
    6: gettext_noop("Men's Health Month"),
    8: gettext_noop("Immunization Month"),
    9: gettext_noop("Suicide Prevention Month"),
    10: gettext_noop("Breast Cancer Awareness Month"),
    11: gettext_noop("American Diabetes Month"),
}


@lru_cache(maxsize=16)
def days_of(year: int) -> dict[date, str]:
    """The days of a year that have a name, in English; translate where it is shown."""
    return dict(sorted(_days(year)))


def month_of(month: int) -> str:
    """What a whole month is devoted to, in English, or nothing."""
    return _MONTHS.get(month, "")


def _days(year: int) -> Iterator[tuple[date, str]]:
    for (month, day), name in _FIXED.items():
        yield date(year, month, day), name
    for month, weekday, number, later, name in _WEEKDAYS:
        yield _weekday_of(year, month, weekday, number) + timedelta(days=later), name


def _weekday_of(year: int, month: int, weekday: int, number: int) -> date:
    if number > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7 - 7 * (number + 1))
