"""Calling a finding wrong, and reviewing that. A mark lets nothing pass; it teaches."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.guard import Finding, Material
from bedside.people.models import Member
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.rules.actions.own_rules import may_manage
from bedside.rules.examples import example_of
from bedside.rules.models import Mark
from bedside.rules.states import MARK_MOVES

MARKING_POWERS = (Power.WRITE, Power.ANSWER, *SIGNING_POWERS.values())
LONGEST_EXAMPLE = 5_000  # characters


@action
def mark_wrong(material: Material, finding: Finding, *, kind: str, reason: str, by: Member) -> Mark:
    """Say that a finding is wrong. The same finding is marked once; the finding itself stays in force."""
    if not by.can_any(MARKING_POWERS):
        raise NotAllowed(Power.WRITE)
    if kind not in Mark.Kind.values:
        raise Refusal("unknown_choice", _("Say what is wrong about it."), field="kind")
    reason = " ".join(reason.split())[:300]
    if kind == Mark.Kind.OTHER and not reason:
        raise Refusal("reason_missing", _("Say in a few words what is wrong about it."), field="reason")
    place = {
        "organization": by.organization,
        "fingerprint": material.fingerprint,
        "rule": finding.rule,
        "field": finding.field,
        "start": finding.start,
        "end": finding.end,
    }
    standing = Mark.objects.filter(**place).first()
    if standing is not None:
        nothing_changed()
        return standing
    mark = Mark(
        **place,
        surface=material.surface,
        kind=kind,
        reason=reason,
        says=finding.says,
        example=example_of(material, finding),
        marked_by=by,
        marked_at=clock.now(),
    )
    try:
        with transaction.atomic():
            mark.save(force_insert=True)
    except IntegrityError:
        nothing_changed()
        return Mark.objects.get(**place)
    _tell(mark, by, "finding.marked", _("Marked a finding of %(rule)s as wrong: %(kind)s."))
    return mark


@action
def accept_mark(mark: Mark, *, by: Member, example: Mapping[str, Any], answer: str = "") -> Mark:
    """The rule was wrong: the text is kept as an example that must not be found.

    `example` is the text as it shall be kept: whoever reviews takes out what is about somebody.
    """
    may_manage(mark.organization, by)
    text = str(example.get("text", "")).strip()
    if not text and not example.get("alt_texts"):
        raise Refusal("example_missing", _("An example needs a text."), field="text")
    if len(text) > LONGEST_EXAMPLE:
        raise Refusal("too_long", _("Shorten the example to what matters."), field="text")
    _review(mark, Mark.State.ACCEPTED, by, answer)
    mark.example = {**{k: v for k, v in example.items() if v}, "text": text, "surface": mark.surface}
    mark.save()
    _tell(mark, by, "mark.accepted", _("Kept a text as an example that %(rule)s must not find."))
    return mark


@action
def reject_mark(mark: Mark, *, by: Member, answer: str = "") -> Mark:
    """The rule was right: the words are forgotten, that somebody marked them is not."""
    may_manage(mark.organization, by)
    _review(mark, Mark.State.REJECTED, by, answer)
    mark.says, mark.example = "", {}
    mark.save()
    _tell(mark, by, "mark.rejected", _("Reviewed a mark: %(rule)s was right."))
    return mark


def _review(mark: Mark, state: str, by: Member, answer: str) -> None:
    MARK_MOVES.check(mark.state, state)
    mark.state, mark.answer = state, " ".join(answer.split())[:300]
    mark.reviewed_by, mark.reviewed_at = by, clock.now()


def _tell(mark: Mark, by: Member, verb: str, words: str) -> None:
    # Neither the words nor the reason: they may speak of somebody, and the record is for ever.
    record(
        mark.organization_id,
        by=by.actor,
        verb=verb,
        on=("mark", mark.pk, mark.rule),
        words=words % {"rule": mark.rule, "kind": mark.get_kind_display()},
        data={"rule": mark.rule, "kind": mark.kind, "fingerprint": mark.fingerprint},
    )
