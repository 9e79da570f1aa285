"""Remarks on what is to be signed, for its authors and signers. They stay with the subject over all its requests."""

from uuid import UUID

from django.utils.translation import gettext as _

from bedside.approvals.models import Comment
from bedside.audit.actions import action, record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Member, Organization
from bedside.people.powers import SIGNING_POWERS, Power

REMARKING = (Power.WRITE, *SIGNING_POWERS.values())


@action
def comment(
    *, organization: Organization, subject_kind: str, subject_id: UUID, text: str, by: Member, label: str
) -> Comment:
    """Remark on a subject. The words stay with the subject; the record keeps that there was a remark, on `label`."""
    if not by.can_any(REMARKING):
        raise NotAllowed(Power.WRITE)
    if not text.strip():
        raise Refusal("empty", _("Write something first."), field="text")
    made = Comment.objects.create(
        organization=organization,
        subject_kind=subject_kind,
        subject_id=subject_id,
        text=text.strip(),
        by=by,
        written_at=clock.now(),
    )
    record(
        organization.pk,
        by=by.actor,
        verb="comment.written",
        on=(subject_kind, subject_id, label),
        words=_("Commented on it."),
        data={"comment": str(made.pk)},
    )
    return made
