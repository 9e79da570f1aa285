"""The table of posts for a spreadsheet: every row of the question, with the times of its readings."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from bedside.foundation.table import csv_lines
from bedside.insights.definitions import WORDS
from bedside.insights.models import Result
from bedside.insights.queries import results_for, with_words
from bedside.insights.storing import COUNTED
from bedside.insights.wanted import Wanted
from bedside.people.models import Member

NUMBERS = ("reactions", *COUNTED)


def as_csv(member: Member, wanted: Wanted) -> Iterator[str]:
    """Line by line; times are the organization's, with their distance from UTC. Unknown numbers are empty."""
    zone = ZoneInfo(member.organization.time_zone)
    columns = [
        _("Published"),
        _("Channel"),
        _("Network"),
        _("Post"),
        *(str(WORDS[n]) for n in NUMBERS),
        _("Read"),
        _("Address"),
    ]
    found = with_words(results_for(member, wanted)).iterator(chunk_size=1000)
    return csv_lines(columns, (_row(result, zone) for result in found))


def _row(result: Result, zone: ZoneInfo) -> list[object]:
    sent, read = result.sent_at.astimezone(zone), result.read_at
    return [
        sent.isoformat(timespec="minutes"),
        result.channel.name,
        result.channel.network,
        result.delivery.excerpt,
        *(getattr(result, name) for name in NUMBERS),
        read.astimezone(zone).isoformat(timespec="minutes") if read else None,
        result.delivery.receipt.url,
    ]
