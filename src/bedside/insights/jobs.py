"""The worker's entrances to this room. Each may be lost or called twice without harm."""

from datetime import timedelta
from uuid import UUID

from bedside.foundation import leisure
from bedside.foundation.work import every, job, soon
from bedside.insights.counting import count_messages
from bedside.insights.following import follow_sent
from bedside.insights.reading import read_all
from bedside.people.models import Organization

JUST_NOW = timedelta(days=3)


@every(60, can_wait=True)
def read_numbers() -> None:
    """Read what is due from the networks."""
    read_all()


@every(600, can_wait=True)
def count_replies() -> None:
    """Count what people wrote, day by day."""
    for organization in Organization.objects.all():
        count_messages(organization)


@every(3600, can_wait=True)
def follow_all() -> None:
    """Find published posts whose news were lost."""
    for organization in Organization.objects.all():
        follow_sent(organization)


@job
def follow_organization(organization_id: str) -> None:
    """Begin to measure what an organization has just published; amid a burst, a minute later."""
    if leisure.should_wait():
        soon(follow_organization, organization_id, after=timedelta(minutes=1))
        return
    organization = Organization.objects.filter(pk=UUID(organization_id)).first()
    if organization is not None:
        follow_sent(organization, back=JUST_NOW)
