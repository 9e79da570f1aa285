"""What a finder gets and what it answers. The engine turns hits into findings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bedside.guard.material import Material
from bedside.guard.organization import OrganizationFacts
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.verdict import Finding, SignOff, Weight


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the original text of a field; `weight` and `sign_off` only where they differ from the
    rule's."""

    field: str
    start: int
    end: int
    replacement: str | None = None
    weight: Weight | None = None
    sign_off: SignOff | None = None


@dataclass(slots=True)
class Case:
    """One material being judged: its readings, and what finders may ask about its surroundings."""

    material: Material
    readings: list[Reading]
    organization: OrganizationFacts
    on: date
    parent: Reading | None
    links: list[Any] | None = None

    def reading(self, field: str) -> Reading | None:
        """The reading of one field, if the field has any text."""
        return next((reading for reading in self.readings if reading.field == field), None)

    @property
    def is_reply(self) -> bool:
        """Whether our own channel already says that care is meant."""
        return self.material.surface in ("comment_reply", "review_reply")

    @property
    def is_of_the_house(self) -> bool:
        """Whether the house speaks of itself, so that numbers and addresses are its own or its clinicians'."""
        return self.material.surface in ("ad", "profile")


Finder = Callable[[Case, Rule], Iterator[Hit]]


def finding(rule: Rule, original: str, hit: Hit, *, is_weighed: bool = False) -> Finding:
    """The finding of a rule at a place in a field's original text."""
    return Finding(
        rule=rule.id,
        field=hit.field,
        start=hit.start,
        end=hit.end,
        says=original[hit.start : hit.end],
        why=rule.why,
        instead=rule.instead,
        weight=hit.weight or rule.weight,
        sign_off=hit.sign_off or (rule.sign_off if hit.weight is None else hit.sign_off),
        override=rule.override,
        replacement=hit.replacement,
        citation=rule.citation,
        is_weighed=is_weighed,
    )
