"""Judging: every public field of a material against every rule in force, and one verdict.

What a rule looks for is in its file (`rules/`), its phrases (`gate.py`) and its finder (`finders/`); how
text is read is in `desk.py`. Here hits become findings, consents and the organization's own weights are
applied, and the decision is drawn.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice

from bedside.guard.consents import covered
from bedside.guard.desk import Desk, desk_for
from bedside.guard.finders import FINDERS, TRIGGERS
from bedside.guard.gate import Gate
from bedside.guard.hits import Case, Hit, finding
from bedside.guard.material import Consent, Material, Surface
from bedside.guard.organization import OrganizationFacts
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule, rulebook
from bedside.guard.scorer import weights_version
from bedside.guard.traits import traits_of_material
from bedside.guard.verdict import Finding, Verdict, Weight, decide, sign_offs
from bedside.guard.ways import Way
from bedside.guard.weighing import weighed

_NOBODY = OrganizationFacts()
_AT_ONCE = 64


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
    return next(_judged([material], organization, on or _today(), tuple(consents)))


def judge_many(
    materials: Iterable[Material],
    *,
    organization: OrganizationFacts = _NOBODY,
    on: date | None = None,
    consents: Iterable[Consent] = (),
) -> Iterator[Verdict]:
    """The verdict of each material in turn. A few at a time are judged together, which takes less time."""
    day, coming = on or _today(), iter(materials)
    while group := list(islice(coming, _AT_ONCE)):
        yield from _judged(group, organization, day, tuple(consents))


def rules() -> tuple[Rule, ...]:
    """All rules that ship with the product, by id."""
    return rulebook().rules


def rule(rule_id: str) -> Rule:
    """One rule by its id; KeyError with a sentence when there is none."""
    return rulebook().rule(rule_id)


def _today() -> date:
    return datetime.now(UTC).date()


@cache
def _version() -> str:
    return f"{rulebook().version}.{weights_version()}"


@cache
def gate_for(surface: Surface) -> Gate:
    """What lets the rules through that a text on that surface may break."""
    return Gate(rulebook().rules, surface)


@cache
def _always_asked(surface: Surface) -> dict[str, Rule]:
    """The rules for that surface whose finder is asked about every text, by id."""
    return {
        rule.id: rule
        for rule in rulebook().rules
        if rule.finder != "phrases" and rule.finder not in TRIGGERS and surface in rule.surfaces
    }


def _judged(
    materials: Sequence[Material], organization: OrganizationFacts, on: date, consents: Iterable[Consent]
) -> Iterator[Verdict]:
    live = tuple(consent for consent in consents if consent.is_live(on))
    desk = desk_for(organization)
    cases = [desk.case(material, on) for material in materials]
    found = weighed([(case, spoken(case)) for case in cases])
    for case, findings in zip(cases, found, strict=True):
        yield _verdict(desk, case, findings, live)


def _verdict(desk: Desk, case: Case, found: list[Finding], live: tuple[Consent, ...]) -> Verdict:
    findings = list(_regraded(found, case.organization)) if case.organization.regrades else found
    if case.organization.own_rules:
        findings = [*findings, *desk.own_rules.findings(case)]
    if live:
        findings = covered(findings, case, live)
    return Verdict(
        findings=tuple(findings),
        decision=decide(findings),
        sign_offs=sign_offs(findings),
        fingerprint=case.material.fingerprint,
        rules_version=_version(),
    )


def spoken(case: Case) -> list[Finding]:
    """What the rules in force say, before anything is weighed or re-graded."""
    return _in_order(_findings(case))


def _findings(case: Case) -> Iterator[Finding]:
    gate = gate_for(case.material.surface)
    traits = traits_of_material(case.material)
    asked = _always_asked(case.material.surface).copy()
    for reading in case.readings:
        for called in gate.called(reading, traits):
            if isinstance(called, Rule):
                asked[called.id] = called
            elif reading.is_prose and (places := called.stands(reading)):
                yield from _phrase_findings(case, reading, called, places)
    for rule in map(asked.__getitem__, sorted(asked)):
        if rule.is_in_force(case.on):
            for hit in FINDERS[rule.finder](case, rule):
                read = case.reading(hit.field)
                weighed_too = rule.weighs == "everything"
                yield finding(rule, read.original if read else "", hit, is_weighed=weighed_too)


def _phrase_findings(
    case: Case, reading: Reading, way: Way, places: list[tuple[int, int]]
) -> Iterator[Finding]:
    if not way.rule.is_in_force(case.on):
        return
    is_weighed = way.rule.is_weighed and not way.phrase.is_sure
    for start, end in places:
        first, last = reading.span(start, end)
        hit = Hit(reading.field, first, last, None, way.phrase.weight, way.phrase.sign_off)
        yield finding(way.rule, reading.original, hit, is_weighed=is_weighed)


def _in_order(found: Iterable[Finding]) -> list[Finding]:
    """By field and place, without a finding inside another of the same rule and weight; what holds one that no score
    clears is not cleared either."""
    ordered = sorted(found, key=lambda f: (f.field, f.start, -f.end, f.rule))
    last: dict[tuple[str, str, Weight], int] = {}  # the place in `kept` of the one that reaches furthest
    kept: list[Finding] = []
    for each in ordered:
        key = (each.rule, each.field, each.weight)
        around = kept[last[key]] if key in last else None
        if around and each.start < max(around.end, 1) and each.end <= around.end:
            if around.is_weighed and not each.is_weighed:
                kept[last[key]] = replace(around, is_weighed=False)
            continue
        if around is None or each.end >= around.end:
            last[key] = len(kept)
        kept.append(each)
    return kept


def _regraded(found: Iterable[Finding], organization: OrganizationFacts) -> Iterator[Finding]:
    """The organization's own weights; what can never be overridden keeps its weight."""
    regrades = dict(organization.regrades)
    for each in found:
        weight = regrades.get(each.rule)
        if weight is None or each.override == "never":
            yield each
        else:
            yield replace(each, weight=weight, sign_off=None if weight == "stops" else each.sign_off)
