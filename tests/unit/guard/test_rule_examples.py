"""Every rule file's own examples, as tests: near misses first, because false alarms cost trust."""

import pytest

from bedside.guard import Material, Rule, judge, rules


@pytest.mark.parametrize(
    ("rule", "material"), [(r, m) for r in rules() for m in r.keeps], ids=lambda v: getattr(v, "id", None)
)
def test_a_near_miss_keeps_its_rule(rule: Rule, material: Material) -> None:
    assert rule.id not in {finding.rule for finding in judge(material).findings}


@pytest.mark.parametrize(
    ("rule", "material"), [(r, m) for r in rules() for m in r.breaks], ids=lambda v: getattr(v, "id", None)
)
def test_a_bad_example_breaks_its_rule(rule: Rule, material: Material) -> None:
    assert rule.id in {finding.rule for finding in judge(material).findings}
