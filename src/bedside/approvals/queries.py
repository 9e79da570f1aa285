"""Reads about signatures: what counts as signed now, and what waits for whom."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from bedside.approvals.models import Comment, Decision, OutsideSigner, Request, Route, Step
from bedside.approvals.routes import CALLED_FOR_BY, Plan, plan_for
from bedside.approvals.signers import current_step, may_sign
from bedside.foundation import clock
from bedside.people.gate import or_404
from bedside.people.models import Member, Organization
from bedside.people.powers import SIGNING_POWERS

Subject = tuple[str, UUID]

UNDO_WITHIN = timedelta(minutes=10)
MOST_COUNTED = 100


def signatures_many(
    subjects: Iterable[Subject], at: datetime | None = None
) -> dict[Subject, dict[str, frozenset[str]]]:
    """For each subject, every fingerprint that is signed at `at`, with the needs that were signed for it.

    A rule that came later may ask for a need that the signers never saw; the needs show it.
    """
    wanted = list(subjects)
    signed: dict[Subject, dict[str, frozenset[str]]] = {subject: {} for subject in wanted}
    for kind in {kind for kind, _ in wanted}:
        agreed = Request.objects.filter(
            subject_kind=kind,
            subject_id__in=[subject_id for other, subject_id in wanted if other == kind],
            state=Request.State.AGREED,
            expires_at__gt=at or clock.now(),
        )
        for subject_id, parts, needs in agreed.values_list("subject_id", "parts", "needs"):
            known = signed[(kind, subject_id)]
            known.update({part: known.get(part, frozenset()) | frozenset(needs) for part in parts})
    return signed


def signature_marks(subject_kind: str, subject_ids: Iterable[UUID]) -> dict[UUID, str]:
    """For each subject that is signed, a word that changes when a signature is given, taken back, voided or lapses."""
    agreed = Request.objects.filter(
        subject_kind=subject_kind, subject_id__in=list(subject_ids), state=Request.State.AGREED
    )
    found: dict[UUID, str] = {}
    for subject_id, pk in agreed.order_by("pk").values_list("subject_id", "pk"):
        found[subject_id] = f"{found.get(subject_id, '')}.{pk}"
    return found


def request_for(member: Member, request_id: UUID) -> Request:
    """One request with all that its page shows; a 404 for another organization's."""
    return or_404(_whole(), member, request_id)


def open_requests_for(member: Member) -> list[Request]:
    """Every open request of the member's organization, the most urgent first."""
    waiting = _whole().filter(organization=member.organization, state=Request.State.OPEN)
    return sorted(waiting, key=lambda r: (r.wanted_by_at or r.expires_at, r.asked_at))


def can_sign(request: Request, member: Member) -> bool:
    """Whether it is the member's turn: the step is open, theirs, and not yet signed by them."""
    step = current_step(request)
    if step is None or request.state != Request.State.OPEN or request.expires_at <= clock.now():
        return False
    has_signed = any(d.by_id == member.pk and d.undone_at is None for d in step.decisions.all())
    return may_sign(step, member, request.authors) and not has_signed


def closed_requests_for(member: Member, limit: int = 50) -> list[Request]:
    """The requests closed last in the member's organization."""
    closed = _whole().filter(organization=member.organization).exclude(state=Request.State.OPEN)
    return list(closed.order_by("-closed_at")[:limit])


def latest_request(subject_kind: str, subject_id: UUID) -> Request | None:
    """The newest request about a subject, with its steps and decisions."""
    return _whole().filter(subject_kind=subject_kind, subject_id=subject_id).order_by("-asked_at").first()


def last_words(request: Request | None) -> str:
    """What the signer said who sent it back, or that the request is closed."""
    said = Decision.objects.filter(request=request, undone_at=None).exclude(says=Decision.Says.SIGN).last()
    return said.words if said else str(request.get_state_display() if request else "")


def comments_on(subject_kind: str, subject_id: UUID) -> list[Comment]:
    """The remarks on a subject, oldest first."""
    remarks = Comment.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return list(remarks.select_related("by__user", "by_outside"))


def decision_for(member: Member, decision_id: UUID) -> Decision:
    """One decision of the member's organization."""
    decision = (
        Decision.objects.select_related("request", "step")
        .filter(Q(pk=decision_id), request__organization_id=member.organization_id)
        .first()
    )
    if decision is None:
        raise Http404
    return decision


def signer_for(member: Member, signer_id: UUID) -> OutsideSigner:
    """One outside signer of the member's organization."""
    signer = OutsideSigner.objects.select_related("request__organization").filter(
        pk=signer_id, request__organization_id=member.organization_id
    )
    if (found := signer.first()) is None:
        raise Http404
    return found


def _whole() -> QuerySet[Request]:
    decisions = Decision.objects.select_related("by__user", "by_outside")
    steps = Step.objects.prefetch_related(Prefetch("decisions", decisions))
    return Request.objects.select_related("organization", "asked_by__user").prefetch_related(
        Prefetch("steps", steps), "outside_signers"
    )


def routes_of(organization: Organization) -> list[tuple[str, str, Plan]]:
    """For each need: its key, its name, and the steps it leads through today."""
    return [
        (need.value, str(CALLED_FOR_BY[need.value]), plan_for(organization, [need.value]))
        for need in Route.Need
    ]


def waiting_count(member: Member) -> int:
    """How many requests wait for this member, at most a hundred: for the badge."""
    return len(turns_of(member, MOST_COUNTED))


def turns_of(member: Member, limit: int) -> list[Request]:
    """The latest open requests that this member can sign now, without their cards: for badges and lists.

    Looks at the last `MOST_COUNTED` open requests; nothing is asked for members who sign nothing.
    """
    if not member.can_any(SIGNING_POWERS.values()):
        return []
    steps = Step.objects.prefetch_related("decisions")
    latest = (
        Request.objects.filter(organization_id=member.organization_id, state=Request.State.OPEN)
        .only("title", "state", "authors", "needs", "expires_at", "wanted_by_at", "fingerprint")
        .order_by("-asked_at")
        .prefetch_related(Prefetch("steps", steps))[:MOST_COUNTED]
    )
    return [request for request in latest if can_sign(request, member)][:limit]


def undoable(member: Member, decision_id: str) -> Decision | None:
    """The member's own decision while it can still be taken back; None otherwise."""
    try:
        wanted = UUID(decision_id)
    except ValueError:
        return None
    since = clock.now() - UNDO_WITHIN
    mine = Decision.objects.filter(pk=wanted, by=member, undone_at=None, decided_at__gt=since)
    return mine.select_related("request").first()
