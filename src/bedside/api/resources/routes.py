"""Routes: who signs what from now on. Requests that are open keep the steps they were asked with."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.approvals.queries import routes_of
from bedside.approvals.routes import DEFAULT_LIFE_HOURS, MOST_HOURS, MOST_STEPS, Plan, save_route
from bedside.people.models import Member
from bedside.people.powers import Power

router = Router(tags=["approvals"])

Need = Literal["privacy", "clinical", "brand"]


class RouteStepIn(Given):
    """One step: which signing power, one of those who have it or all of them, and only these members where some are
    named.
    """

    signing: Need
    rule: Literal["anyone", "everyone"] = "anyone"
    members: list[UUID] = Field(default_factory=list, max_length=100)


class RouteIn(Given):
    """The steps in their order, one of them for the need itself, and how long signatures are good."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"steps": [{"signing": "clinical"}, {"signing": "brand", "rule": "everyone"}]}]
        }
    )

    steps: list[RouteStepIn] = Field(min_length=1, max_length=MOST_STEPS)
    expires_after_hours: int = Field(DEFAULT_LIFE_HOURS, ge=1, le=MOST_HOURS, strict=True)


class RouteStepOut(Schema):
    """One step as it is asked today; without members, everybody with that signing power."""

    signing: Need
    rule: Literal["anyone", "everyone"]
    members: list[UUID]


class RouteOut(Schema):
    """The steps that material with this need leads through today. `about` says what calls for it."""

    need: Need
    about: str
    steps: list[RouteStepOut]
    expires_after_hours: int


@router.get("/routes", response={200: list[RouteOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_RULES)
def routes(request: HttpRequest) -> list[dict[str, Any]]:
    """Who signs what."""
    return _routes(member_of(request))


@router.put("/routes/{need}", response={200: RouteOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def change(request: HttpRequest, need: Need, route: RouteIn) -> dict[str, Any]:
    """Say who signs what from now on."""
    by = member_of(request)
    steps = [step.model_dump() for step in route.steps]
    save_route(by.organization, need=need, steps=steps, expires_after_hours=route.expires_after_hours, by=by)
    return next(each for each in _routes(by) if each["need"] == need)


def _routes(member: Member) -> list[dict[str, Any]]:
    return [_route(*each) for each in routes_of(member.organization)]


def _route(need: str, about: str, plan: Plan) -> dict[str, Any]:
    steps = [{"signing": s.signing, "rule": s.rule, "members": list(s.signers)} for s in plan.steps]
    hours = round(plan.life.total_seconds() / 3600)
    return {"need": need, "about": about, "steps": steps, "expires_after_hours": hours}
