"""What the guard answers: findings with their words underlined, and one decision.

How a decision follows from the findings is here and nowhere else; how findings come about is in `engine.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

Weight = Literal["stops", "needs sign-off", "advises"]
SignOff = Literal["privacy", "clinical", "brand"]
Override = Literal["never", "privacy-officer-plus-second-person", "approver-with-reason", "author-dismiss"]
Decision = Literal["block", "warn", "allow"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in one field where a rule speaks.

    `start` and `end` count code points of the original field text; `says` is that very piece. A finding about
    something absent (a missing alternative text) has an empty piece. `replacement` is text for the piece
    where the change is mechanical. `is_weighed`: the score of all words together has a say (`weighing.py`).
    """

    rule: str
    field: str
    start: int
    end: int
    says: str
    why: str
    instead: str
    weight: Weight
    sign_off: SignOff | None
    override: Override
    replacement: str | None
    citation: str
    is_weighed: bool = False

    @property
    def is_violation(self) -> bool:
        """Whether the material may not leave as it stands: a stop, or what only a privacy officer could
        pass."""
        if self.weight == "stops":
            return True
        return (
            self.weight == "needs sign-off"
            and self.signature == "privacy"
            and self.override in ("never", "privacy-officer-plus-second-person")
        )

    @property
    def signature(self) -> SignOff | None:
        """Whose signature lets it pass. A rule that was made to ask for one, and names nobody, asks whoever its
        override level trusts: nothing may pass unsigned because nobody was named."""
        if self.weight == "advises" or self.sign_off or self.weight == "stops":
            return None if self.weight == "advises" else self.sign_off
        return "privacy" if self.override in ("never", "privacy-officer-plus-second-person") else "brand"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The guard's answer for one material, bound to its fingerprint and to the rules in force.

    `block`: a violation as it stands. `warn`: a person must look. `allow`: nothing, or advice alone.
    `waived` are findings that somebody who may has let pass in exactly this material; they count no more.
    """

    findings: tuple[Finding, ...]
    decision: Decision
    sign_offs: frozenset[SignOff]
    fingerprint: str
    rules_version: str
    waived: tuple[Finding, ...] = ()


def decide(findings: Iterable[Finding]) -> Decision:
    """The decision that follows from findings; also right after some of them were waived."""
    decision: Decision = "allow"
    for finding in findings:
        if finding.is_violation:
            return "block"
        if finding.weight == "needs sign-off":
            decision = "warn"
    return decision


def sign_offs(findings: Iterable[Finding]) -> frozenset[SignOff]:
    """Whose signatures these findings ask for."""
    return frozenset(finding.signature for finding in findings if finding.signature)


def with_waivers(verdict: Verdict, is_waived: Callable[[Finding], bool]) -> Verdict:
    """The verdict that is left when the findings for which `is_waived` holds count no more.

    A finding of a rule that can never be overridden always stays.
    """
    waived = tuple(f for f in verdict.findings if f.override != "never" and is_waived(f))
    if not waived:
        return verdict
    left = tuple(finding for finding in verdict.findings if finding not in waived)
    return replace(verdict, findings=left, decision=decide(left), sign_offs=sign_offs(left), waived=waived)
