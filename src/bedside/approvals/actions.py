"""The verbs of signing: ask, decide, undo, void. Outside signers are in `outside.py`, what time and people who leave
bring about in `passing.py`, remarks in `remarks.py`.

Nobody signs what they wrote; a signature belongs to one fingerprint; any change of the material
makes the room that owns it call `void_for`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.approvals import news
from bedside.approvals.models import Decision, OutsideSigner, Request, Step
from bedside.approvals.queries import UNDO_WITHIN
from bedside.approvals.routes import plan_for
from bedside.approvals.settling import after_signature, ask_next, close, tell
from bedside.approvals.signers import current_step, may_sign
from bedside.approvals.states import REQUEST_MOVES
from bedside.audit.actions import action, nothing_changed
from bedside.audit.actor import Actor
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Member, Organization
from bedside.people.notices import notify
from bedside.people.powers import SIGNING_POWERS


def fingerprint_of(parts: Iterable[str]) -> str:
    """One fingerprint over the fingerprints of all parts, whatever their order."""
    return "sha256:" + hashlib.sha256("\n".join(sorted(set(parts))).encode()).hexdigest()


@action
def ask(
    *,
    organization: Organization,
    subject_kind: str,
    subject_id: UUID,
    title: str,
    parts: Iterable[str],
    needs: Iterable[str],
    card: Mapping[str, Any],
    authors: Iterable[Member],
    by: Member,
    wanted_by_at: datetime | None = None,
) -> Request:
    """Ask for the signatures that the needs demand. An open request about the same subject becomes void."""
    parts, needs = sorted(set(parts)), sorted(set(needs))
    _void_open(subject_kind, subject_id, because=_("It was submitted again."), by=by.actor)
    plan, now = plan_for(organization, needs), clock.now()
    request = Request.objects.create(
        organization=organization,
        subject_kind=subject_kind,
        subject_id=subject_id,
        title=title[:200],
        fingerprint=fingerprint_of(parts),
        parts=parts,
        card=dict(card),
        needs=needs,
        authors=sorted({str(author.pk) for author in authors} | {str(by.pk)}),
        asked_by=by,
        asked_at=now,
        wanted_by_at=wanted_by_at,
        expires_at=plan.expires_at(now),
    )
    Step.objects.bulk_create(
        Step(
            request=request,
            order=n,
            signing=s.signing,
            rule=s.rule,
            signers=[signer for signer in s.signers if signer not in request.authors],
        )
        for n, s in enumerate(plan.steps, start=1)
    )
    steps = ", ".join(str(step.get_signing_display()) for step in request.steps.all())
    tell(request, by.actor, "request.asked", _("Asked for signatures: %(steps)s.") % {"steps": steps})
    ask_next(request)
    announce(news.RequestAsked(request.pk, subject_kind, subject_id))
    return request


@action
def decide(
    request: Request, *, by: Member, says: str, words: str = "", fingerprint: str | None = None
) -> Decision:
    """A member signs, asks for a change, or refuses. Pass the `fingerprint` that was on their screen."""
    request = _locked(request.pk)
    step = _open_step(request, fingerprint)
    if by.key is not None:
        raise Refusal("needs_a_person", _("A key cannot sign. Somebody has to read it and sign in person."))
    if str(by.pk) in request.authors:
        raise Refusal("own_material", _("You wrote this yourself, so somebody else has to sign it."))
    if not by.can(SIGNING_POWERS[step.signing]):
        raise NotAllowed(SIGNING_POWERS[step.signing])
    if not may_sign(step, by, request.authors):
        raise Refusal(
            "not_your_turn",
            _("This step is for somebody else to sign. You will be told when it is your turn."),
        )
    if step.decisions.filter(by=by, undone_at=None).exists():
        raise Refusal("already_signed", _("You have signed this already; the others are still asked."))
    return _settle(request, step, by.actor, says, words, by=by)


def decide_outside(
    request: Request, *, signer: OutsideSigner, says: str, words: str, fingerprint: str
) -> Decision:
    """The same for an outside signer; called by `outside.py` after it has checked the link."""
    request = _locked(request.pk)
    step = _open_step(request, fingerprint)
    if step.signing != signer.signing:
        raise Refusal(
            "not_your_turn", _("Somebody else has to sign first. Please open your link again later.")
        )
    if signer.decisions.filter(undone_at=None, step=step).exists():
        raise Refusal("already_signed", _("You have answered already. Thank you."))
    actor = Actor("outside", str(signer.pk), f"{signer.name} <{signer.email}>")
    return _settle(request, step, actor, says, words, by_outside=signer)


@action
def undo(decision: Decision, *, by: Member) -> Request:
    """Take one's own decision back, within ten minutes, while the material is unchanged."""
    request = _locked(decision.request_id)
    if by.key is not None:
        raise Refusal("needs_a_person", _("A key takes no decision back. Whoever signed does it in person."))
    if decision.by_id != by.pk:
        raise Refusal("not_yours", _("Only the person who decided can take it back."))
    if decision.undone_at is not None:
        raise Refusal("already_undone", _("This was taken back already."))
    if clock.now() - decision.decided_at > UNDO_WITHIN:
        raise Refusal("too_late", _("This can be taken back for ten minutes. Ask for a change instead."))
    if request.state != Request.State.OPEN:
        REQUEST_MOVES.check(request.state, Request.State.OPEN)
        _refuse_if_asked_anew(request)
    decision.undone_at = clock.now()
    decision.save(update_fields=["undone_at"])
    Step.objects.filter(request=request, order__gte=decision.step.order).update(done_at=None)
    request.state, request.closed_at = Request.State.OPEN, None
    request.save(update_fields=["state", "closed_at"])
    tell(request, by.actor, "request.reopened", _("Took the decision back; the request waits again."))
    announce(news.RequestReopened(request.pk, request.subject_kind, request.subject_id))
    return request


