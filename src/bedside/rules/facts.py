"""Everything the guard has to know of an organization: its directory, its own rules, its weights.

Whoever judges takes the facts from here, the last gate included; so a rule written a minute ago already holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from bedside import guard
from bedside.guard import OrganizationFacts, Surface
from bedside.people.models import Organization
from bedside.people.queries import facts_for
from bedside.rules.models import Edition, OwnRule, Regrade

MOST_KEPT = 200  # organizations whose choices this process keeps

_remembered: ContextVar[dict[UUID, OrganizationFacts] | None] = ContextVar("facts_remembered", default=None)


@dataclass(frozen=True)
class Choices:
    """An organization's own rules and weights as the guard takes them."""

    own_rules: tuple[guard.OwnRule, ...] = ()
    regrades: tuple[tuple[str, guard.Weight], ...] = ()


class _Kept:
    """The choices of each organization with the edition they were read at; one small read tells whether they hold.

    An edition's name is never used twice, so what a transaction wrote and took back cannot be taken for the present.
    """

    def __init__(self) -> None:
        self._known: dict[UUID, tuple[UUID, Choices]] = {}

    def of(self, organization_id: UUID) -> Choices:
        """The choices as they stand."""
        name = Edition.objects.filter(pk=organization_id).values_list("name", flat=True).first()
        if name is None:
            return _NONE
        known = self._known.get(organization_id)
        if known is not None and known[0] == name:
            return known[1]
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        found = _read(organization_id)
        self._known[organization_id] = (name, found)
        return found


_NONE = Choices()
choices_of = _Kept().of


def organization_facts(organization: Organization) -> OrganizationFacts:
    """What the organization says about itself and about rules, as the guard takes it."""
    known = _remembered.get()
    if known is None:
        return _facts(organization)
    if organization.pk not in known:
        known[organization.pk] = _facts(organization)
    return known[organization.pk]


@contextmanager
def facts_remembered() -> Iterator[None]:
    """Read each organization's facts once inside: for one piece of work that judges hundreds of texts."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def as_guard_rule(own: OwnRule) -> guard.OwnRule:
    """A rule of the organization's own as a value."""
    return guard.OwnRule(
        id=own.key,
        title=own.title,
        phrases=tuple(own.phrases),
        why=own.why,
        instead=own.instead,
        weight=cast(guard.Weight, own.weight),
        replacement=own.replacement or None,
        breaks=tuple(own.breaks),
        keeps=tuple(own.keeps),
        surfaces=tuple(cast(Surface, each) for each in own.surfaces),
        sign_off=cast(guard.SignOff, own.sign_off),
        override=cast(guard.Override, own.override),
    )


def _facts(organization: Organization) -> OrganizationFacts:
    choices = choices_of(organization.pk)
    public = OrganizationFacts.from_json(facts_for(organization))
    return replace(public, own_rules=choices.own_rules, regrades=choices.regrades)


def _read(organization_id: UUID) -> Choices:
    own = OwnRule.objects.filter(organization_id=organization_id, archived_at=None).order_by("key")
    regrades = Regrade.objects.filter(organization_id=organization_id, ended_at=None).order_by("rule")
    return Choices(
        tuple(as_guard_rule(each) for each in own),
        tuple((each.rule, cast(guard.Weight, each.weight)) for each in regrades),
    )
