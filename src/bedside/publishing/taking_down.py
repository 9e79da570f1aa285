"""Deleting what is public: the evidence first, then the network.

Who erases first can prove nothing afterwards. So the words, addresses and times are kept on the receipt and in
the record before the first call that deletes, together with what was seen on the network at that moment.
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.audit.actor import SYSTEM
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import Refusal
from bedside.foundation.work import job, soon
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import NotDone, RemoteRef, TryLater
from bedside.networks.sessions import session_for
from bedside.networks.words import translated
from bedside.people.doers import Doer, insist
from bedside.publishing.actions import hold_delivery
from bedside.publishing.models import Attempt, Delivery, Receipt
from bedside.publishing.news import DeliveryDeleted, DeliveryNotDeleted
from bedside.publishing.scheduling import insist_on_organization
from bedside.publishing.subjects import subject_of


@action
def delete_live(delivery: Delivery, *, by: Doer, because: str) -> Attempt:
    """Have everything of a delivery that is public taken down. The evidence is kept with this commit.

    Needs the subject's power. The worker then asks the network; `DeliveryDeleted` or `DeliveryNotDeleted` follows.
    """
    insist_on_organization(by, delivery.organization_id)
    insist(by, subject_of(delivery.subject_kind).power)
    because = " ".join(because.split())[:300]
    if not because:
        raise Refusal("reason_missing", _("Say in a few words why it is deleted."), field="because")
    receipt = _public(delivery)
    Receipt.objects.filter(pk=receipt.pk).update(
        evidence=_evidence(delivery, receipt, by.actor.label, because), deleted_because=because
    )
    attempt = Attempt.objects.create(
        delivery=delivery,
        kind=Attempt.Kind.DELETE,
        number=delivery.attempts.filter(kind=Attempt.Kind.DELETE).count() + 1,
        worker="",
        started_at=clock.now(),
    )
    words = _("Asked to delete “%(what)s” from %(channel)s: %(why)s")
    record(
        delivery.organization_id,
        by=by.actor,
        verb="delivery.deletion_asked",
        on=("delivery", delivery.pk, delivery.excerpt),
        words=words % {"what": delivery.excerpt, "channel": delivery.channel.name, "why": because},
        data={"words": delivery.leaving, "remote_id": receipt.remote_id, "url": receipt.url},
    )
    soon(take_down, str(attempt.pk))
    return attempt


@transaction.atomic
def delete_everywhere(delivery: Delivery, *, by: Doer, because: str) -> list[Attempt]:
    """`delete_live` for all that is public of the same post; what of it still waits is held.

    What a person found by its address is theirs to delete, and no reason to leave the rest: see `left_to_people`.
    """
    ours = [each for each in public_family(delivery) if not is_found_by_hand(each.receipt)]
    if delivery not in ours:
        ours.append(delivery)  # to be refused with its own sentence
    for waiting in _family(delivery).filter(state=Delivery.State.WAITING):
        hold_delivery(waiting, by=by, because=because)
    return [delete_live(each, by=by, because=because) for each in ours if not _is_under_way(each)]


def left_to_people(delivery: Delivery) -> list[Delivery]:
    """What is public of the same post and can only be deleted on the network itself."""
    return [each for each in public_family(delivery) if is_found_by_hand(each.receipt)]


def public_family(delivery: Delivery) -> QuerySet[Delivery]:
    """Everything that is public of the same post, on any channel, this delivery included."""
    public = _family(delivery).filter(receipt__isnull=False, receipt__deleted_at=None)
    return public.select_related("channel", "receipt")


def _family(delivery: Delivery) -> QuerySet[Delivery]:
    family = subject_of(delivery.subject_kind).family(delivery.subject_id)
    return Delivery.objects.filter(subject_kind=delivery.subject_kind, subject_id__in=family)


@job
def take_down(attempt_id: str) -> None:
    """Carry a deletion out: look, keep what was seen, delete part by part, write what came of it.

    Repeating it is harmless. After `TryLater` the attempt stays open and is taken up again.
    """
    attempt = Attempt.objects.select_related("delivery__channel", "delivery__receipt").get(pk=attempt_id)
    if attempt.ended_at is not None:
        return
    try:
        was_gone = _delete_parts(attempt.delivery)
    except TryLater as later:
        Attempt.objects.filter(pk=attempt_id).update(says=translated(later.sentence, _)[:500])
    except NotDone as ended:
        _failed(attempt, translated(ended.sentence, _))
    else:
        _deleted(attempt, was_gone)


def _delete_parts(delivery: Delivery) -> bool:
    """Look at every part and delete it, the last first; whether all of it was gone already."""
    publish = connector_of(delivery.channel.network).publish
    session = session_for(delivery.channel)
    refs = _refs(delivery.receipt)
    seen = []
    for ref in refs:
        found = publish.verify(session, ref)
        seen.append(
            {"remote_id": ref.remote_id, "is_live": found is not None, "url": found.url if found else ""}
        )
    evidence = {**delivery.receipt.evidence, "seen": seen, "seen_at": clock.now().isoformat()}
    Receipt.objects.filter(pk=delivery.pk).update(evidence=evidence)
    was_gone = True
    for ref in reversed(refs):
        was_gone &= publish.delete(session, ref).was_gone
    return was_gone


def _refs(receipt: Receipt) -> list[RemoteRef]:
    first = RemoteRef(receipt.remote_id, receipt.extra)
    return [first, *(RemoteRef.from_json(part) for part in receipt.parts)]


@action
def _deleted(attempt: Attempt, was_gone: bool) -> None:
    delivery, now = attempt.delivery, clock.now()
    if not _ended(attempt, "was_gone" if was_gone else "deleted"):
        return
    Receipt.objects.filter(pk=delivery.pk).update(deleted_at=now)
    words = _("“%(what)s” is no longer on %(channel)s.")
    record(
        delivery.organization_id,
        by=SYSTEM,
        verb="delivery.deleted",
        on=("delivery", delivery.pk, delivery.excerpt),
        words=words % {"what": delivery.excerpt, "channel": delivery.channel.name},
        data={"was_gone": was_gone},
    )
    about = (delivery.pk, delivery.organization_id, delivery.subject_kind, delivery.subject_id)
    announce(DeliveryDeleted(*about))


@action
def _failed(attempt: Attempt, says: str) -> None:
    delivery = attempt.delivery
    if not _ended(attempt, "refused", says):
        return
    words = _("“%(what)s” could not be deleted from %(channel)s and is still public: %(why)s")
    names = {"channel": delivery.channel.name, "why": says}
    record(
        delivery.organization_id,
        by=SYSTEM,
        verb="delivery.not_deleted",
        on=("delivery", delivery.pk, delivery.excerpt),
        words=words % {"what": delivery.excerpt, **names},
    )
    about = (delivery.pk, delivery.organization_id, delivery.subject_kind, delivery.subject_id)
    told = _("A post could not be deleted from %(channel)s and is still public: %(why)s")
    announce(DeliveryNotDeleted(*about, told % names))


def _ended(attempt: Attempt, outcome: str, says: str = "") -> bool:
    """Whether this is the end of the deletion, and not the second one: two workers may have carried it out."""
    open_one = Attempt.objects.filter(pk=attempt.pk, ended_at=None)
    is_first = open_one.update(ended_at=clock.now(), outcome=outcome, says=says[:500])
    if not is_first:
        nothing_changed()
    return bool(is_first)


def _is_under_way(delivery: Delivery) -> bool:
    return delivery.attempts.filter(kind=Attempt.Kind.DELETE, ended_at=None).exists()


def is_found_by_hand(receipt: Receipt) -> bool:
    """Whether a person settled by its address what we could not find: only people can delete it then."""
    return bool(receipt.extra.get("found_by") == "a person")


def _public(delivery: Delivery) -> Receipt:
    receipt = Receipt.objects.filter(delivery=delivery).first()
    if receipt is None:
        raise Refusal("not_public", _("Nothing of it is public, so there is nothing to delete."))
    if receipt.deleted_at is not None:
        raise Refusal("deleted_before", _("It was deleted before."))
    if _is_under_way(delivery):
        raise Refusal("under_way", _("It is being deleted just now. Wait for what the network says."))
    if is_found_by_hand(receipt):
        raise Refusal(
            "not_ours_to_delete",
            _("A person found this post by its address. Delete it on the network itself."),
        )
    return receipt


def _evidence(delivery: Delivery, receipt: Receipt, who: str, because: str) -> dict[str, Any]:
    return {
        "kept_at": clock.now().isoformat(),
        "asked_by": who,
        "because": because,
        "words": delivery.leaving,
        "remote_id": receipt.remote_id,
        "url": receipt.url,
        "parts": receipt.parts,
        "accepted_at": receipt.accepted_at.isoformat(),
        "seen_live_at": receipt.seen_live_at.isoformat() if receipt.seen_live_at else None,
    }
