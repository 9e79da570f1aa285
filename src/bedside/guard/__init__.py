"""The guard: what may be said in public by a healthcare organization, decided in milliseconds.

Pure Python, usable without the web application: the same material, facts and day give the same findings.
Entry points are `judge` and `judge_many`; `rules` and `rule` tell what is checked and why.
"""

from bedside.guard.engine import judge, judge_many, rule, rules
from bedside.guard.material import SURFACES, Consent, LinkFacts, Material, MediaFacts, Surface
from bedside.guard.organization import Clinician, OrganizationFacts, OwnRule
from bedside.guard.rulebook import Citation, Rule
from bedside.guard.verdict import (
    Decision,
    Finding,
    Override,
    SignOff,
    Verdict,
    Weight,
    decide,
    sign_offs,
)

__all__ = [
    "SURFACES",
    "Citation",
    "Clinician",
    "Consent",
    "Decision",
    "Finding",
    "LinkFacts",
    "Material",
    "MediaFacts",
    "OrganizationFacts",
    "Override",
    "OwnRule",
    "Rule",
    "SignOff",
    "Surface",
    "Verdict",
    "Weight",
    "decide",
    "judge",
    "judge_many",
    "rule",
    "rules",
    "sign_offs",
]
