"""A clinic that writes rules of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.fixtures.clinic import Clinic
from tests.rooms.planning.conftest import agreed, author, channel, sign_all, write

from bedside.guard import Finding, Material, Verdict, judge
from bedside.people.models import Member
from bedside.rules.actions import save_own_rule
from bedside.rules.facts import organization_facts
from bedside.rules.models import OwnRule

__all__ = ["agreed", "author", "channel", "sign_all", "write"]

PET_NAMES: dict[str, Any] = {
    "title": "No pet names for operations",
    "phrases": ["tummy tuck", "mommy makeover*"],
    "why": "Our surgeons do not sell operations by pet names.",
    "instead": "Name the operation.",
    "weight": "stops",
    "replacement": "abdominoplasty",
    "breaks": ["Ask about our tummy tuck in June."],
    "keeps": ["My tummy hurts, says the boy."],
}


@pytest.fixture
def officer(clinic: Clinic) -> Member:
    """The privacy officer, who writes the rules."""
    return clinic.member("privacy_officer")


@pytest.fixture
def own(clinic: Clinic, officer: Member) -> Callable[..., OwnRule]:
    """Write an own rule; what is given replaces the usual one's fields."""

    def make(**fields: Any) -> OwnRule:
        return save_own_rule(clinic.organization, fields={**PET_NAMES, **fields}, by=officer)

    return make


def judged(clinic: Clinic, text: str, surface: Any = "post") -> Verdict:
    """What the guard says under the clinic's rules as they are now."""
    return judge(Material(surface, text), organization=organization_facts(clinic.organization))


def found(clinic: Clinic, text: str, rule: str, surface: Any = "post") -> tuple[Material, Finding]:
    """The material and the first finding of a rule in it."""
    material = Material(surface, text)
    verdict = judge(material, organization=organization_facts(clinic.organization))
    return material, next(finding for finding in verdict.findings if finding.rule == rule)
