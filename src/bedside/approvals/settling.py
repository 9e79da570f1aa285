"""What every change of a request brings: its line in the record, who is asked next, and whether it is done.

Neither the record nor a notice carries the title: it begins as the words do that are to be signed.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bedside.approvals import news
from bedside.approvals.models import Request, Step
from bedside.approvals.signers import current_step, eligible, is_done
from bedside.approvals.states import REQUEST_MOVES
from bedside.audit.actions import record
from bedside.audit.actor import SYSTEM, Actor
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.people.notices import notify


def after_signature(request: Request, step: Step) -> None:
    """Close the step when all who have to sign it have signed, and the request after its last step."""
    if not is_done(Step.objects.select_related("request__organization").get(pk=step.pk)):
        return
    step.done_at = clock.now()
    step.save(update_fields=["done_at"])
    if current_step(Request.objects.get(pk=request.pk)) is not None:
        ask_next(request)
        return
    close(request, Request.State.AGREED)
    tell(request, SYSTEM, "request.agreed", _("Everybody who has to sign has signed."))
    announce(news.RequestAgreed(request.pk, request.subject_kind, request.subject_id))


def ask_next(request: Request) -> None:
    """Tell those whose turn it is."""
    step = current_step(Request.objects.get(pk=request.pk))
    if step is None:
        return
    notify(
        eligible(step),
        kind="request.asked",
        sentence=_("Something waits for your signature. Open it to read it and decide."),
        url=f"/approvals/{request.pk}",
    )


def close(request: Request, state: str) -> None:
    """Give a request its last state."""
    REQUEST_MOVES.check(request.state, state)
    request.state, request.closed_at = state, clock.now()
    request.save(update_fields=["state", "closed_at"])


def tell(request: Request, by: Actor, verb: str, words: str, data: Mapping[str, Any] | None = None) -> None:
    """One line of the record about the subject of a request."""
    record(
        request.organization_id,
        by=by,
        verb=verb,
        on=(request.subject_kind, request.subject_id, label_of(request)),
        words=words,
        data={"request": str(request.pk), **(data or {})},
    )


def label_of(request: Request) -> str:
    """How the record calls a request."""
    return _("Request of %(day)s") % {"day": f"{request.asked_at:%Y-%m-%d}"}
