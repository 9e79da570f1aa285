"""Who has to sign: from what the material needs to the steps of a request.

An organization without a route of its own for a need uses the built-in one: one signature by
somebody with that signing power. Privacy comes first, because it can stop everything else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from bedside.approvals.models import Route, RouteStep
from bedside.audit.actions import action, record
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Member, Organization
from bedside.people.powers import SIGNING_POWERS, Power

ORDER = ("privacy", "clinical", "brand")
# What in a material calls for each kind of signature, for the page of routes.
CALLED_FOR_BY = {
    "privacy": _lazy("It could be about a patient"),
    "clinical": _lazy("It makes a clinical statement"),
    "brand": _lazy("Everything else"),
}
DEFAULT_LIFE_HOURS = 24 * 14
MOST_HOURS = 24 * 365
MOST_STEPS = 3  # the page has room for so many, and would lose others when it saves


@dataclass(frozen=True)
class PlannedStep:
    """One step to be: which signing power, one or all, and whom (member ids; empty: all with the power)."""

    signing: str
    rule: str
    signers: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The step as people read it: "Clinical (all of them)"."""
        return f"{Route.Need(self.signing).label} ({str(RouteStep.Rule(self.rule).label).lower()})"


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
            "steps__members__role"
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
    return [PlannedStep(row.signing, row.rule, tuple(sorted(_named(row)))) for row in rows]


def _named(row: RouteStep) -> list[str]:
    """Those who are named at a step and can sign it; who left or lost the power is asked no more."""
    able = (member for member in row.members.all() if member.can(SIGNING_POWERS[row.signing]))
    return [str(member.pk) for member in able]


@action
def save_route(
    organization: Organization,
    *,
    need: str,
    steps: Sequence[Mapping[str, Any]],
    expires_after_hours: int,
    by: Member,
) -> Route:
    """Say who signs what from now on. Requests that are open keep the steps they were asked with."""
    if not by.can(Power.MANAGE_RULES):
        raise NotAllowed(Power.MANAGE_RULES)
    if need not in Route.Need.values:
        raise Refusal("unknown_need", _("There is no such route."))
    if not any(step["signing"] == need for step in steps):
        sentence = _("One step has to be signed for “%(need)s”, or the route would go around it.")
        raise Refusal("need_unmet", sentence % {"need": Route.Need(need).label}, field="signing_1")
    named = [_named_at(organization, step, order) for order, step in enumerate(steps, start=1)]
    route, _made = Route.objects.update_or_create(
        organization=organization, need=need, defaults={"expires_after_hours": expires_after_hours}
    )
    route.steps.all().delete()
    for order, (step, members) in enumerate(zip(steps, named, strict=True), start=1):
        row = route.steps.create(order=order, signing=step["signing"], rule=step["rule"])
        row.members.set(members)
    record(
        organization.pk,
        by=by.actor,
        verb="route.saved",
        on=("route", route.pk, str(route)),
        words=_("Changed who signs “%(need)s”.") % {"need": route.get_need_display()},
        data={"steps": [dict(step) for step in steps], "expires_after_hours": expires_after_hours},
    )
    return route


def _named_at(organization: Organization, step: Mapping[str, Any], order: int) -> list[Member]:
    """The members that a step names. One who cannot sign it is refused: asked alone, nobody could."""
    wanted = {str(pk) for pk in step["members"]}
    active = Member.objects.active().filter(organization=organization, pk__in=wanted)
    found = list(active.select_related("role", "user"))
    if len(found) < len(wanted):
        sentence = _("One of the people named at step %(order)d is no member any more. Choose others.")
        raise Refusal("unknown_member", sentence % {"order": order}, field=f"members_{order}")
    unable = [member.name for member in found if not member.can(SIGNING_POWERS[step["signing"]])]
    if unable:
        sentence = _(
            "%(names)s cannot sign step %(order)d. Choose others, or give them that signing power first."
        )
        names = {"names": ", ".join(sorted(unable)), "order": order}
        raise Refusal("cannot_sign", sentence % names, field=f"members_{order}")
    return found
