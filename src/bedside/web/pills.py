"""Which word, icon and tone does a state have on screen?

One table for all rooms, so that “held” looks the same in the calendar, the ledger and the inbox. Which moves
between states are allowed is each room's own `states`. A key may be narrowed by its noun ("request.open").
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Tone = Literal["quiet", "action", "good", "info", "person", "danger"]


@dataclass(frozen=True)
class Pill:
    """How a state is shown: a word for everybody, an icon and a tone for quick eyes."""

    word: Promise | str
    icon: str
    tone: Tone


PILLS: dict[str, Pill] = {
    # posts
    "draft": Pill(_("Draft"), "draft", "quiet"),
    "submitted": Pill(_("Waiting for signatures"), "approvals", "person"),
    "agreed": Pill(_("Signed"), "verify", "good"),
    "withdrawn": Pill(_("Withdrawn"), "withdrawn", "quiet"),
    # deliveries
    "waiting": Pill(_("Scheduled"), "clock", "info"),
    "held": Pill(_("Held"), "pause", "person"),
    "sending": Pill(_("Sending"), "sending", "action"),
    "sent": Pill(_("Published"), "sent", "good"),
    "unsure": Pill(_("Not certain"), "unsure", "person"),
    "failed": Pill(_("Not published"), "failed", "danger"),
    "cancelled": Pill(_("Cancelled"), "cancelled", "quiet"),
    "partly": Pill(_("Partly published"), "sent", "person"),
    "deleted": Pill(_("Deleted"), "delete", "quiet"),
    # requests for signatures
    "request.open": Pill(_("Waiting for signatures"), "hourglass", "person"),
    "changes_wanted": Pill(_("Changes wanted"), "edit", "person"),
    "refused": Pill(_("Refused"), "stop", "danger"),
    "void": Pill(_("Void after a change"), "withdrawn", "quiet"),
    "expired": Pill(_("Expired"), "hourglass", "person"),
    # conversations and cases
    "open": Pill(_("Open"), "inbox", "info"),
    "answered": Pill(_("Answered"), "reply", "good"),
    "snoozed": Pill(_("Later"), "snooze", "quiet"),
    "closed": Pill(_("Closed"), "check-circle", "quiet"),
    "urgent": Pill(_("Urgent"), "shield-alert", "danger"),
    # channels
    "healthy": Pill(_("Connected"), "check-circle", "good"),
    "sign_in_again": Pill(_("Sign in again"), "sign-in", "person"),
    "disconnected": Pill(_("Disconnected"), "disconnect", "quiet"),
    # what the guard says
    "allow": Pill(_("Nothing found"), "check-circle", "good"),
    "warn": Pill(_("Needs a person"), "approvals", "person"),
    "block": Pill(_("Stopped"), "stop", "danger"),
    "stops": Pill(_("Stops the post"), "stop", "danger"),
    "violation": Pill(_("Stops the post unless privacy signs"), "stop", "danger"),
    "answer.stops": Pill(_("Stops the answer"), "stop", "danger"),
    "answer.violation": Pill(_("Stops the answer unless privacy signs"), "stop", "danger"),
    "needs sign-off": Pill(_("Needs a signature"), "approvals", "person"),
    "advises": Pill(_("Advice"), "advice", "info"),
    # findings let pass, and called wrong
    "waiver.asked": Pill(_("Asked for"), "hourglass", "person"),
    "waiver.begun": Pill(_("One of two agreed"), "hourglass", "person"),
    "waiver.given": Pill(_("Let pass"), "check-circle", "good"),
    "waiver.refused": Pill(_("Refused"), "stop", "danger"),
    "waiver.withdrawn": Pill(_("Taken back"), "undo", "quiet"),
    "mark.open": Pill(_("To be reviewed"), "flag", "person"),
    "mark.accepted": Pill(_("Kept as an example"), "verify", "info"),
    "mark.rejected": Pill(_("The rule was right"), "check-circle", "quiet"),
    # consents, trainings, people
    "live": Pill(_("Valid"), "verify", "good"),
    "revoked": Pill(_("Revoked"), "stop", "danger"),
    "lapsing": Pill(_("Lapses soon"), "hourglass", "person"),
    "invited": Pill(_("Invited"), "email", "info"),
    "removed": Pill(_("Removed"), "cancelled", "quiet"),
}


def register(key: str, pill: Pill) -> None:
    """Give a state of a new room its look. The same key with another look is a mistake."""
    if PILLS.setdefault(key, pill) != pill:
        raise ValueError(f"The state {key!r} already has another look.")


def pill_for(state: object, noun: str = "") -> Pill:
    """The look of `state`; a state nobody described is shown by its own word in a quiet tone."""
    word = str(getattr(state, "value", state))
    found = PILLS.get(f"{noun}.{word}") or PILLS.get(word)
    return found or Pill(word.replace("_", " ").capitalize(), "info", "quiet")
