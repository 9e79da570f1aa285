"""Letting a finding pass in exactly one material: ask, agree, agree as the second, refuse, take back.

What it takes is in `waiving`. An author puts advice aside alone; everything else is decided by somebody who did
not write it, with a reason that goes into the record.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.guard import Finding, Material
from bedside.people.models import Member
from bedside.people.notices import notify
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.people.queries import members_with
from bedside.rules.actions.marks import MARKING_POWERS
from bedside.rules.models import Waiver
from bedside.rules.naming import title_of
from bedside.rules.states import WAIVER_MOVES
from bedside.rules.waiving import covers, deciding_powers, gravest, level_of, may_decide

SHORTEST_REASON = 20  # characters, where a privacy officer decides
State = Waiver.State


@action
def ask_waiver(
    material: Material,
    findings: Sequence[Finding],
    *,
    subject: tuple[str, UUID],
    authors: Iterable[Member],
    reason: str,
    by: Member,
) -> Waiver:
    """Ask that what one rule finds in a material be let pass; advice is put aside at once.

    `findings` are all of the same rule. `subject` is what the material belongs to, as its kind and id; `authors`
    wrote it and do not decide. Who reads what others wrote may ask, and decide it then. The same is asked once.
    """
    if not by.can_any(MARKING_POWERS):
        raise NotAllowed(Power.WRITE)
    worst = gravest(findings)
    level = level_of(worst)
    if level == "never":
        raise Refusal(
            "never_waived",
            _(
                "Nobody can let this pass. Change the words; if the rule is wrong about them, mark it as wrong."
            ),
        )
    is_advice = level == "author-dismiss"
    if is_advice and by.key is not None:
        raise Refusal(
            "needs_a_person", _("A key cannot put advice aside. Somebody has to read it and do so in person.")
        )
    fields = dict(material.fields())
    waiver = Waiver(
        organization=by.organization,
        subject_kind=subject[0],
        subject_id=subject[1],
        fingerprint=material.fingerprint,
        surface=material.surface,
        rule=worst.rule,
        title=title_of(by.organization, worst.rule)[:160],
        places=[[each.field, each.start, each.end] for each in findings],
        texts={each.field: fields.get(each.field, "") for each in findings},
        why=worst.why,
        weight=worst.weight,
        sign_off=worst.signature or "",
        level=level,
        authors=sorted({str(member.pk) for member in authors}),
        asked_by=by,
        asked_at=clock.now(),
        reason=_reason(reason, is_needed=not is_advice),
        state=State.GIVEN if is_advice else State.ASKED,
    )
    standing = _keep(waiver, findings)
    if standing is not None:
        nothing_changed()
        return standing
    if is_advice:
        _tell(waiver, by, "waiver.advice_put_aside", _("Put advice of %(rule)s aside."))
        return waiver
    _tell(waiver, by, "waiver.asked", _("Asked that a finding of %(rule)s be let pass."), waiver.reason)
    _notify(
        waiver, _deciders(waiver), "waiver.asked", _("Somebody asks you to let a finding pass: %(title)s")
    )
    return waiver


@action
def decide_waiver(waiver: Waiver, *, by: Member, says: str, reason: str) -> Waiver:
    """Agree (`agree`) or refuse (`refuse`). Where two have to agree, the first agreement only begins it."""
    waiver = Waiver.objects.select_for_update(no_key=True).get(pk=waiver.pk)
    if by.key is not None:
        raise Refusal(
            "needs_a_person", _("A key cannot decide this. Somebody has to read it and decide in person.")
        )
    if not may_decide(waiver, by):
        raise NotAllowed(Power.APPROVE_PRIVACY, _why_not_yours(waiver, by))
    if says == "refuse":
        return _end(waiver, State.REFUSED, by, _reason(reason, is_needed=False))
    is_first = waiver.state == State.ASKED
    needs_two = waiver.level == "privacy-officer-plus-second-person"
    reason = _reason(reason, is_needed=is_first, least=SHORTEST_REASON if needs_two else 1)
    state = State.BEGUN if is_first and needs_two else State.GIVEN
    WAIVER_MOVES.check(waiver.state, state)
    waiver.state = state
    if is_first:
        waiver.first_by, waiver.first_at, waiver.first_reason = by, clock.now(), reason
    else:
        waiver.second_by, waiver.second_at = by, clock.now()
    waiver.save()
    if state == State.BEGUN:
        _tell(
            waiver,
            by,
            "waiver.begun",
            _("Agreed to let a finding of %(rule)s pass; a second has to."),
            reason,
        )
        _notify(
            waiver,
            _deciders(waiver),
            "waiver.begun",
            _("A second person has to agree that a finding is let pass: %(title)s"),
        )
        return waiver
    _tell(waiver, by, "waiver.given", _("Let a finding of %(rule)s pass in one text."), reason)
    _notify_authors(waiver, "waiver.given", _("A finding was let pass. Open your text and go on: %(title)s"))
    return waiver


@action
def withdraw_waiver(waiver: Waiver, *, by: Member, reason: str = "") -> Waiver:
    """Take a waiver back, asked for or given: the finding counts again, at the last gate too."""
    waiver = Waiver.objects.select_for_update(no_key=True).get(pk=waiver.pk)
    if not may_withdraw(waiver, by):
        raise NotAllowed(Power.APPROVE_PRIVACY, _why_not_yours(waiver, by))
    if waiver.state in (State.WITHDRAWN, State.REFUSED):
        nothing_changed()
        return waiver
    return _end(waiver, State.WITHDRAWN, by, _reason(reason, is_needed=False))


def may_withdraw(waiver: Waiver, by: Member) -> bool:
    """Whoever asked, whoever agreed, and every privacy officer of the organization may take it back."""
    if by.organization_id != waiver.organization_id:
        return False
    hands = (waiver.asked_by_id, waiver.first_by_id, waiver.second_by_id)
    return by.pk in hands or str(by.pk) in waiver.authors or by.can(Power.APPROVE_PRIVACY)


def _keep(waiver: Waiver, findings: Sequence[Finding]) -> Waiver | None:
    """Store it; the one that stands already, if there is one that reaches as far."""
    living = Waiver.objects.filter(
        organization=waiver.organization, fingerprint=waiver.fingerprint, rule=waiver.rule
    ).exclude(state__in=[State.REFUSED, State.WITHDRAWN])
    standing = living.first()
    if standing is not None:
        if all(covers(standing, finding) for finding in findings):
            return standing
        # The rule was changed, or finds more: what was said then does not reach, and a new decision is needed.
        living.update(state=State.WITHDRAWN, ended_at=clock.now())
    try:
        with transaction.atomic():
            waiver.save(force_insert=True)
    except IntegrityError:
        return living.get()
    return None


def _reason(reason: str, *, is_needed: bool, least: int = 1) -> str:
    reason = " ".join(reason.split())[:1000]
    if is_needed and len(reason) < least:
        sentence = (
            _("Say in a sentence why this is right here. The reason goes into the record.")
            if least == 1
            else _("Say in at least %(least)d characters why this is right here. It goes into the record.")
            % {"least": least}
        )
        raise Refusal("reason_missing", sentence, field="reason")
    return reason


def _end(waiver: Waiver, state: str, by: Member, reason: str) -> Waiver:
    WAIVER_MOVES.check(waiver.state, state)
    waiver.state, waiver.ended_by, waiver.ended_at, waiver.ended_reason = state, by, clock.now(), reason
    waiver.save()
    if state == State.REFUSED:
        _tell(waiver, by, "waiver.refused", _("Refused to let a finding of %(rule)s pass."), reason)
        _notify_authors(waiver, "waiver.refused", _("A finding was not let pass. Mend the words: %(title)s"))
    else:
        _tell(waiver, by, "waiver.withdrawn", _("Took back that a finding of %(rule)s passes."), reason)
    return waiver


def _deciders(waiver: Waiver) -> list[Member]:
    powers = (
        deciding_powers(waiver.level, waiver.sign_off, waiver.weight)
        if waiver.state == State.ASKED
        else tuple(SIGNING_POWERS.values())
    )
    return [member for member in members_with(waiver.organization, *powers) if may_decide(waiver, member)]


def _notify(waiver: Waiver, members: Iterable[Member], kind: str, sentence: str) -> None:
    notify(members, kind=kind, sentence=sentence % {"title": waiver.title}, url=f"/rules/waivers/{waiver.pk}")


def _notify_authors(waiver: Waiver, kind: str, sentence: str) -> None:
    members = Member.objects.active().filter(pk__in=waiver.authors).select_related("user", "organization")
    _notify(waiver, members, kind, sentence)


def _why_not_yours(waiver: Waiver, by: Member) -> str:
    if str(by.pk) in waiver.authors:
        return _("You had a hand in this text, so somebody else has to decide.")
    if waiver.first_by_id == by.pk:
        return _("You agreed already. A second person has to agree as well.")
    return _("Your role does not decide this. It waits for somebody with the power to sign it.")


def _tell(waiver: Waiver, by: Member, verb: str, words: str, reason: str = "") -> None:
    record(
        waiver.organization_id,
        by=by.actor,
        verb=verb,
        on=("waiver", waiver.pk, waiver.title),
        words=words % {"rule": waiver.rule},
        data={
            "rule": waiver.rule,
            "level": waiver.level,
            "fingerprint": waiver.fingerprint,
            "subject": [waiver.subject_kind, str(waiver.subject_id)],
            "reason": reason,
        },
    )
