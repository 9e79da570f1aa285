"""Rules for programs: those of the product as they weigh here, the organization's own, and changes of weight."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.guard import Override, SignOff, Weight
from bedside.people.powers import Power
from bedside.rules.actions import (
    archive_own_rule,
    end_regrade,
    regrade_rule,
    restore_own_rule,
    save_own_rule,
)
from bedside.rules.examples import tried_examples
from bedside.rules.models import OwnRule, Regrade
from bedside.rules.naming import shipped
from bedside.rules.queries import (
    Line,
    lines_for,
    own_rule_for,
    own_rules_for,
    regrade_for,
    regrades_for,
)
from bedside.rules.wording import LONGEST_EXAMPLE, LONGEST_PHRASE, MOST_EXAMPLES, MOST_PHRASES, check_wording

router = Router(tags=["rules"])

# PostgreSQL keeps no character zero; nobody means one.
PLAIN = r"^[^\x00]*$"
Phrase = Annotated[str, Field(min_length=1, max_length=LONGEST_PHRASE, pattern=PLAIN)]
Example = Annotated[str, Field(min_length=1, max_length=LONGEST_EXAMPLE, pattern=PLAIN)]
Spoken = Literal["post", "comment_reply", "review_reply", "ad", "profile"]


class CitationOut(Schema):
    """What a rule stands on, and the day somebody last read it there."""

    text: str
    read_on: date


class RuleOut(Schema):
    """A rule of the product; `weight` is what it weighs here, `own_weight` what by itself."""

    id: str
    title: str
    family: str
    why: str
    instead: str
    weight: Weight
    own_weight: Weight
    sign_off: SignOff | None
    override: Override
    surfaces: list[Spoken]
    citations: list[CitationOut]
    regrade: UUID | None


class OwnRuleIn(Given):
    """A rule of the organization's own. It is saved only when every example comes out as it must."""

    title: str = Field(min_length=1, max_length=120, pattern=PLAIN)
    phrases: list[Phrase] = Field(min_length=1, max_length=MOST_PHRASES)
    why: str = Field("", max_length=400, pattern=PLAIN)
    instead: str = Field("", max_length=400, pattern=PLAIN)
    weight: Weight = "advises"
    sign_off: SignOff = "brand"
    override: Override = "approver-with-reason"
    surfaces: list[Spoken] = Field(default_factory=list, max_length=5)
    replacement: str = Field("", max_length=200, pattern=PLAIN)
    breaks: list[Example] = Field(min_length=1, max_length=MOST_EXAMPLES)
    keeps: list[Example] = Field(min_length=1, max_length=MOST_EXAMPLES)


class OwnRuleOut(Schema):
    """A rule of the organization's own; findings name it by `key`."""

    id: UUID
    key: str
    title: str
    phrases: list[str]
    why: str
    instead: str
    weight: str
    sign_off: str
    override: str
    surfaces: list[str]
    replacement: str
    breaks: list[str]
    keeps: list[str]
    made_at: datetime
    changed_at: datetime
    archived_at: datetime | None


class TriedOut(Schema):
    """One example and how it came out; `why` says what is wrong about it."""

    text: str
    has_to_be_found: bool
    is_right: bool
    why: str


class RegradeIn(Given):
    """Another weight for a rule of the product, with the reason, which goes into the record."""

    rule: str = Field(min_length=1, max_length=80, pattern=PLAIN)
    weight: Weight
    reason: str = Field(min_length=10, max_length=400, pattern=PLAIN)


class RegradeOut(Schema):
    """A weight that differs from the product's."""

    id: UUID
    rule: str
    weight: str
    reason: str
    made_at: datetime
    ended_at: datetime | None


@router.get("/rules", response={200: list[RuleOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_RULES)
def rules(request: HttpRequest) -> list[dict[str, Any]]:
    """Every rule of the product, as it weighs in this organization."""
    return [_rule(line) for line in lines_for(member_of(request))]


def _rule(line: Line) -> dict[str, Any]:
    rule = line.rule
    same = ("id", "title", "family", "why", "instead", "sign_off", "override", "citations")
    return {name: getattr(rule, name) for name in same} | {
        "weight": line.weight,
        "own_weight": rule.weight,
        "surfaces": sorted(rule.surfaces),
        "regrade": line.regrade.pk if line.regrade else None,
    }


@router.get("/rules/own", response={200: list[OwnRuleOut], **PROBLEMS})
@needs(Power.MANAGE_RULES)
def own_rules(request: HttpRequest, archived: bool = False) -> QuerySet[OwnRule]:
    """The organization's own rules in force, or those that were put away."""
    return own_rules_for(member_of(request), archived=archived)


@router.post("/rules/own", response={201: OwnRuleOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def write(request: HttpRequest, rule: OwnRuleIn) -> Any:
    """Write a rule; refused while an example comes out wrong (`POST /rules/own/try` says which)."""
    by = member_of(request)
    return Status(201, save_own_rule(by.organization, fields=rule.model_dump(), by=by))


@router.post("/rules/own/try", response={200: list[TriedOut], **PROBLEMS})
@needs(Power.MANAGE_RULES)
def try_it(request: HttpRequest, rule: OwnRuleIn) -> list[Any]:
    """How the examples of a rule would come out. Nothing is saved."""
    tried = OwnRule(organization=member_of(request).organization, key="own-tried", **rule.model_dump())
    check_wording(tried)
    return list(tried_examples(tried))


@router.get("/rules/own/{rule_id}", response={200: OwnRuleOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def own_rule(request: HttpRequest, rule_id: UUID) -> OwnRule:
    """One own rule."""
    return own_rule_for(member_of(request), rule_id)


@router.put("/rules/own/{rule_id}", response={200: OwnRuleOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def change(request: HttpRequest, rule_id: UUID, rule: OwnRuleIn) -> OwnRule:
    """Change a rule as a whole; what is left out becomes what it is by default."""
    by = member_of(request)
    return save_own_rule(by.organization, fields=rule.model_dump(), by=by, rule=own_rule_for(by, rule_id))


@router.post("/rules/own/{rule_id}/archive", response={200: OwnRuleOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def put_away(request: HttpRequest, rule_id: UUID) -> OwnRule:
    """Put a rule away: it finds nothing any more."""
    by = member_of(request)
    return archive_own_rule(own_rule_for(by, rule_id), by=by)


@router.post("/rules/own/{rule_id}/restore", response={200: OwnRuleOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def bring_back(request: HttpRequest, rule_id: UUID) -> OwnRule:
    """Bring a rule back that was put away."""
    by = member_of(request)
    return restore_own_rule(own_rule_for(by, rule_id), by=by)


@router.get("/rules/regrades", response={200: list[RegradeOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_RULES)
def regrades(request: HttpRequest) -> QuerySet[Regrade]:
    """The weights that differ from the product's now."""
    return regrades_for(member_of(request))


@router.post("/rules/regrades", response={201: RegradeOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def regrade(request: HttpRequest, wanted: RegradeIn) -> Any:
    """Give a rule another weight: graver always, milder as far as its override allows and by a privacy officer."""
    by = member_of(request)
    if wanted.rule not in shipped():
        raise Http404
    made = regrade_rule(
        by.organization, rule=shipped()[wanted.rule], weight=wanted.weight, reason=wanted.reason, by=by
    )
    return Status(201, made)


@router.post("/rules/regrades/{regrade_id}/end", response={200: RegradeOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def end(request: HttpRequest, regrade_id: UUID) -> Regrade:
    """Give the rule its own weight back."""
    by = member_of(request)
    return end_regrade(regrade_for(by, regrade_id), by=by)
