"""Who has to sign: from what the material needs to the steps of a request.

An organization without a route of its own for a need uses the built-in one: one signature by
somebody with that signing power. Privacy comes first, because it can stop everything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bedside.approvals.models import Route, RouteStep
from bedside.people.models import Organization

ORDER = ("privacy", "clinical", "brand")
DEFAULT_LIFE_HOURS = 24 * 14


@dataclass(frozen=True)
class PlannedStep:
    """One step to be: which signing power, one or all, and whom (member ids; empty: all with the power)."""

    signing: str
    rule: str
    signers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The steps for some needs, in order, and how long their signatures live."""

    steps: tuple[PlannedStep, ...]
    life: timedelta

    def expires_at(self, asked_at: datetime) -> datetime:
        """When signatures asked for at `asked_at` lapse."""
        return asked_at + self.life


def plan_for(organization: Organization, needs: Iterable[str]) -> Plan:
    """The steps that material with these needs has to pass; without any need, the brand's."""
    wanted = [need for need in ORDER if need in set(needs)] or ["brand"]
    own = {
        route.need: route
        for route in Route.objects.filter(organization=organization, need__in=wanted).prefetch_related(
            "steps__members"
        )
    }
    steps: list[PlannedStep] = []
    for need in wanted:
        for step in _steps_of(own.get(need), need):
            if step not in steps:
                steps.append(step)
    hours = min((own[n].expires_after_hours if n in own else DEFAULT_LIFE_HOURS) for n in wanted)
    return Plan(tuple(steps), timedelta(hours=hours))


def _steps_of(route: Route | None, need: str) -> list[PlannedStep]:
    rows = list(route.steps.all()) if route else []
    if not rows:
        return [PlannedStep(need, RouteStep.Rule.ANYONE)]
    return [
        PlannedStep(row.signing, row.rule, tuple(sorted(str(m.pk) for m in row.members.all())))
        for row in rows
    ]
