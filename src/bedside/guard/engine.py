"""Judging: every public field of a material against every rule in force, and one verdict.

What a rule looks for is in `rulebook.py` and the finders; how text is read is in `reading.py`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from bedside.guard.material import Consent, Material
from bedside.guard.organization import OrganizationFacts
from bedside.guard.rulebook import Rule, rulebook
from bedside.guard.verdict import Finding, Verdict, decide, sign_offs

_NOBODY = OrganizationFacts()


def judge(
    material: Material,
    *,
    organization: OrganizationFacts = _NOBODY,
    on: date | None = None,
    consents: Iterable[Consent] = (),
) -> Verdict:
    """What the rules in force that day say about this material, for this organization.

    `consents` are the authorizations that cover the channel in question; a day left out means today (UTC).
    """
    return _judge(material, organization, on or _today(), tuple(consents))


def judge_many(
    materials: Iterable[Material],
    *,
    organization: OrganizationFacts = _NOBODY,
    on: date | None = None,
    consents: Iterable[Consent] = (),
) -> Iterator[Verdict]:
    """The verdict of each material in turn, as they come: nothing is gathered in memory."""
    day, live = on or _today(), tuple(consents)
    for material in materials:
        yield _judge(material, organization, day, live)


def rules() -> tuple[Rule, ...]:
    """All rules that ship with the product, by id."""
    return rulebook().rules


def rule(rule_id: str) -> Rule:
    """One rule by its id; KeyError with a sentence when there is none."""
    return rulebook().rule(rule_id)


def _today() -> date:
    return datetime.now(UTC).date()


def _judge(
    material: Material, organization: OrganizationFacts, on: date, consents: tuple[Consent, ...]
) -> Verdict:
    findings: tuple[Finding, ...] = tuple(
        finding
        for each in rulebook().rules
        if material.surface in each.surfaces and each.is_in_force(on)
        for finding in _first_form(each, material)
    )
    return Verdict(
        findings=findings,
        decision=decide(findings),
        sign_offs=sign_offs(findings),
        fingerprint=material.fingerprint,
        rules_version=rulebook().version,
    )


def _first_form(rule: Rule, material: Material) -> Iterator[Finding]:

    if rule.finder == "alt_text":
        for number, media in enumerate(material.media):
            if media.kind in ("image", "gif") and not media.alt_text.strip():
                yield _finding(rule, f"alt_texts[{number}]", "", 0, 0)
        return
    for field, text in material.fields():
        for phrase in rule.phrases:
            for found in re.finditer(phrase.says, text, re.IGNORECASE):
                yield _finding(rule, field, text, *found.span())


def _finding(rule: Rule, field: str, text: str, start: int, end: int) -> Finding:
    return Finding(
        rule=rule.id,
        field=field,
        start=start,
        end=end,
        says=text[start:end],
        why=rule.why,
        instead=rule.instead,
        weight=rule.weight,
        sign_off=rule.sign_off,
        override=rule.override,
        replacement=None,
        citation=rule.citation,
    )
