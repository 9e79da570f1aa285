"""What happens to open requests without anybody signing: their time passes, people leave, powers change."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bedside.approvals import news
from bedside.approvals.models import Request, Step
from bedside.approvals.settling import after_signature, ask_next, close, tell
from bedside.approvals.signers import current_step, eligible, is_done
from bedside.approvals.spent import spent_of
from bedside.audit.actions import action, nothing_changed
from bedside.audit.actor import SYSTEM
from bedside.foundation.announce import announce


@action
def expire(*, at: datetime) -> int:
    """Close every request, open or agreed, whose time is over at `at`; how many.

    Signatures under which everything has left have done their work: they stay what they are, and nothing is told.
    """
    asked = Request.objects.select_for_update(of=("self",), no_key=True).filter(
        state__in=[Request.State.OPEN, Request.State.AGREED], expires_at__lte=at, spent_at=None
    )
    over = list(asked.select_related("organization", "asked_by__user", "asked_by__role"))
    spent = spent_of(over)
    Request.objects.filter(pk__in=spent).update(spent_at=at)
    count = 0
    for request in over:
        if request.pk in spent:
            continue
        close(request, Request.State.EXPIRED)
        tell(
            request,
            SYSTEM,
            "request.expired",
            _("The signatures lapsed; the material has to be submitted again."),
        )
        announce(news.RequestExpired(request.pk, request.subject_kind, request.subject_id))
        count += 1
    if not count:
        nothing_changed()
    return count


@action
def signers_changed(organization_id: UUID) -> int:
    """Somebody left or has other powers now: no request may wait for a signature that nobody can give any more.

    A step that named only people who cannot sign it falls to everybody with that power; one that all who are left
    have signed is done.
    """
    changed = 0
    for request in _open(organization_id):
        step = current_step(request)
        if step is None:
            continue
        if is_done(step):
            after_signature(request, step)
        elif step.signers and not eligible(step):
            _ask_everybody(request, step)
        else:
            continue
        changed += 1
    if not changed:
        nothing_changed()
    return changed


def _open(organization_id: UUID) -> QuerySet[Request]:
    waiting = Request.objects.select_for_update(of=("self",), no_key=True).select_related("organization")
    return waiting.filter(organization_id=organization_id, state=Request.State.OPEN)


def _ask_everybody(request: Request, step: Step) -> None:
    step.signers = []
    step.save(update_fields=["signers"])
    sentence = _("Nobody who was named can sign any more; the signature is now asked of others.")
    tell(request, SYSTEM, "request.rerouted", sentence)
    ask_next(request)
