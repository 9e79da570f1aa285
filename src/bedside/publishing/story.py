"""What happened to a delivery, told in plain sentences with times: claimed, asked, accepted, seen.

What people did comes from the record, what the worker did from the attempts, what the network said from the
receipt. What is uncertain is said to be uncertain, and what we do about it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bedside.audit.models import Record
from bedside.audit.queries import lines_about
from bedside.networks.queries import network_name
from bedside.publishing.models import Attempt, Delivery, Receipt

State = Delivery.State
Tone = Literal["quiet", "action", "good", "info", "person", "danger"]


@dataclass(frozen=True)
class Step:
    """One line of the story, in the form of the timeline component."""

    at: datetime | None
    sentence: str
    detail: str = ""
    icon: str = "check"
    tone: Tone = "quiet"
    is_ahead: bool = False


def story_of(delivery: Delivery) -> list[Step]:
    """The whole story, oldest first; the last steps may still lie ahead."""
    steps = [
        *_people(delivery),
        *(step for attempt in delivery.attempts.all() for step in _attempt(delivery, attempt)),
        *_receipt(delivery),
    ]
    return sorted(steps, key=lambda step: step.at.timestamp() if step.at else 0) + list(_ahead(delivery))


def headline(delivery: Delivery) -> str:
    """How it stands, in one sentence."""
    channel = delivery.channel.name
    receipt = _receipt_of(delivery)
    if receipt is not None and receipt.deleted_at is not None:
        return _("It was public on %(channel)s and has been deleted.") % {"channel": channel}
    sentences = {
        State.WAITING: _("It waits for its time and then passes the last gate before it leaves."),
        State.HELD: delivery.reason,
        State.SENDING: _("It is on its way to %(channel)s just now.") % {"channel": channel},
        State.SENT: _("It is public on %(channel)s.") % {"channel": channel},
        State.UNSURE: _unsure(delivery),
        State.FAILED: delivery.reason,
        State.CANCELLED: delivery.reason or _("It was cancelled."),
    }
    return str(sentences[State(delivery.state)])


def _unsure(delivery: Delivery) -> str:
    if delivery.reason_code == "needs_person":
        return _(
            "We asked the network to publish it and got no certain answer. We looked for it %(times)d times and still "
            "cannot tell. Look at the channel yourself, then say below what you see."
        ) % {"times": delivery.look_ups}
    return _(
        "We asked the network to publish it and got no certain answer. It may be public. We look for it and send "
        "nothing again before we know."
    )


# What the record tells better than the attempts do.
_FROM_RECORD: dict[str, tuple[str, Tone]] = {
    "delivery.scheduled": ("clock", "info"),
    "delivery.rescheduled": ("clock", "info"),
    "delivery.held": ("pause", "person"),
    "delivery.released": ("sending", "info"),
    "delivery.cancelled": ("cancelled", "quiet"),
    "delivery.resolved": ("verify", "info"),
    "delivery.needs_person": ("unsure", "person"),
    "delivery.deletion_asked": ("delete", "person"),
}


def _people(delivery: Delivery) -> Iterator[Step]:
    for line in lines_about(delivery.organization_id, "delivery", delivery.pk):
        if line.verb in _FROM_RECORD:
            icon, tone = _FROM_RECORD[line.verb]
            yield Step(line.at, line.words, _who(line), icon, tone)


def _who(line: Record) -> str:
    return "" if line.actor_kind == "system" else line.actor_label


def _attempt(delivery: Delivery, attempt: Attempt) -> Iterator[Step]:
    names = {"network": network_name(delivery.channel), "worker": attempt.worker.rsplit(":", 1)[-1]}
    first = {
        Attempt.Kind.SEND: _(
            "The last gate found nothing against it. Worker %(worker)s asked %(network)s to publish it."
        ),
        Attempt.Kind.LOOK_UP: _("Worker %(worker)s looked on %(network)s whether it is public."),
        Attempt.Kind.DELETE: _("%(network)s was asked to delete it."),
    }
    icon = {"send": "sending", "look_up": "search", "delete": "delete"}[attempt.kind]
    yield Step(attempt.started_at, first[Attempt.Kind(attempt.kind)] % names, "", icon, "action")
    ended = _ENDED.get(attempt.outcome)
    if attempt.ended_at is not None and ended is not None:
        sentence, tone = ended
        yield Step(attempt.ended_at, _(sentence) % names, attempt.says, _ICONS[tone], tone)


_ICONS: dict[Tone, str] = {
    "good": "check",
    "person": "unsure",
    "danger": "failed",
    "info": "info",
    "quiet": "check",
}


_ENDED: dict[str, tuple[str, Tone]] = {
    "receipt": (gettext_noop("%(network)s accepted it."), "good"),
    "try_later": (
        gettext_noop("%(network)s did not take it yet. Nothing was published; it is tried again."),
        "info",
    ),
    "refused": (gettext_noop("%(network)s said no, and would say no again."), "danger"),
    "sign_in_again": (
        gettext_noop("%(network)s no longer accepts our sign-in. Nothing was published."),
        "person",
    ),
    "unsure": (
        gettext_noop("No certain answer came. It may be public, so it is looked up before anything else."),
        "person",
    ),
    "lost": (
        gettext_noop("The worker ended in the middle. It may be public, so it is looked up first."),
        "person",
    ),
    "broken": (gettext_noop("Something went wrong on our side before the network was asked."), "person"),
    "found": (gettext_noop("It is there: %(network)s had accepted it."), "good"),
    "found_part": (gettext_noop("A part of it is there. The rest is sent now."), "info"),
    "absent": (
        gettext_noop("It is not there, and our request is no longer on its way. It is sent again."),
        "info",
    ),
    "unknown": (gettext_noop("That could not be told yet."), "person"),
    "deleted": (gettext_noop("%(network)s deleted it."), "good"),
    "was_gone": (gettext_noop("It was gone from %(network)s already."), "info"),
}


def _receipt_of(delivery: Delivery) -> Receipt | None:
    return getattr(delivery, "receipt", None)


def _receipt(delivery: Delivery) -> Iterator[Step]:
    receipt = _receipt_of(delivery)
    if receipt is None:
        return
    if receipt.seen_live_at is not None:
        yield Step(receipt.seen_live_at, _("We looked and saw it live."), receipt.url, "view", "good")
    if receipt.missed_at is not None:
        sentence = _("We looked again and it was not to be seen. The network may have hidden or removed it.")
        yield Step(receipt.missed_at, sentence, "", "unsure", "person")


def _ahead(delivery: Delivery) -> Iterator[Step]:
    if delivery.state == State.WAITING:
        at = max(filter(None, (delivery.due_at, delivery.not_before_at)))
        yield Step(at, _("It leaves."), "", "clock", "info", is_ahead=True)
    if delivery.state == State.UNSURE and delivery.not_before_at is not None:
        yield Step(delivery.not_before_at, _("We look again."), "", "search", "info", is_ahead=True)
