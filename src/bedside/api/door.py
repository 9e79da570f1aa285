"""How a program comes in: with a key of a member, and with the power that each operation names.

Every operation says `@needs(Power.X)` below its route; a test proves that none forgot. What is
refused has one form, `Problem`: a stable code, a sentence, and the field it is about.
"""

import functools
import inspect
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, ParamSpec, TypeVar

from django.http import HttpRequest
from ninja import Schema
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from bedside.foundation.refusal import NotAllowed
from bedside.people.models import Member
from bedside.people.tokens import token_by

P = ParamSpec("P")
R = TypeVar("R")


class Given(BaseModel):
    """What a program sends: unknown fields are refused, because a misspelled one would silently do nothing."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def is_text(cls, given: Any) -> Any:
        """Refuses characters that no database keeps as text: NUL, and halves of a character."""
        if not _is_kept(given):
            raise PydanticCustomError(
                "text", "A text holds a NUL or half a character. Send plain Unicode text"
            )
        return given


def _is_kept(given: Any) -> bool:
    if isinstance(given, str):
        return "\x00" not in given and not _HALF.search(given)
    if isinstance(given, dict):
        return all(map(_is_kept, given.values()))
    return all(map(_is_kept, given)) if isinstance(given, list) else True


_HALF = re.compile("[\ud800-\udfff]")


def _written(given: Any) -> Any:
    """A number would be taken for seconds since 1970, and a post would be planned for a day that nobody named."""
    if given is None or (isinstance(given, str) and "-" in given):
        return given
    raise PydanticCustomError("written", "Write the year, the month and the day, like 2027-01-31")


def _in_utc(given: datetime) -> datetime:
    """The same moment by one clock: a database may refuse a zone of 22 hours that a program may write."""
    try:
        return given.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("no_moment", "Send a moment between the years 1 and 9999") from None


Day = Annotated[date, BeforeValidator(_written)]
PointInTime = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_in_utc)]
"""A point in time with its zone, such as `2027-01-31T09:00:00-05:00`."""


class Problem(Schema):
    """Why something was not done: `code` for programs, `sentence` for people, `field` where one is meant."""

    code: str
    sentence: str
    field: str | None = None


class Key(HttpBearer):
    """`Authorization: Bearer bedside_…`: acts for the member who made the key, with the key's powers."""

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        found = token_by(token)
        return found.acting_member() if found else None


class Pace(AuthRateThrottle):
    """So many calls in a time for each key. Several paces are counted apart when they have different names."""

    def __init__(self, rate: str, name: str = "key") -> None:
        super().__init__(rate)
        self.name = name

    def get_cache_key(self, request: HttpRequest) -> str:
        """Counted by the key's id: members of two organizations may have the same name."""
        key = member_of(request).key
        return self.cache_format % {"scope": self.name, "ident": key.pk if key else ""}


def member_of(request: HttpRequest) -> Member:
    """The member for whom the program acts."""
    member: Member = request.auth  # type: ignore[attr-defined]  # set by ninja after Key.authenticate
    return member


def needs(*powers: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let the operation be called only with one of `powers`; the names stay readable on it."""

    def wrap(operation: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(operation)
        def allowed(*args: P.args, **kwargs: P.kwargs) -> R:
            request: Any = args[0]
            if not member_of(request).can_any(powers):
                raise NotAllowed(str(powers[0]))
            return operation(*args, **kwargs)

        allowed.needed_powers = tuple(str(p) for p in powers)  # type: ignore[attr-defined]  # read by tests
        allowed.__signature__ = inspect.signature(operation)  # type: ignore[attr-defined]  # read by ninja
        return allowed

    return wrap


# What any operation may answer when it is not done; documented in the OpenAPI description.
PROBLEMS: dict[int | frozenset[int], type[Problem]] = {
    frozenset({400, 401, 403, 404, 409, 422, 429}): Problem,
}
