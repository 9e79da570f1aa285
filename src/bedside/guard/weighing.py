"""What follows from the score of all words together: a finding that no phrase made, or a person instead of a stop.

A rule that needs no weighing (a record number, a link that tells an illness) stops whatever the score. A rule that is
`weighed` stops, unless the score of the whole is so low that the phrase most likely stands in harmless company: then
somebody with its sign-off looks. And what scores high without
any rule that stops is a finding of the rule that such words break most likely.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bedside.guard.hits import Case, Hit, finding
from bedside.guard.rulebook import rulebook
from bedside.guard.scorer import CLEARS_BELOW, LIMIT_OF, WOULD_STOP, Score, scorer, side_of
from bedside.guard.verdict import Finding


def weighed(judged: Sequence[tuple[Case, list[Finding]]]) -> list[list[Finding]]:
    """The findings of each case after the score was asked; unchanged where a rule stops that needs no weighing."""
    found = [findings for _, findings in judged]
    asked = [at for at, (case, findings) in enumerate(judged) if _is_asked(case, findings)]
    scores = scorer().score([(judged[at][0], fired_names(found[at])) for at in asked])
    for at, score in zip(asked, scores, strict=True):
        if score is not None:
            found[at] = _after(score, *judged[at])
    return found


def _is_asked(case: Case, findings: Iterable[Finding]) -> bool:
    return case.material.surface != "inbound" and all(
        each.is_weighed for each in findings if each.is_violation
    )


def _after(score: Score, case: Case, findings: list[Finding]) -> list[Finding]:
    side = side_of(case.material.surface)
    is_high = score.alone(side) >= scorer().blocks_at[LIMIT_OF[case.material.surface]]
    if any(each.is_violation for each in findings):
        is_harmless = score.value < CLEARS_BELOW[side] and not is_high
        return [_softened(each) if is_harmless and each.is_violation else each for each in findings]
    return findings + _found(case, score) if is_high else findings


def fired_names(findings: Iterable[Finding]) -> set[str]:
    """The rules that spoke, as the scorer knows them: `WOULD_STOP` where one would stop. Advice says nothing about a
    violation, and neither do fancy letters: they must not make the same words look more harmless."""
    spoke = (each for each in findings if each.weight != "advises" and each.rule != _OF_LETTERS)
    return {each.rule + WOULD_STOP * each.is_violation for each in spoke}


_OF_LETTERS = "a11y-styled-unicode"


def _softened(found: Finding) -> Finding:
    """The same finding as a matter for a signature."""
    return replace(
        found,
        weight="needs sign-off",
        sign_off=found.sign_off or "privacy",
        override="approver-with-reason",
    )


def _found(case: Case, score: Score) -> list[Finding]:
    learned, surface = scorer(), case.material.surface
    # What needs no weighing speaks for itself: a number is there or not.
    weighed_here = {rule.id for rule in rulebook().rules if rule.is_weighed and surface in rule.surfaces}
    name = learned.rule_for(score, weighed_here)
    if name is None:
        return []
    reading, start, end = learned.telling(score)
    first, last = reading.span(start, end) if end > start else (0, len(reading.original))
    rule = rulebook().rule(name)
    return [finding(rule, reading.original, Hit(reading.field, first, last, None, "stops"))]
