"""Writing the organization's own rules: save with examples that pass, put away, bring back."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.ids import uuid7
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Member, Organization
from bedside.people.powers import Power
from bedside.rules.examples import kept_examples, refuse_failing
from bedside.rules.models import Edition, OwnRule
from bedside.rules.wording import check_wording

FIELDS = (
    "title",
    "phrases",
    "why",
    "instead",
    "weight",
    "sign_off",
    "override",
    "surfaces",
    "replacement",
    "breaks",
    "keeps",
)
MOST_RULES = 300  # of one organization; each is looked for in every text


@action
def save_own_rule(
    organization: Organization, *, fields: Mapping[str, Any], by: Member, rule: OwnRule | None = None
) -> OwnRule:
    """Write a rule, or change one. Refused while any of its examples comes out wrong.

    `fields` are those of `FIELDS`; what is left out keeps its value. Examples that came from accepted marks have
    to pass as well.
    """
    may_manage(organization, by)
    saved = rule or OwnRule(organization=organization, made_by=by, made_at=clock.now())
    before = {name: getattr(saved, name) for name in FIELDS} if rule else {}
    for name in FIELDS:
        if name in fields:
            setattr(saved, name, fields[name])
    check_wording(saved)
    refuse_failing(saved, kept_examples(saved))
    saved.changed_by, saved.changed_at = by, clock.now()
    _keep(saved, is_new=rule is None)
    changed = {n: getattr(saved, n) for n in FIELDS if before.get(n) != getattr(saved, n)}
    words = _("Changed the rule “%(title)s”.") if rule else _("Wrote the rule “%(title)s”.")
    _tell(saved, by, "rule.changed" if rule else "rule.written", words, {"before": before, "after": changed})
    return saved


@action
def archive_own_rule(rule: OwnRule, *, by: Member) -> OwnRule:
    """Put a rule away: it finds nothing any more. It can be brought back."""
    may_manage(rule.organization, by)
    if rule.archived_at is not None:
        nothing_changed()
        return rule
    rule.archived_at = clock.now()
    rule.save(update_fields=["archived_at"])
    _tell(rule, by, "rule.archived", _("Put the rule “%(title)s” away."), {})
    return rule


@action
def restore_own_rule(rule: OwnRule, *, by: Member) -> OwnRule:
    """Bring a rule back that was put away."""
    may_manage(rule.organization, by)
    if rule.archived_at is None:
        nothing_changed()
        return rule
    _refuse_too_many(rule.organization)
    rule.archived_at = None
    rule.save(update_fields=["archived_at"])
    _tell(rule, by, "rule.restored", _("Brought the rule “%(title)s” back."), {})
    return rule


def may_manage(organization: Organization, by: Member) -> None:
    """Refuse unless the member manages the rules of this organization."""
    if by.organization_id != organization.pk or not by.can(Power.MANAGE_RULES):
        raise NotAllowed(Power.MANAGE_RULES)


def new_edition(organization: Organization) -> None:
    """The organization's rules or weights changed: whoever judges next reads them anew."""
    Edition.objects.update_or_create(organization=organization, defaults={"name": uuid7()})


def _keep(rule: OwnRule, *, is_new: bool) -> None:
    if not is_new:
        rule.save()
        return
    _refuse_too_many(rule.organization)
    taken = set(OwnRule.objects.filter(organization=rule.organization).values_list("key", flat=True))
    stem = f"own-{slugify(rule.title)[:48].strip('-') or 'rule'}"
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    rule.key = next(name for name in names if name not in taken)
    try:
        with transaction.atomic():
            rule.save(force_insert=True)
    except IntegrityError:
        raise Refusal(
            "changed_meanwhile",
            _("Somebody else wrote a rule of this name at the same moment. Save once more."),
        ) from None


def _refuse_too_many(organization: Organization) -> None:
    if OwnRule.objects.filter(organization=organization, archived_at=None).count() >= MOST_RULES:
        raise Refusal(
            "too_many",
            _("There are %(most)d rules already. Put one away, or add phrases to one that is there.")
            % {"most": MOST_RULES},
        )


def _tell(rule: OwnRule, by: Member, verb: str, words: str, data: Mapping[str, Any]) -> None:
    new_edition(rule.organization)
    record(
        rule.organization_id,
        by=by.actor,
        verb=verb,
        on=("rule", rule.key, rule.title),
        words=words % {"title": rule.title},
        data=data,
    )
