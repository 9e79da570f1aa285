"""Whose turn it is: which step is open, who may sign it, and whether it is done."""

from collections.abc import Iterable

from bedside.approvals.models import Decision, Request, RouteStep, Step
from bedside.people.models import Member
from bedside.people.powers import SIGNING_POWERS
from bedside.people.queries import members_with


def current_step(request: Request) -> Step | None:
    """The first step that still lacks a signature; None when all are done."""
    return next((step for step in request.steps.all() if step.done_at is None), None)


def may_sign(step: Step, member: Member, authors: Iterable[str]) -> bool:
    """Whether `member` may sign `step`: has the power, is named where names are given, and is no author."""
    is_named = not step.signers or str(member.pk) in step.signers
    return is_named and str(member.pk) not in set(authors) and member.can(SIGNING_POWERS[step.signing])


def eligible(step: Step) -> list[Member]:
    """Everybody inside the organization who may sign `step` now."""
    able = members_with(step.request.organization, SIGNING_POWERS[step.signing])
    return [member for member in able if may_sign(step, member, step.request.authors)]


def is_done(step: Step) -> bool:
    """Whether the standing signatures complete the step: one of them, or those of all who may sign."""
    signatures = [d for d in standing(step) if d.says == Decision.Says.SIGN]
    if step.rule == RouteStep.Rule.ANYONE:
        return bool(signatures)
    signed = {d.by_id for d in signatures}
    required = eligible(step)
    return bool(signatures) and all(member.pk in signed for member in required)


def standing(step: Step) -> list[Decision]:
    """Decisions on `step` that were not undone and were said of what the request still holds."""
    return [
        d for d in step.decisions.all() if d.undone_at is None and d.fingerprint == step.request.fingerprint
    ]
