"""What the rooms wrote by the clock on the wall gets the times of the story: notices, and who has read them."""

from datetime import timedelta

from bedside.demo.agenda import Agenda
from bedside.demo.people import Cast
from bedside.foundation import clock
from bedside.people.models import Notice

FRESH = timedelta(days=3)


def date_notices(cast: Cast, agenda: Agenda) -> None:
    """A notice was given when its story says; what is older than some days was read the same afternoon."""
    now = clock.now()
    notices = list(Notice.objects.filter(member__organization=cast.organization))
    for notice in notices:
        notice.created_at = agenda.moment_of(notice.pk) or now
        if now - notice.created_at > FRESH:
            notice.read_at = notice.created_at + timedelta(hours=3)
    Notice.objects.bulk_update(notices, ["created_at", "read_at"], batch_size=400)
