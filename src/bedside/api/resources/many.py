"""One verb on many posts. Each is done or refused by itself, and every refusal is told with its post."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, PointInTime, member_of, needs
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.actions import Outcome, plan_many, shift_many, submit_many, tag_many, withdraw_many
from bedside.planning.actions.many import MOST

router = Router(tags=["posts"])

MOST_DAYS = 366


class SubmitAll(Given):
    """Send all for the signatures they need."""

    do: Literal["submit"]


class WithdrawAll(Given):
    """Withdraw all."""

    do: Literal["withdraw"]


class TagAll(Given):
    """Add one tag to all."""

    do: Literal["tag"]
    tag: str = Field(min_length=1, max_length=40)


class PlanAll(Given):
    """Plan all for the same moment."""

    do: Literal["plan"]
    at: PointInTime


class ShiftAll(Given):
    """Move each by whole days on the organization's calendar, keeping its time of day."""

    do: Literal["shift"]
    days: int = Field(ge=-MOST_DAYS, le=MOST_DAYS, strict=True)


Deed = Annotated[SubmitAll | WithdrawAll | TagAll | PlanAll | ShiftAll, Field(discriminator="do")]


class Many(Given):
    """Up to 200 posts, and what is to be done with each."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"posts": ["0192d7a0-0000-7000-8000-000000000000"], "deed": {"do": "tag", "tag": "Flu"}}
            ]
        }
    )

    posts: list[UUID] = Field(min_length=1, max_length=MOST)
    deed: Deed


class RefusedOut(Schema):
    """A post for which it was refused, and why."""

    post: UUID
    sentence: str


class OutcomeOut(Schema):
    """What became of each post. `absent` are ids that the organization has no post for."""

    done: list[UUID]
    refused: list[RefusedOut]
    absent: list[UUID]


@router.post("/posts/many", response={200: OutcomeOut, **PROBLEMS})
@needs(Power.WRITE, Power.PUBLISH)
def many(request: HttpRequest, wanted: Many) -> dict[str, Any]:
    """Submit, withdraw, tag, plan or move many posts. The answer tells each that was refused, with the sentence why."""
    outcome = _do(wanted.posts, wanted.deed, member_of(request))
    done = [post.pk for post in outcome.done]
    refused = [{"post": post.pk, "sentence": sentence} for post, sentence in outcome.refused]
    known = {*done, *(each["post"] for each in refused)}
    absent = [each for each in dict.fromkeys(wanted.posts) if each not in known]
    return {"done": done, "refused": refused, "absent": absent}


def _do(ids: list[UUID], deed: Deed, by: Member) -> Outcome:
    match deed:
        case SubmitAll():
            return submit_many(ids, by=by)
        case WithdrawAll():
            return withdraw_many(ids, by=by)
        case TagAll():
            return tag_many(ids, tag=deed.tag, by=by)
        case PlanAll():
            return plan_many(ids, at=deed.at, by=by)
        case ShiftAll():
            return shift_many(ids, days=deed.days, by=by)
