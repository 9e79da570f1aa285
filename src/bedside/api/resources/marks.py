"""Findings called wrong, what became of them, and how right each rule is."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from bedside import guard
from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.api.files import LINES, described, file_of
from bedside.api.pages import Paging, page_of
from bedside.api.resources.guard import MaterialIn, material_of
from bedside.api.resources.rules import PLAIN
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.people.models import Member
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.rules.accuracy import DEFINITIONS, Span, accuracy_of
from bedside.rules.actions import accept_mark, count_material, mark_wrong, reject_mark
from bedside.rules.examples import example_lines, still_firing
from bedside.rules.facts import organization_facts
from bedside.rules.models import Mark
from bedside.rules.queries import MOST_SHOWN, mark_for, marks_for

router = Router(tags=["rules"])

LONGEST_TEXT = 20_000  # characters; unlike what is only judged, this is kept
Line = Annotated[str, Field(max_length=300, pattern=PLAIN)]


class MarkIn(MaterialIn):
    """A material, and the finding of the guard in it that is wrong, by rule and place."""

    text: str = Field(max_length=LONGEST_TEXT, pattern=PLAIN)
    parent: str = Field("", max_length=LONGEST_TEXT, pattern=PLAIN)
    first_comment: str = Field("", max_length=LONGEST_TEXT, pattern=PLAIN)
    links: list[Annotated[str, Field(max_length=2_000, pattern=PLAIN)]] = Field(
        default_factory=list, max_length=50
    )
    rule: str = Field(min_length=1, max_length=80, pattern=PLAIN)
    field: str = Field("text", max_length=60, pattern=PLAIN)
    start: int = Field(ge=0, le=100_000)
    end: int = Field(ge=0, le=100_000)
    kind: Literal["not_a_patient", "harmless_here", "other"]
    reason: Line = ""


class MarkOut(Schema):
    """A finding that was called wrong; `example` is an input line of `bedside guard check`."""

    id: UUID
    rule: str
    kind: str
    reason: str
    says: str
    surface: str
    state: Literal["open", "accepted", "rejected"]
    example: dict[str, Any]
    answer: str
    marked_at: datetime
    reviewed_at: datetime | None


class MarkPage(Schema):
    """One page of marks."""

    items: list[MarkOut]
    next: str | None


class MarkPaging(Paging):
    """Which marks, and which page of them."""

    state: Literal["", "open", "accepted", "rejected"] = ""


class AcceptIn(Given):
    """The text as it shall be kept: without anything about a person."""

    text: str = Field(min_length=1, max_length=5_000, pattern=PLAIN)
    answer: Line = ""


class RejectIn(Given):
    """A word to whoever marked it."""

    answer: Line = ""


class ExampleOut(Schema):
    """An example that was kept, and whether its rule still fires under today's rules."""

    id: UUID
    rule: str
    example: dict[str, Any]
    still_fires: bool


class AccuracyOut(Schema):
    """One rule in a span of days; `wrong_share` is null when it never fired."""

    rule: str
    title: str
    fired: int
    places: int
    waived: int
    marked: int
    accepted: int
    wrong_share: float | None


class AccuraciesOut(Schema):
    """All rules that did anything in a span of days; `definitions` says what each number counts."""

    since: date
    until: date
    materials: int
    rules: list[AccuracyOut]
    definitions: dict[str, str]


@router.get("/marks", response={200: MarkPage, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def marks(request: HttpRequest, paging: Query[MarkPaging]) -> dict[str, Any]:
    """Findings that members called wrong, newest first."""
    return page_of(marks_for(member_of(request), state=paging.state), paging)


@router.post("/marks", response={201: MarkOut, **PROBLEMS})
@needs(Power.WRITE, Power.ANSWER, *SIGNING_POWERS.values())
def mark(request: HttpRequest, said: MarkIn) -> Any:
    """Call a finding wrong. It lets nothing pass; a privacy officer reviews it."""
    by = member_of(request)
    material = material_of(said)
    verdict = _verdict(by, material)
    finding = _finding(verdict, said)
    count_material(by.organization_id, [(material, verdict)])
    return Status(201, mark_wrong(material, finding, kind=said.kind, reason=said.reason, by=by))


def _verdict(by: Member, material: guard.Material) -> guard.Verdict:
    organization = by.organization
    facts, day = organization_facts(organization), clock.today(organization.time_zone)
    return guard.judge(material, organization=facts, on=day)


def _finding(verdict: guard.Verdict, said: MarkIn) -> guard.Finding:
    wanted = (said.rule, said.field, said.start, said.end)
    for finding in verdict.findings:
        if (finding.rule, finding.field, finding.start, finding.end) == wanted:
            return finding
    raise Refusal(
        "no_such_finding",
        _("The guard finds nothing of this rule at this place. Check the text, then mark what it finds."),
        field="rule",
    )


@router.get("/marks/examples", response={200: list[ExampleOut], **PROBLEMS})
@needs(Power.MANAGE_RULES)
def examples(request: HttpRequest) -> list[dict[str, Any]]:
    """The newest examples that were kept, tried under today's rules."""
    by = member_of(request)
    kept = list(marks_for(by, state=Mark.State.ACCEPTED)[:MOST_SHOWN])
    fires = still_firing(by.organization, kept)
    return [
        {"id": each.pk, "rule": each.rule, "example": each.example, "still_fires": fires[each.pk]}
        for each in kept
    ]


@router.get(
    "/marks/examples.jsonl", response=PROBLEMS, openapi_extra=described("The examples, a line each", LINES)
)
@needs(Power.MANAGE_RULES)
def take_along(request: HttpRequest) -> StreamingHttpResponse:
    """Every example that was kept, in the form that `bedside guard check` reads."""
    return file_of(example_lines(member_of(request)), mime=LINES, name="examples.jsonl")


@router.post("/marks/{mark_id}/accept", response={200: MarkOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def accept(request: HttpRequest, mark_id: UUID, said: AcceptIn) -> Mark:
    """The rule was wrong: keep the text as an example that must not be found."""
    by = member_of(request)
    found = mark_for(by, mark_id)
    return accept_mark(found, by=by, example={**found.example, "text": said.text}, answer=said.answer)


@router.post("/marks/{mark_id}/reject", response={200: MarkOut, **PROBLEMS})
@needs(Power.MANAGE_RULES)
def reject(request: HttpRequest, mark_id: UUID, said: RejectIn) -> Mark:
    """The rule was right: its words are forgotten."""
    by = member_of(request)
    return reject_mark(mark_for(by, mark_id), by=by, answer=said.answer)


@router.get("/accuracy", response={200: AccuraciesOut, **PROBLEMS})
@needs(Power.MANAGE_RULES, Power.MEASURE, Power.AUDIT)
def accuracy(request: HttpRequest, days: Annotated[int, Field(ge=1, le=366)] = 30) -> dict[str, Any]:
    """How often each rule fired, was let pass and was called wrong, in the last days."""
    organization = member_of(request).organization
    found = accuracy_of(organization, Span.last(days, organization.time_zone))
    return {
        "since": found.span.since,
        "until": found.span.until,
        "materials": found.materials,
        "rules": found.rules,
        "definitions": {name: str(meaning) for name, meaning in DEFINITIONS.items()},
    }