@action
def void_for(subject_kind: str, subject_id: UUID, *, because: str, by: Actor) -> int:
    """The material changed or was withdrawn: open and agreed requests about it count no longer."""
    return _void_open(subject_kind, subject_id, because=because, by=by, also_agreed=True)


def _refuse_if_asked_anew(request: Request) -> None:
    same = Request.objects.filter(subject_kind=request.subject_kind, subject_id=request.subject_id)
    if same.filter(asked_at__gt=request.asked_at).exists():
        raise Refusal(
            "asked_anew", _("It was sent for signatures again since then. Say what you think there instead.")
        )


def _locked(request_id: UUID) -> Request:
    return (
        Request.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=request_id)
    )


def _open_step(request: Request, fingerprint: str | None) -> Step:
    if request.state == Request.State.OPEN and request.expires_at <= clock.now():
        raise Refusal("expired", _("The time for signing is over. The author has to submit it again."))
    if fingerprint is not None and fingerprint != request.fingerprint:
        raise Refusal(
            "changed",
            _("The material was changed since you opened it. Reload to see what is to be signed now."),
        )
    if request.state != Request.State.OPEN:
        raise Refusal(
            "not_open",
            _("This request is closed (%(state)s). Nothing is left to sign.")
            % {"state": request.get_state_display()},
        )
    step = current_step(request)
    if step is None:
        raise Refusal("not_open", _("Everybody has signed already."))
    return step


def _settle(request: Request, step: Step, actor: Actor, says: str, words: str, **signer: Any) -> Decision:
    if says not in Decision.Says.values:
        raise Refusal("unknown_decision", _("Choose to sign, to ask for a change, or to refuse."))
    if says != Decision.Says.SIGN and not words.strip():
        raise Refusal(
            "words_missing", _("Say what should change, so that the author knows what to do."), field="words"
        )
    decision = Decision.objects.create(
        request=request,
        step=step,
        says=says,
        fingerprint=request.fingerprint,
        words=words.strip(),
        decided_at=clock.now(),
        **signer,
    )
    sentence = _("%(decision)s at step “%(step)s”.") % {
        "decision": decision.get_says_display(),
        "step": step.get_signing_display(),
    }
    data = {"decision": str(decision.pk), "says": says, "fingerprint": request.fingerprint}
    tell(request, actor, f"request.{says}", sentence, data)
    if says == Decision.Says.SIGN:
        after_signature(request, step)
    else:
        _return(request, decision)
    return decision


def _return(request: Request, decision: Decision) -> None:
    is_refused = decision.says == Decision.Says.REFUSE
    close(request, Request.State.REFUSED if is_refused else Request.State.CHANGES_WANTED)
    if request.asked_by:
        notify(
            [request.asked_by],
            kind="request.returned",
            sentence=_("Something you sent for signatures came back with a remark. Open it to read it."),
            url=f"/approvals/{request.pk}",
        )
    announce(
        news.RequestReturned(request.pk, request.subject_kind, request.subject_id, decision.words, is_refused)
    )


def _void_open(
    subject_kind: str, subject_id: UUID, *, because: str, by: Actor, also_agreed: bool = False
) -> int:
    states = [Request.State.OPEN, *([Request.State.AGREED] if also_agreed else [])]
    living = Request.objects.select_for_update(of=("self",), no_key=True).filter(
        subject_kind=subject_kind, subject_id=subject_id, state__in=states
    )
    count = 0
    for request in living:
        close(request, Request.State.VOID)
        tell(request, by, "request.void", _("The request became void. %(because)s") % {"because": because})
        count += 1
    if not count:
        nothing_changed()
    return count
