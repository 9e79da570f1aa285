"""Every rule file's own examples, as tests: near misses first, because false alarms cost trust.

The rule itself must find its examples, without the scorer: that one learned from them and would hide a rule that does
not work.
"""

from datetime import date

import pytest

from bedside.guard import Material, OrganizationFacts, Rule, judge, rules
from bedside.guard.desk import desk_for
from bedside.guard.engine import spoken

DAY = date(2026, 11, 22)


def rules_that_speak(material: Material) -> set[str]:
    case = desk_for(OrganizationFacts()).case(material, DAY)
    return {finding.rule for finding in spoken(case)}


@pytest.mark.parametrize(
    ("rule", "material"), [(r, m) for r in rules() for m in r.keeps], ids=lambda v: getattr(v, "id", None)
)
def test_a_near_miss_keeps_its_rule(rule: Rule, material: Material) -> None:
    assert rule.id not in rules_that_speak(material)
    assert rule.id not in {finding.rule for finding in judge(material, on=DAY).findings}


@pytest.mark.parametrize(
    ("rule", "material"), [(r, m) for r in rules() for m in r.breaks], ids=lambda v: getattr(v, "id", None)
)
def test_a_bad_example_breaks_its_rule(rule: Rule, material: Material) -> None:
    assert rule.id in rules_that_speak(material)
    assert rule.id in {finding.rule for finding in judge(material, on=DAY).findings}


@pytest.mark.parametrize(
    ("rule", "material"),
    [(r, m) for r in rules() if r.override == "never" for m in r.breaks],
    ids=lambda v: getattr(v, "id", None),
)
def test_what_nobody_may_let_pass_is_blocked(rule: Rule, material: Material) -> None:
    assert judge(material, on=DAY).decision == "block"


def test_rules_with_all_their_examples_can_stand_in_a_set() -> None:
    assert len(set(rules())) == len(list(rules()))
