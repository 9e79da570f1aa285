"""Giving a rule that ships with the product another weight, and taking that back."""

from django.utils.translation import gettext as _

from bedside import guard
from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.guard import Rule
from bedside.people.models import Member, Organization
from bedside.people.powers import Power
from bedside.rules.actions.own_rules import may_manage, new_edition
from bedside.rules.grading import is_milder, why_not
from bedside.rules.models import Regrade, Weight

SHORTEST_REASON = 10  # characters


@action
def regrade_rule(organization: Organization, *, rule: Rule, weight: str, reason: str, by: Member) -> Regrade:
    """Let a rule weigh more or less here. Milder needs a privacy officer, and goes only as far as the rule allows."""
    may_manage(organization, by)
    if weight not in Weight.values:
        raise Refusal("unknown_choice", _("Choose one of the list."), field="weight")
    if sentence := why_not(rule, weight):
        raise Refusal("weight_refused", sentence, field="weight")
    if is_milder(weight, rule.weight) and not by.can(Power.APPROVE_PRIVACY):
        raise NotAllowed(
            Power.APPROVE_PRIVACY,
            _("Only a privacy officer may make a rule milder. Ask one of them, or choose a graver weight."),
        )
    if weight == rule.weight:
        raise Refusal(
            "weight_same",
            _("This is the weight the rule has anyway. To go back to it, take the change back."),
            field="weight",
        )
    reason = " ".join(reason.split())[:400]
    if len(reason) < SHORTEST_REASON:
        raise Refusal("reason_missing", _("Say in a sentence why the weight changes here."), field="reason")
    present = Regrade.objects.select_for_update(no_key=True).filter(
        organization=organization, rule=rule.id, ended_at=None
    )
    before = present.first()
    present.update(ended_at=clock.now(), ended_by=by)
    made = Regrade.objects.create(
        organization=organization,
        rule=rule.id,
        weight=weight,
        reason=reason,
        made_by=by,
        made_at=clock.now(),
    )
    _tell(
        made,
        by,
        "rule.regraded",
        _("Gave the rule “%(title)s” another weight: %(weight)s. %(reason)s"),
        before.weight if before else rule.weight,
    )
    return made


@action
def end_regrade(regrade: Regrade, *, by: Member) -> Regrade:
    """Let the rule weigh what it weighs by itself. Making it milder by that needs a privacy officer, too."""
    may_manage(regrade.organization, by)
    rule = _rule_or_none(regrade.rule)
    if rule is not None and is_milder(rule.weight, regrade.weight) and not by.can(Power.APPROVE_PRIVACY):
        raise NotAllowed(
            Power.APPROVE_PRIVACY,
            _(
                "Taking this back makes the rule milder, which only a privacy officer may do. Ask one of them."
            ),
        )
    if not Regrade.objects.filter(pk=regrade.pk, ended_at=None).update(ended_at=clock.now(), ended_by=by):
        nothing_changed()
        return regrade
    regrade.refresh_from_db()
    _tell(
        regrade,
        by,
        "rule.regrade_ended",
        _("Gave the rule “%(title)s” its own weight back."),
        regrade.weight,
    )
    return regrade


def _rule_or_none(rule_id: str) -> Rule | None:
    return next((rule for rule in guard.rules() if rule.id == rule_id), None)


def _tell(regrade: Regrade, by: Member, verb: str, words: str, before: str) -> None:
    new_edition(regrade.organization)
    rule = _rule_or_none(regrade.rule)
    title = rule.title if rule else regrade.rule
    record(
        regrade.organization_id,
        by=by.actor,
        verb=verb,
        on=("rule", regrade.rule, title),
        words=words % {"title": title, "weight": regrade.get_weight_display(), "reason": regrade.reason},
        data={"rule": regrade.rule, "before": before, "weight": regrade.weight, "reason": regrade.reason},
    )
