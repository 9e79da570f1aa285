"""What may this member do about this delivery, as it stands? For the buttons; the verbs ask again."""

from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.publishing.models import Delivery, Receipt
from bedside.publishing.scheduling import is_partly_out
from bedside.publishing.subjects import subject_of
from bedside.publishing.taking_down import is_found_by_hand

State = Delivery.State


def deeds_for(member: Member, delivery: Delivery) -> frozenset[str]:
    """The names of the deeds that are open: hold, release, now, move, cancel, resolve, delete."""
    if member.can(subject_of(delivery.subject_kind).power):
        return frozenset(_open(delivery))
    if member.can(Power.HOLD):
        return frozenset(_open(delivery)) & {"hold", "release"} - _not_by_holding(delivery)
    return frozenset()


def _not_by_holding(delivery: Delivery) -> set[str]:
    return set() if delivery.reason_code in ("person", "hold") else {"release"}


def _open(delivery: Delivery) -> set[str]:
    deeds: set[str] = set()
    if delivery.state == State.WAITING:
        deeds |= {"hold", "now", "move"}
    if delivery.state in (State.HELD, State.FAILED):
        deeds |= {"release", "move"}
    if delivery.state in (State.WAITING, State.HELD, State.FAILED) and not is_partly_out(delivery):
        deeds |= {"cancel"}
    if delivery.state == State.UNSURE and delivery.look_ups:
        deeds |= {"resolve"}
    receipt: Receipt | None = getattr(delivery, "receipt", None)
    if receipt is not None and receipt.deleted_at is None and not is_found_by_hand(receipt):
        deeds |= {"delete"}
    return deeds
