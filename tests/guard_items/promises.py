"""What the guard promises for any material, as one check that property tests and the fuzzer share.

A broken promise is an AssertionError whose sentence says which one.
"""

from datetime import date

from bedside.guard import Material, OrganizationFacts, Verdict, judge

DAY = date(2026, 11, 22)


def kept(material: Material, organization: OrganizationFacts) -> Verdict:
    """The verdict, after every promise about it was looked at: places point at the words that the findings say,
    replacements have a place, the decision fits the findings, and a second look sees the same."""
    verdict = judge(material, organization=organization, on=DAY)
    fields = dict(material.fields())
    for finding in verdict.findings:
        original = fields.get(finding.field, "")
        assert 0 <= finding.start <= finding.end <= len(original), (
            f"{finding.rule}: outside of {finding.field}"
        )
        assert finding.says == original[finding.start : finding.end], (
            f"{finding.rule}: other words are underlined"
        )
        assert finding.why, f"{finding.rule}: no reason"
    violations = any(finding.is_violation for finding in verdict.findings)
    assert (verdict.decision == "block") == violations, "the decision does not follow from the findings"
    assert verdict == judge(material, organization=organization, on=DAY), "a second look sees something else"
    return verdict
