"""How the practice network writes and reads times: UTC, ISO 8601, milliseconds, `Z`.

The fixed width makes the texts sort like the times they stand for.
"""

from datetime import UTC, datetime, timedelta

from bedside.practice.refusals import invalid


def now_text() -> str:
    """The present moment, e.g. `2026-11-22T06:03:00.125Z`."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """An aware moment in the network's form."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def read(text: object, field: str) -> str:
    """A time from outside in the network's form; a time without zone counts as UTC."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise invalid("field_type", f"“{field}” must be a time such as 2026-11-22T09:00:00Z.") from None
    return written(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def for_people(text: str, *, seen_at: datetime | None = None) -> str:
    """A time as the pages show it: how long ago within a day, else day and time in UTC."""
    moment = datetime.fromisoformat(text)
    age = (seen_at or datetime.now(UTC)) - moment
    if timedelta(0) <= age < timedelta(minutes=1):
        return "just now"
    if timedelta(0) <= age < timedelta(hours=1):
        return f"{age.seconds // 60} min ago"
    if timedelta(0) <= age < timedelta(days=1):
        return f"{age.seconds // 3600} h ago"
    return f"{moment.day} {moment.strftime('%b %Y, %H:%M')} UTC"
