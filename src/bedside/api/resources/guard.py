"""The guard for programs: judge a text with the organization's own facts, without storing it."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from bedside import guard
from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.foundation import clock
from bedside.people.powers import Power
from bedside.rules.facts import organization_facts

router = Router(tags=["guard"])


class MaterialIn(Given):
    """What would be public. `parent` is the text being answered."""

    surface: Literal["post", "comment_reply", "review_reply", "ad", "profile"] = "post"
    text: str = Field(max_length=100_000)
    parent: str = Field("", max_length=100_000)
    first_comment: str = Field("", max_length=100_000)
    sources: list[str] = Field(default_factory=list, max_length=50)
    links: list[str] = Field(default_factory=list, max_length=50)


class FindingOut(Schema):
    """One finding; `start` and `end` count characters of the field."""

    rule: str
    field: str
    start: int
    end: int
    says: str
    why: str
    instead: str
    weight: str
    sign_off: str | None
    override: str
    replacement: str | None
    citation: str


class VerdictOut(Schema):
    """What the guard says of the whole."""

    verdict: str
    findings: list[FindingOut]
    sign_offs: list[str]
    fingerprint: str
    rules_version: str


def material_of(said: MaterialIn) -> guard.Material:
    """What was sent, as the guard takes it."""
    return guard.Material(
        surface=said.surface,
        text=said.text,
        parent=said.parent,
        first_comment=said.first_comment,
        sources=tuple(said.sources),
        links=tuple(guard.LinkFacts(url=url) for url in said.links),
    )


@router.post("/guard/check", response={200: VerdictOut, **PROBLEMS})
@needs(Power.WRITE, Power.ANSWER)
def check(request: HttpRequest, said: MaterialIn) -> dict[str, Any]:
    """Judge a text under today's rules and the organization's facts. Nothing of it is kept."""
    organization = member_of(request).organization
    material = material_of(said)
    facts = organization_facts(organization)
    verdict = guard.judge(material, organization=facts, on=clock.today(organization.time_zone))
    return {
        "verdict": verdict.decision,
        "findings": list(verdict.findings),
        "sign_offs": sorted(verdict.sign_offs),
        "fingerprint": verdict.fingerprint,
        "rules_version": verdict.rules_version,
    }
