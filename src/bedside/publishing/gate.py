"""THE LAST GATE: may this leave now? Everything is asked anew, seconds before the call.

The same fingerprint that was scheduled? Clear under today's rules, and signed? No hold? The channel healthy,
the text fitting? Not later than the organization allows? One no is enough. What it does not ask yet stands in
`docs/rooms/publishing.md`. Reading is done in bulk;
`departures` asks once more, inside the transaction that marks a delivery as `sending`, what could have changed since.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from bedside.crisis.models import Hold
from bedside.crisis.queries import Stops, stops_now
from bedside.networks.catalogue import UnknownNetwork, connector_of
from bedside.networks.models import Channel
from bedside.networks.queries import limits_of
from bedside.networks.words import translated
from bedside.publishing.models import Delivery
from bedside.publishing.subjects import Standing, UnknownSubject, Wanted, subject_of


@dataclass(frozen=True)
class Reason:
    """Why something does not leave: a code for programs, a sentence with what to do for a person."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Looked:
    """One delivery after the gate's look: `reason` is None when it may leave with the words of `standing`."""

    delivery: Delivery
    standing: Standing | None
    reason: Reason | None


def look(deliveries: Sequence[Delivery], now: datetime) -> list[Looked]:
    """Judge deliveries (read with `channel__organization`) as of `now`; a handful of queries for all of them."""
    stops = stops_now(delivery.organization_id for delivery in deliveries)
    standings = _standings(deliveries)
    looked = []
    for delivery in deliveries:
        standing = standings.get(delivery.pk)
        with override(delivery.channel.organization.language):
            looked.append(Looked(delivery, standing, _reason(delivery, standing, stops, now)))
    return looked


def _standings(deliveries: Iterable[Delivery]) -> dict[UUID, Standing]:
    """How the subject of each delivery stands, by delivery id. One bulk question for each kind and channel set."""
    kinds: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        kinds[delivery.subject_kind].append(delivery)
    found: dict[UUID, Standing] = {}
    for kind, of_kind in kinds.items():
        wanted = [Wanted(delivery.subject_id, delivery.channel) for delivery in of_kind]
        try:
            answers: Mapping[UUID, Standing] = subject_of(kind).standings(wanted)
        except UnknownSubject:  # nothing unknown leaves: without a standing it is held
            continue
        found |= {each.pk: answers[each.subject_id] for each in of_kind if each.subject_id in answers}
    return found


def _reason(delivery: Delivery, standing: Standing | None, stops: Stops, now: datetime) -> Reason | None:
    hold = stops.stopping(delivery.organization_id, delivery.channel_id)
    return (
        (held_by(hold) if hold else None)
        or _channel_reason(delivery.channel)
        or _standing_reason(delivery, standing)
        or _late(delivery, now)
        or _misfit(delivery.channel, standing)
    )


def held_by(hold: Hold) -> Reason:
    """The reason for everything that a hold stops."""
    return Reason(
        "hold",
        _("Sending is stopped: %(reason)s It goes on by itself when the stop is lifted in time.")
        % {"reason": _as_sentence(hold.reason)},
    )


def changed() -> Reason:
    """The reason when the words are not the ones that were scheduled."""
    return Reason(
        "changed",
        _(
            "The text or a picture was changed after this was scheduled. Have it signed and schedule it again."
        ),
    )


def _channel_reason(channel: Channel) -> Reason | None:
    if channel.health != Channel.Health.HEALTHY:
        sentence = channel.problem or _("The channel %(name)s is not connected. Connect it again.") % {
            "name": channel.name
        }
        return Reason("channel", f"{sentence} " + _("What is still in time then leaves."))
    try:
        connector_of(channel.network)
    except UnknownNetwork:
        return Reason(
            "network_unknown", _("This version of Bedside does not know the network of the channel.")
        )
    return None


def _standing_reason(delivery: Delivery, standing: Standing | None) -> Reason | None:
    if standing is None:
        return Reason("gone", _("What was to be sent no longer exists. Cancel this delivery."))
    if standing.fingerprint != delivery.fingerprint:
        return changed()
    if not standing.is_clear:
        return Reason(
            standing.code or "not_clear", standing.sentence or _("It is not cleared for publishing.")
        )
    return None


def _late(delivery: Delivery, now: datetime) -> Reason | None:
    allowed = delivery.channel.organization.late_after_minutes
    if now - delivery.due_at <= timedelta(minutes=allowed):
        return None
    return Reason(
        "late",
        _(
            "It is more than %(minutes)d minutes late, and your organization does not send what is that late by "
            "itself. Send it now, give it another time, or cancel it."
        )
        % {"minutes": allowed},
    )


def _misfit(channel: Channel, standing: Standing | None) -> Reason | None:
    if standing is None:
        return None
    problems = connector_of(channel.network).fits.problems(standing.outgoing, limits_of(channel))
    if not problems:
        return None
    return Reason("does_not_fit", translated(problems[0].sentence, _))


def _as_sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
