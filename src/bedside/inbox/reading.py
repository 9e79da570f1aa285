"""What does the guard find in what somebody wrote to us? What identifies a person is shown, but flagged.

Asked of the guard as inbound text, and, for the plain identifiers that anybody could misuse, as if it were public
words of our own: a Social Security number is one whoever writes it. Names and stories are left alone: people may
tell their own.
"""

from collections.abc import Callable
from datetime import date

from bedside import guard
from bedside.foundation import clock
from bedside.guard import Finding, Material, OrganizationFacts
from bedside.inbox.triage import Reason, triage
from bedside.people.models import Organization
from bedside.rules.facts import organization_facts

IDENTIFIERS = frozenset(
    {
        "phi-ssn-pattern",
        "phi-contact-details",
        "phi-record-plan-account-number",
        "phi-licence-vehicle-device-id",
        "phi-patient-url-or-ip",
    }
)

Reader = Callable[[str], tuple[Finding, ...]]


def reader_for(organization: Organization, facts: OrganizationFacts | None = None) -> Reader:
    """A function that reads one text after the other under today's rules, with the facts read once."""
    known = facts or organization_facts(organization)
    today = clock.today(organization.time_zone)
    return lambda text: found_in(text, known, today)


def found_in(text: str, facts: OrganizationFacts, on: date) -> tuple[Finding, ...]:
    """What is personal in a text of theirs, in the order of the text."""
    inbound = guard.judge(Material("inbound", text), organization=facts, on=on).findings
    as_ours = guard.judge(Material("post", text), organization=facts, on=on).findings
    known = {(each.start, each.end) for each in inbound}
    plain = (each for each in as_ours if each.rule in IDENTIFIERS and (each.start, each.end) not in known)
    return tuple(sorted((*inbound, *plain), key=lambda each: each.start))


def ranked(text: str, rating: int | None, read: Reader) -> Reason:
    """The reason for which a text of theirs stands where it stands in the list."""
    return triage(text, rating=rating, findings=read(text))
