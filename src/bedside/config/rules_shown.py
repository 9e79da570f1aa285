"""What the shell shows of the rules: what waits for a decision or a review; and where the texts stand."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.inbox.noting import KIND as CONVERSATION
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.clearance import KIND as POST
from bedside.rules import subjects
from bedside.rules.models import Mark
from bedside.rules.queries import marks_for, waivers_waiting_for
from bedside.web import today
from bedside.web.today import TodayItem

WAIVER_WEIGHT = 60  # below emergencies, beside signatures
MARKS_WEIGHT = 5
MOST = 20


def connect() -> None:
    """Register the rules with the shell."""
    subjects.register(POST, _post)
    subjects.register(CONVERSATION, _conversation)
    today.register(items)


def _post(post_id: UUID) -> str:
    return reverse("planning:post", args=[post_id])


def _conversation(conversation_id: UUID) -> str:
    return reverse("inbox:conversation", args=[conversation_id])


def items(member: Member) -> Iterator[TodayItem]:
    """The waivers that wait for the member, and how many marks wait for a review."""
    for waiver in waivers_waiting_for(member)[:MOST]:
        sentence = (
            _("A second person has to agree that it passes.")
            if waiver.state == waiver.State.BEGUN
            else _("Somebody asks that a finding of the guard passes.")
        )
        title = _("Let pass? %(rule)s") % {"rule": waiver.title}
        url = reverse("rules:waiver", args=[waiver.pk])
        yield TodayItem(
            "needs_me", title, sentence, url, waiver.asked_at, WAIVER_WEIGHT, "approvals", "person"
        )
    if member.can(Power.MANAGE_RULES) and (waiting := marks_for(member, state=Mark.State.OPEN).count()):
        title = ngettext(
            "%(count)d finding was marked as wrong", "%(count)d findings were marked as wrong", waiting
        ) % {"count": waiting}
        sentence = _("Review it, so that the rules learn.")
        yield TodayItem(
            "needs_me", title, sentence, reverse("rules:marks"), None, MARKS_WEIGHT, "flag", "info"
        )
